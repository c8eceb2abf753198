using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.GreyBox.Dressing;

/// <summary>A reference brought to the scale of a region's texels: interleaved RGB, and the place in its picture that each texel came from.</summary>
internal sealed class Material
{
    private readonly PixelRect crop;
    private readonly int fineWidth, fineHeight;

    private Material(byte[] pixels, int width, int height, int source, PixelRect crop, int fineWidth, int fineHeight)
    {
        (Pixels, Width, Height, Source, this.crop, this.fineWidth, this.fineHeight) = (pixels, width, height, source, crop, fineWidth, fineHeight);
    }

    internal byte[] Pixels { get; }

    internal int Width { get; }

    internal int Height { get; }

    internal int Source { get; }

    /// <summary>Takes the crop of a reference to a size.</summary>
    internal static Material Of(DressingReference reference, int width, int height, bool even)
    {
        byte[] pixels = Resize(reference.Pixels, reference.Crop, width, height);
        if (even)
            EvenOut(pixels, width, height);
        return new Material(pixels, width, height, reference.Source, reference.Crop, width, height);
    }

    /// <summary>Half as large: means of four.</summary>
    internal Material Half()
    {
        int width = Width / 2, height = Height / 2;
        var half = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width * 3; x++)
            {
                int at = 2 * y * Width * 3 + (x / 3 * 2) * 3 + x % 3;
                half[y * width * 3 + x] = (byte)((Pixels[at] + Pixels[at + 3] + Pixels[at + Width * 3] + Pixels[at + Width * 3 + 3] + 2) >> 2);
            }
        return new Material(half, width, height, Source, crop, fineWidth, fineHeight);
    }

    /// <summary>The pixel of the picture that the middle of a texel came from; only of the finest size.</summary>
    internal (ushort X, ushort Y) Origin(int x, int y) =>
        ((ushort)(crop.X + (int)((2L * x + 1) * crop.Width / (2L * fineWidth))), (ushort)(crop.Y + (int)((2L * y + 1) * crop.Height / (2L * fineHeight))));

    /// <summary>Means over areas in linear light where it shrinks, straight lines between pixels where it grows; in integers.</summary>
    private static byte[] Resize(PixelBuffer<byte> from, PixelRect crop, int width, int height)
    {
        var to = new byte[width * height * 3];
        var columns = Enumerable.Range(0, width).Select(x => Taps(x, width, crop.Width)).ToArray();
        ReadOnlySpan<byte> source = from.Memory.Span;
        for (int y = 0; y < height; y++)
        {
            var (firstRow, rows) = Taps(y, height, crop.Height);
            for (int x = 0; x < width; x++)
            {
                var (firstColumn, weights) = columns[x];
                long r = 0, g = 0, b = 0, all = 0;
                for (int j = 0; j < rows.Length; j++)
                {
                    for (int i = 0; i < weights.Length; i++)
                    {
                        long w = (long)rows[j] * weights[i];
                        int at = from.Layout.RowStride * (crop.Y + firstRow + j) + (crop.X + firstColumn + i) * from.Layout.PixelStride, c = from.Layout.ChannelStride;
                        bool grey = from.Channels < 3;
                        r += w * Light.Linear(source[at]);
                        g += w * Light.Linear(source[grey ? at : at + c]);
                        b += w * Light.Linear(source[grey ? at : at + 2 * c]);
                        all += w;
                    }
                }
                int into = (y * width + x) * 3;
                (to[into], to[into + 1], to[into + 2]) = (Light.Code((int)(r / all)), Light.Code((int)(g / all)), Light.Code((int)(b / all)));
            }
        }
        return to;
    }

    /// <summary>First pixel and weights (in 4096ths) of a target pixel along one axis.</summary>
    private static (int First, int[] Weights) Taps(int at, int size, int from)
    {
        if (size >= from)
        {
            long place = Math.Clamp(((2L * at + 1) * from * 2048 / size) - 2048, 0, (from - 1) * 4096L);
            int first = Math.Min((int)(place >> 12), Math.Max(0, from - 2));
            return from == 1 ? (0, [4096]) : (first, [4096 - (int)(place - first * 4096L), (int)(place - first * 4096L)]);
        }
        long low = (long)at * from * 4096 / size, high = (at + 1L) * from * 4096 / size;
        int start = (int)(low >> 12), end = (int)Math.Min(from - 1, (high - 1) >> 12);
        var weights = new int[end - start + 1];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = (int)(Math.Min(high, (start + i + 1) * 4096L) - Math.Max(low, (start + i) * 4096L));
        return (start, weights);
    }

    /// <summary>Takes out slow changes of brightness: each texel is brought to the mean of all over the mean around it, within bounds.</summary>
    private static void EvenOut(byte[] pixels, int width, int height)
    {
        int radius = Math.Max(4, Math.Max(width, height) / 6);
        var sums = new long[(width + 1) * (height + 1)];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + sums[(y + 1) * (width + 1) + x] - sums[y * (width + 1) + x] + Luminance(pixels, (y * width + x) * 3);
        long mean = Math.Max(1, sums[^1] / (width * height));
        for (int y = 0; y < height; y++)
        {
            int top = Math.Max(0, y - radius), bottom = Math.Min(height, y + radius + 1);
            for (int x = 0; x < width; x++)
            {
                int left = Math.Max(0, x - radius), right = Math.Min(width, x + radius + 1);
                long local = (sums[bottom * (width + 1) + right] - sums[top * (width + 1) + right] - sums[bottom * (width + 1) + left] + sums[top * (width + 1) + left]) / ((bottom - top) * (right - left));
                long gain = Math.Clamp(mean * 1024 / Math.Max(1, local), 600, 1740);
                for (int c = (y * width + x) * 3, end = c + 3; c < end; c++)
                    pixels[c] = Light.Code((int)Math.Min(65535, Light.Linear(pixels[c]) * gain / 1024));
            }
        }
    }

    private static long Luminance(byte[] pixels, int at) =>
        (218L * Light.Linear(pixels[at]) + 732L * Light.Linear(pixels[at + 1]) + 74L * Light.Linear(pixels[at + 2])) >> 10;
}
