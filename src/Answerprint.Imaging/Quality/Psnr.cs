using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Quality;

/// <summary>Peak signal-to-noise ratio of two 8-bit images.</summary>
public static class Psnr
{
    /// <summary>In decibels over all samples, with a peak of 255; positive infinity for equal images.</summary>
    /// <exception cref="ArgumentException">The images differ in size or channels.</exception>
    public static double Measure(PixelView<byte> first, PixelView<byte> second)
    {
        QualityInput.RequireAlike(first, second);
        long sum = 0;
        for (int channel = 0; channel < first.Channels; channel++)
        {
            for (int y = 0; y < first.Height; y++)
            {
                ReadOnlySpan<byte> a = first.Row(y, channel), b = second.Row(y, channel);
                for (int x = 0; x < first.Width; x++)
                {
                    int difference = a[x * first.Layout.PixelStride] - b[x * second.Layout.PixelStride];
                    sum += difference * difference;
                }
            }
        }
        long samples = (long)first.Width * first.Height * first.Channels;
        return sum == 0 ? double.PositiveInfinity : 10 * Math.Log10(255.0 * 255.0 * samples / sum);
    }
}
