namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>
/// How much a patch counts at each of its pixels along one axis: a Gaussian of deviation 0.2 on [-1, 1], cut where it fades, but whole
/// next to the picture's edges, where no patch has its centre.
/// </summary>
internal sealed class FoldWindow
{
    private const int Peak = 31;

    internal FoldWindow(int length, int patch, int spreadPercent)
    {
        int half = patch / 2;
        var fall = new int[patch];
        int reach = 0;
        for (int d = 0; d < fall.Length; d++)
        {
            // exp(-d^2 / 2 s^2) with s = spread * (patch - 1) / 2.
            long index = (long)Exponential.PerUnit * 20_000 * d * d / Math.Max(1, (long)spreadPercent * spreadPercent * (patch - 1) * (patch - 1));
            int value = index < Exponential.Table.Length ? (Exponential.Table[(int)index] * Peak + 32_768) >> 16 : 0;
            if (value > 0 && d <= half)
                reach = d;
            fall[d] = Math.Max(1, value);
        }
        int patches = length - patch + 1;
        Lanes = (patch + 1) / 2 * 8;
        Firsts = new int[patches];
        Counts = new int[patches];
        Weights = new int[patches * patch];
        Sums = new int[length];
        for (int p = 0; p < patches; p++)
        {
            int centre = p + half, first = patch, last = -1;
            for (int i = 0; i < patch; i++)
            {
                int at = p + i;
                if (Math.Abs(at - centre) > reach && at >= half && at < length - (patch - 1 - half))
                    continue;
                int weight = fall[Math.Abs(at - centre)];
                Weights[p * patch + i] = weight;
                Sums[at] += weight;
                first = Math.Min(first, i);
                last = i;
            }
            Firsts[p] = first;
            Counts[p] = last - first + 1;
        }
    }

    /// <summary>Room for one row of a patch, four samples a pixel, in whole vectors of eight.</summary>
    internal int Lanes { get; }

    /// <summary>For each patch its first pixel that counts.</summary>
    internal int[] Firsts { get; }

    /// <summary>For each patch how many pixels count.</summary>
    internal int[] Counts { get; }

    /// <summary>For each patch the weight of each of its pixels.</summary>
    internal int[] Weights { get; }

    /// <summary>For each pixel the sum of the weights of all patches over it.</summary>
    internal int[] Sums { get; }
}
