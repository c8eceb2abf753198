namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>
/// Which channels a feature has and how much each counts. Channels of equal weight lie in pairs inside 16-byte groups, so that a kernel
/// can add squares of neighbours in 32 bits and apply the weights once a patch.
/// </summary>
public sealed class FeatureLayout
{
    internal const int PlaneBytes = 16;
    internal const int PlanePairs = PlaneBytes / 2;

    private readonly int[] weights;
    private readonly int[] slots;

    /// <summary>A layout of one weight a channel.</summary>
    /// <param name="weights">16.16 fixed-point weights, 0 (the channel is carried by nobody) to <see cref="FieldLimits.MaxWeight"/>.</param>
    /// <exception cref="ArgumentException">There is no channel, there are too many, or a weight is out of range.</exception>
    public FeatureLayout(params ReadOnlySpan<int> weights)
    {
        if (weights.Length is < 1 or > FieldLimits.MaxChannels)
            throw new ArgumentException($"A feature has 1 to {FieldLimits.MaxChannels} channels, not {weights.Length}.", nameof(weights));
        long total = 0;
        foreach (int weight in weights)
        {
            if (weight is < 0 or > FieldLimits.MaxWeight)
                throw new ArgumentException($"Weight {weight} is outside 0 to {FieldLimits.MaxWeight}.", nameof(weights));
            total += weight;
        }
        if (total is 0 or > int.MaxValue)
            throw new ArgumentException($"The weights add up to {total}; the sum must be 1 to {int.MaxValue}.", nameof(weights));
        this.weights = weights.ToArray();
        slots = new int[weights.Length];
        PairWeights = Assign();
    }

    /// <summary>Channels of a feature.</summary>
    public int Channels => weights.Length;

    /// <summary>The 16.16 weight of each channel.</summary>
    public ReadOnlySpan<int> Weights => weights;

    /// <summary>16-byte groups that one pixel takes.</summary>
    internal int Planes => PairWeights.Length / PlanePairs;

    /// <summary>The weight of each pair of slots, eight to a plane.</summary>
    internal uint[] PairWeights { get; }

    /// <summary>A weight as the 16.16 number nearest to it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative, not a number or above 16384.</exception>
    public static int Weight(double weight) => weight is >= 0 and <= FieldLimits.MaxWeight / 65536.0
        ? (int)Math.Round(weight * 65536)
        : throw new ArgumentOutOfRangeException(nameof(weight), weight, $"Must be 0 to {FieldLimits.MaxWeight / 65536}.");

    /// <summary>Where a channel lies: 16 x plane + byte, or -1 when its weight is 0.</summary>
    internal int SlotOf(int channel) => slots[channel];

    private uint[] Assign()
    {
        var pairs = new List<uint>();
        Array.Fill(slots, -1);
        for (int first = 0; first < weights.Length; first++)
        {
            if (weights[first] == 0 || slots[first] >= 0)
                continue;
            int used = 0;
            for (int channel = first; channel < weights.Length; channel++)
            {
                if (weights[channel] != weights[first])
                    continue;
                if ((used++ & 1) == 0)
                    pairs.Add((uint)weights[first]);
                slots[channel] = 2 * (pairs.Count - 1) + ((used - 1) & 1);
            }
        }
        while (pairs.Count % PlanePairs != 0)
            pairs.Add(0);
        return [.. pairs];
    }
}
