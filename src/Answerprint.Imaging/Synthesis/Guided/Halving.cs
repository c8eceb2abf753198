using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Guided;

/// <summary>Pyramids whose levels halve: the mean of four pixels, rounded; an odd last row or column is left out.</summary>
internal static class Halving
{
    /// <summary>The image and its halves, finest first.</summary>
    internal static PixelBuffer<byte>[] Pyramid(PixelBuffer<byte> image, int levels)
    {
        var result = new PixelBuffer<byte>[levels];
        result[0] = image;
        for (int i = 1; i < levels; i++)
            result[i] = Halve(result[i - 1]);
        return result;
    }

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

    private static PixelBuffer<byte> Halve(PixelBuffer<byte> image)
    {
        int channels = image.Channels;
        var half = new PixelBuffer<byte>(PixelLayout.Interleaved(image.Width / 2, image.Height / 2, channels));
        PixelView<byte> from = image.View;
        Span<byte> to = half.Memory.Span;
        int step = image.Layout.PixelStride, o = 0;
        for (int y = 0; y < half.Height; y++)
        {
            for (int c = 0; c < channels; c++)
            {
                ReadOnlySpan<byte> upper = from.Row(2 * y, c), lower = from.Row(2 * y + 1, c);
                for (int x = 0, i = 0; x < half.Width; x++, i += 2 * step)
                    to[o + x * channels + c] = (byte)((upper[i] + upper[i + step] + lower[i] + lower[i + step] + 2) >> 2);
            }
            o += half.Width * channels;
        }
        return half;
    }
}
