using System.Numerics;

namespace Answerprint.Imaging.Quality.Looks;

/// <summary>How much a picture changes over 1, 2, 4 and 8 cells in each quarter, in sixteenths of an octave: sand, brick, facade.</summary>
internal static class Coarseness
{
    internal const int Size = Scales * Quarters;

    private const int Scales = 4;
    private const int Quarters = 4;
    private const int Half = LookGrid.Side / 2;

    internal static void Write(LookGrid grid, Span<byte> target)
    {
        for (int quarter = 0; quarter < Quarters; quarter++)
        {
            int left = quarter % 2 * Half, top = quarter / 2 * Half;
            for (int scale = 0; scale < Scales; scale++)
                target[quarter * Scales + scale] = Code(Change(grid.Luma, left, top, 1 << scale));
        }
    }

    internal static void Mirror(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (int quarter = 0; quarter < Quarters; quarter++)
            source.Slice(quarter * Scales, Scales).CopyTo(target[((quarter ^ 1) * Scales)..]);
    }

    /// <summary>Sum of squared differences over a distance, across and down, per thousand pairs.</summary>
    private static long Change(ReadOnlySpan<byte> luma, int left, int top, int distance)
    {
        long sum = 0;
        for (int y = top; y < top + Half; y++)
        {
            for (int x = left; x < left + Half - distance; x++)
            {
                int across = luma[y * LookGrid.Side + x + distance] - luma[y * LookGrid.Side + x];
                sum += across * across;
            }
        }
        for (int y = top; y < top + Half - distance; y++)
        {
            for (int x = left; x < left + Half; x++)
            {
                int down = luma[(y + distance) * LookGrid.Side + x] - luma[y * LookGrid.Side + x];
                sum += down * down;
            }
        }
        return 1_000 * sum / (2 * Half * (Half - distance));
    }

    /// <summary>16 log2, with the fraction by straight line; grain below a squared code of 4 counts as none.</summary>
    private static byte Code(long change)
    {
        long value = change / 4_000 + 1;
        int octave = BitOperations.Log2((ulong)value);
        return (byte)Math.Min(255, 16 * octave + (int)(16 * (value - (1L << octave)) >> octave));
    }
}
