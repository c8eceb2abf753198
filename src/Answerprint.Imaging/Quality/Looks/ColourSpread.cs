using Answerprint.Imaging.Colour;

namespace Answerprint.Imaging.Quality.Looks;

/// <summary>How much of each colour there is, wherever it lies: 4 lightnesses by 5 x 5 hues in OKLab, shared between neighbours and square-rooted.</summary>
internal static class ColourSpread
{
    internal const int Size = Levels * Hues * Hues - Unused;

    private const int Levels = 4;
    private const int Hues = 5;
    private const int Unused = 4;
    private const long Length = 20_000;
    private const int One = 64;

    internal static void Write(LookGrid grid, Span<byte> target)
    {
        Span<long> counts = stackalloc long[Levels * Hues * Hues];
        counts.Clear();
        ReadOnlySpan<byte> rgb = grid.Rgb;
        for (int i = 0; i < rgb.Length; i += 3)
        {
            OkLab colour = OkLab.FromRgb(new Rgb24(rgb[i], rgb[i + 1], rgb[i + 2]));
            Count(counts, Fixed(colour.L * (Levels - 1), Levels), Fixed((colour.A + 0.16) / 0.08, Hues), Fixed((colour.B + 0.16) / 0.08, Hues));
        }
        const long all = (long)LookGrid.Side * LookGrid.Side * One * One * One;
        // The brightest level has no strong corner colours: those four bins are left out so that the part has 96 bytes.
        int at = 0;
        for (int bin = 0; bin < counts.Length; bin++)
        {
            if (!IsCorner(bin))
                target[at++] = (byte)Math.Sqrt(counts[bin] * Length / all);
        }
    }

    private static bool IsCorner(int bin) =>
        (bin - (Levels - 1) * Hues * Hues) is 0 or Hues - 1 or Hues * (Hues - 1) or Hues * Hues - 1;

    private static int Fixed(double value, int levels) => Math.Clamp((int)Math.Floor(value * One + 0.5), 0, (levels - 1) * One);

    private static void Count(Span<long> counts, int level, int a, int b)
    {
        for (int corner = 0; corner < 8; corner++)
        {
            var (l, lw) = Side(level, corner & 1);
            var (i, iw) = Side(a, corner >> 1 & 1);
            var (j, jw) = Side(b, corner >> 2);
            long weight = (long)lw * iw * jw;
            if (weight > 0)
                counts[(l * Hues + i) * Hues + j] += weight;
        }
    }

    private static (int Index, int Weight) Side(int value, int side)
    {
        int rest = value % One;
        return (value / One + side, side == 0 ? One - rest : rest);
    }
}
