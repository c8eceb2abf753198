namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>
/// For each target pixel the first source pixel and the weights of Keys' cubic (a = -1/2, IEEE ASSP 1981), stretched when the picture
/// shrinks. Integers only: the weights of a pixel add to exactly <see cref="One"/>.
/// </summary>
internal sealed class CubicTaps
{
    internal const int Shift = 14;
    internal const int One = 1 << Shift;
    private const int PositionBits = 12;

    private CubicTaps(int taps, int[] firsts, int[] weights) => (Taps, Firsts, Weights) = (taps, firsts, weights);

    internal int Taps { get; }

    internal int[] Firsts { get; }

    internal int[] Weights { get; }

    internal static CubicTaps Create(int source, int target)
    {
        // Positions in units of 1 / (2 * target) source pixels, so that every centre is an integer.
        long stretch = Math.Max(source, target), reach = 2 * stretch * 2;
        int taps = (int)Math.Min(source, reach / target + 2);
        var firsts = new int[target];
        var weights = new int[target * taps];
        var raw = new long[taps];
        for (int i = 0; i < target; i++)
        {
            long centre = (2L * i + 1) * source;
            int first = (int)Math.Clamp((centre - reach) / (2L * target), 0, source - taps);
            firsts[i] = first;
            long sum = 0;
            for (int tap = 0; tap < taps; tap++)
            {
                long distance = Math.Abs((2L * (first + tap) + 1) * target - centre);
                sum += raw[tap] = Kernel((distance << PositionBits) / (2 * stretch));
            }
            Normalise(raw, sum, weights.AsSpan(i * taps, taps));
        }
        return new CubicTaps(taps, firsts, weights);
    }

    private static long Kernel(long t)
    {
        const long One = 1L << PositionBits;
        if (t >= 2 * One)
            return 0;
        // Twice the polynomial, in units of One cubed.
        return t < One
            ? 3 * t * t * t - 5 * t * t * One + 2 * One * One * One
            : -t * t * t + 5 * t * t * One - 8 * t * One * One + 4 * One * One * One;
    }

    private static void Normalise(long[] raw, long sum, Span<int> weights)
    {
        // The largest tap takes what rounding leaves.
        int total = 0, largest = 0;
        for (int tap = 0; tap < raw.Length; tap++)
        {
            weights[tap] = (int)((raw[tap] >> 8) * One / (sum >> 8));
            total += weights[tap];
            if (weights[tap] > weights[largest])
                largest = tap;
        }
        weights[largest] += One - total;
    }
}
