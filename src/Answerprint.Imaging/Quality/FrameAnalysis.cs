using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Quality;

/// <summary>A frame as the measures need it: luma at full size, and cells of luma, chroma, detail and skin.</summary>
internal sealed class FrameAnalysis
{
    internal const int CellColumns = 96;

    private FrameAnalysis(int width, int height)
    {
        (Width, Height) = (width, height);
        Columns = Math.Min(CellColumns, width);
        Rows = Math.Clamp((int)(((long)height * Columns + width / 2) / width), 1, Math.Min(height, 4 * CellColumns));
        Luma = new byte[width * height];
        (CellLuma, CellBlue, CellRed) = (new Plane(Columns, Rows), new Plane(Columns, Rows), new Plane(Columns, Rows));
        (Detail, Skin) = (new Plane(Columns, Rows), new Plane(Columns, Rows));
    }

    internal int Width { get; }

    internal int Height { get; }

    internal int Columns { get; }

    internal int Rows { get; }

    /// <summary>BT.601 luma of each pixel.</summary>
    internal byte[] Luma { get; }

    /// <summary>Mean luma of a cell, times 16.</summary>
    internal Plane CellLuma { get; }

    /// <summary>Mean blue difference of a cell, times 16, 0 for grey.</summary>
    internal Plane CellBlue { get; }

    /// <summary>Mean red difference of a cell, times 16, 0 for grey.</summary>
    internal Plane CellRed { get; }

    /// <summary>Mean absolute Laplacian of a cell, times 16: what is in focus.</summary>
    internal Plane Detail { get; }

    /// <summary>
    /// 0..255: how likely the cell's chroma is that of human skin (after Chai and Ngan, 1999), which hardly depends on how dark the skin is;
    /// a third of the frame's own colour cast is taken out first, because films are graded.
    /// </summary>
    internal Plane Skin { get; }

    /// <summary>Mean absolute difference of red and green, and of yellow and blue, with their spread (Hasler and Süsstrunk, 2003), in codes.</summary>
    internal double Colourfulness { get; private set; }

    internal static FrameAnalysis Create(PixelView<byte> frame)
    {
        if (frame.Channels < 3)
            throw new ArgumentException($"Frames have three channels or more, not {frame.Channels}.", nameof(frame));
        var analysis = new FrameAnalysis(frame.Width, frame.Height);
        analysis.Fill(frame);
        analysis.FillDetail();
        return analysis;
    }

    private void Fill(PixelView<byte> frame)
    {
        var counts = new Plane(Columns, Rows);
        long rg = 0, yb = 0, rg2 = 0, yb2 = 0;
        int stride = frame.Layout.PixelStride;
        for (int y = 0; y < Height; y++)
        {
            ReadOnlySpan<byte> red = frame.Row(y, 0), green = frame.Row(y, 1), blue = frame.Row(y, 2);
            int row = (int)((long)y * Rows / Height);
            for (int x = 0, i = 0; x < Width; x++, i += stride)
            {
                int r = red[i], g = green[i], b = blue[i];
                int luma = (77 * r + 150 * g + 29 * b + 128) >> 8;
                Luma[y * Width + x] = (byte)luma;
                int cell = row * Columns + (int)((long)x * Columns / Width);
                counts.Values[cell]++;
                CellLuma.Values[cell] += luma;
                CellBlue.Values[cell] += (-43 * r - 85 * g + 128 * b) >> 8;
                CellRed.Values[cell] += (128 * r - 107 * g - 21 * b) >> 8;
                int redGreen = r - g, yellowBlue = r + g - 2 * b;
                rg += redGreen;
                rg2 += redGreen * redGreen;
                yb += yellowBlue;
                yb2 += yellowBlue * yellowBlue;
            }
        }
        for (int i = 0; i < counts.Values.Length; i++)
        {
            CellLuma.Values[i] = CellLuma.Values[i] * 16 / counts.Values[i];
            CellBlue.Values[i] = CellBlue.Values[i] * 16 / counts.Values[i];
            CellRed.Values[i] = CellRed.Values[i] * 16 / counts.Values[i];
        }
        int castBlue = CellBlue.Mean(0, 0, Columns, Rows), castRed = CellRed.Mean(0, 0, Columns, Rows);
        for (int i = 0; i < counts.Values.Length; i++)
            Skin.Values[i] = SkinLikelihood(CellLuma.Values[i] / 16, CellBlue.Values[i] - castBlue / 3, CellRed.Values[i] - castRed / 3);
        Colourfulness = Measure(rg, rg2, yb, yb2, (double)Width * Height);
    }

    /// <summary>Full inside a wedge of hue between orange and pink at moderate saturation, falling off outside.</summary>
    private static int SkinLikelihood(int luma, int blue, int red)
    {
        if (luma is < 20 or > 235)
            return 0;
        // Chroma shrinks with luma; taken relative to it, dark and light skin are the same colour.
        int scale = Math.Clamp(110 * 16 / luma, 11, 40);
        (blue, red) = (blue * scale / 16, red * scale / 16);
        if (red <= 3 * 16 || blue > 0)
            return 0;
        // Blue difference over red difference: about -1.2 (yellowish) to -0.35 (pinkish) for skin.
        int ratio = -100 * blue / red;
        int hue = ratio < 35 ? Math.Max(0, 255 - (35 - ratio) * 12) : ratio > 120 ? Math.Max(0, 255 - (ratio - 120) * 5) : 255;
        int strength = Math.Min(255, (red - 3 * 16) * 3), excess = Math.Max(0, red - 42 * 16);
        return Math.Max(0, hue * strength / 255 - excess);
    }

    /// <summary>Yellow minus blue was summed doubled, to stay an integer.</summary>
    private static double Measure(long rg, long rg2, long yb, long yb2, double count)
    {
        double meanRg = rg / count, meanYb = yb / (2 * count);
        double varianceRg = Math.Max(0, rg2 / count - meanRg * meanRg), varianceYb = Math.Max(0, yb2 / (4 * count) - meanYb * meanYb);
        return Math.Sqrt(varianceRg + varianceYb) + 0.3 * Math.Sqrt(meanRg * meanRg + meanYb * meanYb);
    }

    private void FillDetail()
    {
        var counts = new Plane(Columns, Rows);
        for (int y = 1; y < Height - 1; y++)
        {
            int row = (int)((long)y * Rows / Height);
            for (int x = 1, i = y * Width + 1; x < Width - 1; x++, i++)
            {
                int cell = row * Columns + (int)((long)x * Columns / Width);
                Detail.Values[cell] += Math.Abs(4 * Luma[i] - Luma[i - 1] - Luma[i + 1] - Luma[i - Width] - Luma[i + Width]);
                counts.Values[cell]++;
            }
        }
        for (int i = 0; i < counts.Values.Length; i++)
            Detail.Values[i] = counts.Values[i] == 0 ? 0 : (int)(Detail.Values[i] * 16L / counts.Values[i]);
    }
}
