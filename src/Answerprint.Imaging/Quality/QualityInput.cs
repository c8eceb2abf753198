using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Quality;

/// <summary>What measures ask of their images.</summary>
internal static class QualityInput
{
    internal static void RequireAlike(PixelView<byte> first, PixelView<byte> second)
    {
        if ((first.Width, first.Height, first.Channels) != (second.Width, second.Height, second.Channels))
            throw new ArgumentException(
                $"Images of {first.Width} x {first.Height} x {first.Channels} and {second.Width} x {second.Height} x {second.Channels} cannot be compared pixel by pixel.");
    }

    /// <summary>Brightness by Rec. 601, in thousandths of a code: the one channel of a grey image, or red, green and blue weighted.</summary>
    internal static int[] Luma(PixelView<byte> image)
    {
        var luma = new int[image.Width * image.Height];
        int stride = image.Layout.PixelStride;
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> r = image.Row(y, 0), g = image.Channels < 3 ? r : image.Row(y, 1), b = image.Channels < 3 ? r : image.Row(y, 2);
            for (int x = 0; x < image.Width; x++)
                luma[y * image.Width + x] = 299 * r[x * stride] + 587 * g[x * stride] + 114 * b[x * stride];
        }
        return luma;
    }

    /// <summary>The colour channels, packed: three, or one where there are fewer than three.</summary>
    internal static byte[] Colours(PixelView<byte> image, out int channels)
    {
        channels = image.Channels < 3 ? 1 : 3;
        var packed = new byte[image.Width * image.Height * channels];
        int stride = image.Layout.PixelStride;
        for (int c = 0; c < channels; c++)
        {
            for (int y = 0; y < image.Height; y++)
            {
                ReadOnlySpan<byte> row = image.Row(y, c);
                for (int x = 0; x < image.Width; x++)
                    packed[(y * image.Width + x) * channels + c] = row[x * stride];
            }
        }
        return packed;
    }
}
