namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>A point of the linear flow: a noisy picture is (1 - sigma) of the picture plus sigma of unit noise.</summary>
/// <param name="Permille">Sigma in thousandths, 1 to 1,000.</param>
internal readonly record struct NoiseLevel(int Permille)
{
    /// <summary>The picture's share in 1 / 65,536; exactly all of it for the least noise.</summary>
    internal int Signal => Permille <= 1 ? 1 << 16 : (int)(((1000 - Permille) * 65_536L + 500) / 1000);

    /// <summary>Sigma in 1 / 65,536.</summary>
    internal int Noise => (int)((Permille * 65_536L + 500) / 1000);

    /// <summary>Shares a whole among neighbours by exp(-(distance - nearest) / 2 sigma^2).</summary>
    /// <returns>How many neighbours, from the first, have a share.</returns>
    internal int Share(ReadOnlySpan<int> distances, Span<int> parts, int whole)
    {
        // 2 sigma^2 in squared search steps, as a fraction: 2 * 255^2 * permille^2 / 10^6.
        long twice = 2L * 255 * 255 * Permille * Permille;
        ReadOnlySpan<ushort> table = Exponential.Table;
        int used = 0;
        long total = 0;
        for (; used < distances.Length && distances[used] != int.MaxValue; used++)
        {
            long index = (distances[used] - (long)distances[0]) * (Exponential.PerUnit * 1_000_000L) / twice;
            if (index >= table.Length)
                break;
            total += parts[used] = table[(int)index];
        }
        int left = whole;
        for (int i = used - 1; i > 0; i--)
        {
            parts[i] = (int)((parts[i] * (long)whole + total / 2) / total);
            left -= parts[i];
        }
        parts[0] = left;
        while (used > 1 && parts[used - 1] == 0)
            used--;
        return used;
    }
}
