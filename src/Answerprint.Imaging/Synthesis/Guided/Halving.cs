using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Guided;

/// <summary>Pyramids whose levels halve; an odd last row or column is left out.</summary>
internal static class Halving
{
    /// <summary>A guide and its halves, finest first: each pixel the mean of four, rounded, so that noise of a rendering does not lead the search.</summary>
    internal static PixelBuffer<byte>[] Means(PixelBuffer<byte> guide, int levels) => Pyramid(guide, levels, Mean);

    /// <summary>
    /// A style and its halves, finest first: each pixel the first of four. Means would blur what the style is made of, and coarse levels would choose
    /// patches whose fine pixels do not go together; so a coarse patch has the contrast of a fine one.
    /// </summary>
    internal static PixelBuffer<byte>[] Samples(PixelBuffer<byte> style, int levels) => Pyramid(style, levels, Sample);

    /// <summary>A pixel that is allowed where all four are.</summary>
    internal static byte[] HalveMask(ReadOnlySpan<byte> mask, int width, int height)
    {
        int w = width / 2, h = height / 2;
        var result = new byte[w * h];
        for (int y = 0; y < h; y++)
            for (int x = 0; x < w; x++)
            {
                int i = 2 * y * width + 2 * x;
                result[y * w + x] = (byte)(mask[i] != 0 && mask[i + 1] != 0 && mask[i + width] != 0 && mask[i + width + 1] != 0 ? 255 : 0);
            }
        return result;
    }

    private static PixelBuffer<byte>[] Pyramid(PixelBuffer<byte> image, int levels, Action<PixelBuffer<byte>, PixelBuffer<byte>> halve)
    {
        var result = new PixelBuffer<byte>[levels];
        result[0] = image;
        for (int i = 1; i < levels; i++)
        {
            result[i] = new PixelBuffer<byte>(PixelLayout.Interleaved(result[i - 1].Width / 2, result[i - 1].Height / 2, image.Channels));
            halve(result[i - 1], result[i]);
        }
        return result;
    }

    private static void Mean(PixelBuffer<byte> image, PixelBuffer<byte> half)
    {
        int channels = image.Channels, step = image.Layout.PixelStride;
        Span<byte> to = half.Memory.Span;
        for (int y = 0, o = 0; y < half.Height; y++, o += half.Width * channels)
        {
            for (int c = 0; c < channels; c++)
            {
                ReadOnlySpan<byte> upper = image.View.Row(2 * y, c), lower = image.View.Row(2 * y + 1, c);
                for (int x = 0, i = 0; x < half.Width; x++, i += 2 * step)
                    to[o + x * channels + c] = (byte)((upper[i] + upper[i + step] + lower[i] + lower[i + step] + 2) >> 2);
            }
        }
    }

    private static void Sample(PixelBuffer<byte> image, PixelBuffer<byte> half)
    {
        int channels = image.Channels, step = image.Layout.PixelStride;
        Span<byte> to = half.Memory.Span;
        for (int y = 0, o = 0; y < half.Height; y++, o += half.Width * channels)
        {
            for (int c = 0; c < channels; c++)
            {
                ReadOnlySpan<byte> row = image.View.Row(2 * y, c);
                for (int x = 0, i = 0; x < half.Width; x++, i += 2 * step)
                    to[o + x * channels + c] = row[i];
            }
        }
    }
}
