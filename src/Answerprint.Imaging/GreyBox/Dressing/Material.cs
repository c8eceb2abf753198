using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.GreyBox.Dressing;

/// <summary>A reference brought to the scale of a region's texels: interleaved RGB, and the place in its picture that each texel came from.</summary>
internal sealed class Material
{
    private readonly DressingReference reference;
    private readonly int fineWidth, fineHeight;

    private Material(byte[] pixels, int width, int height, DressingReference reference, int fineWidth, int fineHeight)
    {
        (Pixels, Width, Height, this.reference, this.fineWidth, this.fineHeight) = (pixels, width, height, reference, fineWidth, fineHeight);
    }

    internal byte[] Pixels { get; }

    internal int Width { get; }

    internal int Height { get; }

    internal int Source => reference.Source;

    /// <summary>Takes the crop of a reference to a size.</summary>
    internal static Material Of(DressingReference reference, int width, int height, bool even)
    {
        var (w, h) = reference.LiesDown ? (height, width) : (width, height);
        byte[] pixels = reference.Quad is { } quad ? Flatten(reference.Pixels, quad, w, h) : Resize(reference.Pixels, reference.Crop, w, h);
        if (reference.Turn != 0 || reference.IsMirrored)
            pixels = TurnAround(pixels, reference, width, height);
        if (even)
            EvenOut(pixels, width, height);
        return new Material(pixels, width, height, reference, width, height);
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
        return new Material(half, width, height, reference, fineWidth, fineHeight);
    }

    /// <summary>The pixel of the picture that the middle of a texel came from; only of the finest size.</summary>
    internal (ushort X, ushort Y) Origin(int x, int y)
    {
        PixelRect crop = reference.Crop;
        var (width, height) = reference.LiesDown ? (fineHeight, fineWidth) : (fineWidth, fineHeight);
        (x, y) = Upright(reference, x, y, fineWidth, fineHeight);
        if (reference.Quad is not { } quad)
            return ((ushort)(crop.X + (int)((2L * x + 1) * crop.Width / (2L * width))), (ushort)(crop.Y + (int)((2L * y + 1) * crop.Height / (2L * height))));
        var (px, py) = quad.At((x + 0.5) / width, (y + 0.5) / height);
        return ((ushort)Math.Clamp((int)Math.Floor(px), 0, reference.Pixels.Width - 1), (ushort)Math.Clamp((int)Math.Floor(py), 0, reference.Pixels.Height - 1));
    }

    /// <summary>Where a texel of the turned part lies in the part as it is in the picture.</summary>
    private static (int X, int Y) Upright(DressingReference reference, int x, int y, int width, int height)
    {
        (x, y) = reference.Turn switch { 90 => (y, width - 1 - x), 180 => (width - 1 - x, height - 1 - y), 270 => (height - 1 - y, x), _ => (x, y) };
        return (reference.IsMirrored ? (reference.LiesDown ? height : width) - 1 - x : x, y);
    }

    private static byte[] TurnAround(byte[] from, DressingReference reference, int width, int height)
    {
        var to = new byte[from.Length];
        int across = reference.LiesDown ? height : width;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                var (sx, sy) = Upright(reference, x, y, width, height);
                from.AsSpan((sy * across + sx) * 3, 3).CopyTo(to.AsSpan((y * width + x) * 3));
            }
        return to;
    }

    /// <summary>What four corners frame, laid flat: means of up to 5 x 5 places in each texel, each between four pixels, in linear light.</summary>
    private static byte[] Flatten(PixelBuffer<byte> from, ReferenceQuad quad, int width, int height)
    {
        var to = new byte[width * height * 3];
        int taps = Math.Clamp((int)Math.Ceiling(Math.Max(quad.Across / width, quad.Down / height)), 1, 5);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                long r = 0, g = 0, b = 0;
                for (int i = 0; i < taps * taps; i++)
                {
                    var (px, py) = quad.At((x + (i % taps + 0.5) / taps) / width, (y + (i / taps + 0.5) / taps) / height);
                    AddBetween(from, px, py, ref r, ref g, ref b);
                }
                int into = (y * width + x) * 3;
                long all = 65536L * taps * taps;
                (to[into], to[into + 1], to[into + 2]) = (Light.Code((int)(r / all)), Light.Code((int)(g / all)), Light.Code((int)(b / all)));
            }
        }
        return to;
    }

    private static void AddBetween(PixelBuffer<byte> from, double px, double py, ref long r, ref long g, ref long b)
    {
        ReadOnlySpan<byte> source = from.Memory.Span;
        long fx = (long)Math.Floor((px - 0.5) * 256), fy = (long)Math.Floor((py - 0.5) * 256);
        for (int k = 0; k < 4; k++)
        {
            int column = (int)Math.Clamp((fx >> 8) + (k & 1), 0, from.Width - 1), row = (int)Math.Clamp((fy >> 8) + (k >> 1), 0, from.Height - 1);
            long w = ((k & 1) == 0 ? 256 - (fx & 255) : fx & 255) * (k >> 1 == 0 ? 256 - (fy & 255) : fy & 255);
            int at = from.Layout.RowStride * row + column * from.Layout.PixelStride, c = from.Channels < 3 ? 0 : from.Layout.ChannelStride;
            (r, g, b) = (r + w * Light.Linear(source[at]), g + w * Light.Linear(source[at + c]), b + w * Light.Linear(source[at + 2 * c]));
        }
    }

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
