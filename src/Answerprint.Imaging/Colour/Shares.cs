namespace Answerprint.Imaging.Colour;

/// <summary>Counts turned into shares that add to a whole.</summary>
internal static class Shares
{
    internal const int Whole = 1_000_000;

    /// <summary>Parts per million by the largest remainder (Hamilton's method), so that they add to exactly 1,000,000; all 0 when all counts are 0.</summary>
    internal static int[] PartsPerMillion(ReadOnlySpan<long> counts)
    {
        Int128 total = 0;
        foreach (long count in counts)
            total += count;
        var parts = new int[counts.Length];
        if (total == 0)
            return parts;
        var remainders = new Int128[counts.Length];
        int left = Whole;
        for (int i = 0; i < counts.Length; i++)
        {
            Int128 scaled = (Int128)counts[i] * Whole;
            parts[i] = (int)(scaled / total);
            remainders[i] = scaled % total;
            left -= parts[i];
        }
        foreach (int i in Enumerable.Range(0, parts.Length).OrderByDescending(i => remainders[i]).ThenBy(i => i).Take(left))
            parts[i]++;
        return parts;
    }
}
