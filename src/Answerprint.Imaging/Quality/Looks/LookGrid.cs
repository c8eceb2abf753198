using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Quality.Looks;

/// <summary>
/// A picture squashed to 48 x 48: each cell is the exact mean of the 8-bit codes that it covers, parts of pixels weighted by their area, in whole numbers.
/// So the grid of a mirrored picture is the mirrored grid, and the same picture gives the same grid on any machine.
/// </summary>
public sealed class LookGrid
{
    /// <summary>Cells across and down.</summary>
    public const int Side = 48;

    private readonly byte[] rgb = new byte[3 * Side * Side];
    private readonly byte[] luma = new byte[Side * Side];

    private LookGrid()
    {
    }

    /// <summary>Interleaved R, G, B of the cells, row by row.</summary>
    public ReadOnlySpan<byte> Rgb => rgb;

    /// <summary>Luma of the cells (ITU-R BT.709 weights on the codes), row by row.</summary>
    public ReadOnlySpan<byte> Luma => luma;

    /// <summary>Reduces a picture.</summary>
    /// <param name="image">8-bit, at least 3 channels; the first three are R, G, B.</param>
    /// <exception cref="ArgumentException">The image has fewer than three channels.</exception>
    public static LookGrid Of(PixelView<byte> image)
    {
        if (image.Channels < 3)
            throw new ArgumentException($"A look needs three channels; the image has {image.Channels}.", nameof(image));
        var grid = new LookGrid();
        int[] first = Firsts(image.Width), columnWeights = Weights(image.Width);
        var line = new long[3 * Side];
        var sums = new long[3 * Side * Side];
        for (int y = 0; y < image.Height; y++)
        {
            SumRow(image, y, first, columnWeights, line);
            // In units of 1/48 of a row this row reaches from 48 y to 48 (y + 1); the cells are image.Height units high.
            long top = (long)Side * y, bottom = top + Side;
            for (long cell = top / image.Height; cell * image.Height < bottom; cell++)
            {
                long weight = Math.Min(bottom, (cell + 1) * image.Height) - Math.Max(top, cell * image.Height);
                for (int i = 0; i < line.Length; i++)
                    sums[cell * line.Length + i] += weight * line[i];
            }
        }
        grid.Round(sums, (long)image.Width * image.Height);
        return grid;
    }

    private static void SumRow(PixelView<byte> image, int y, int[] first, int[] weights, long[] line)
    {
        Array.Clear(line);
        int stride = image.Layout.PixelStride, width = image.Width;
        for (int channel = 0; channel < 3; channel++)
        {
            ReadOnlySpan<byte> row = image.Row(y, channel);
            for (int x = 0; x < width; x++)
            {
                long code = row[x * stride];
                int cell = first[x], head = weights[x];
                line[3 * cell + channel] += head * code;
                // A pixel of a picture that is narrower than the grid covers several cells.
                for (int left = Side - head; left > 0; left -= width)
                    line[3 * ++cell + channel] += Math.Min(left, width) * code;
            }
        }
    }

    private static int[] Firsts(int size) => [.. Enumerable.Range(0, size).Select(x => (int)((long)Side * x / size))];

    /// <summary>How many of a pixel's 48 units lie in its first cell.</summary>
    private static int[] Weights(int size) =>
        [.. Enumerable.Range(0, size).Select(x => (int)Math.Min(Side, (((long)Side * x / size) + 1) * size - (long)Side * x))];

    private void Round(long[] sums, long area)
    {
        for (int i = 0; i < rgb.Length; i++)
            rgb[i] = (byte)((2 * sums[i] + area) / (2 * area));
        for (int i = 0; i < luma.Length; i++)
            luma[i] = (byte)((54 * rgb[3 * i] + 183 * rgb[3 * i + 1] + 19 * rgb[3 * i + 2] + 128) >> 8);
    }
}
