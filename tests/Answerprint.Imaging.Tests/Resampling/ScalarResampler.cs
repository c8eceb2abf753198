using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Resampling;

namespace Answerprint.Imaging.Tests.Resampling;

/// <summary>What the resampler computes, written as plainly as possible: the specification that the fast form is compared with.</summary>
internal static class ScalarResampler
{
    internal static PixelBuffer<T> Resize<T>(PixelBuffer<T> source, PixelRect crop, int width, int height, ResampleKernel kernel)
        where T : unmanaged
    {
        int channels = source.Channels, alpha = channels is 2 or 4 ? channels - 1 : -1;
        var columns = FilterWeights.Create(kernel, 0, crop.Width, width);
        var rows = FilterWeights.Create(kernel, 0, crop.Height, height);
        var narrow = new float[crop.Height, width, channels];
        for (int y = 0; y < crop.Height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < channels; c++)
                {
                    float sum = 0;
                    for (int tap = 0; tap < columns.Taps; tap++)
                    {
                        int from = crop.X + columns.Firsts[x] + tap;
                        float value = Decode(source[from, crop.Y + y, c], c == alpha);
                        if (alpha >= 0 && c != alpha)
                            value *= Decode(source[from, crop.Y + y, alpha], true);
                        float product = value * columns.Weights[x * columns.Taps + tap];
                        sum += product;
                    }
                    narrow[y, x, c] = sum;
                }
            }
        }
        var result = new PixelBuffer<T>(source.Layout.ChannelStride == 1 ? PixelLayout.Interleaved(width, height, channels) : PixelLayout.Planar(width, height, channels));
        var pixel = new float[channels];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < channels; c++)
                {
                    float sum = 0;
                    for (int tap = 0; tap < rows.Taps; tap++)
                    {
                        float product = narrow[rows.Firsts[y] + tap, x, c] * rows.Weights[y * rows.Taps + tap];
                        sum += product;
                    }
                    pixel[c] = sum;
                }
                for (int c = 0; c < channels; c++)
                {
                    float value = alpha < 0 || c == alpha ? pixel[c] : pixel[alpha] > 0 ? pixel[c] / pixel[alpha] : 0;
                    result[x, y, c] = Encode<T>(value, c == alpha);
                }
            }
        }
        return result;
    }

    private static float Decode<T>(T sample, bool isAlpha) => sample switch
    {
        byte code => isAlpha ? code / 255f : SRgb.ToLinear(code),
        ushort code => isAlpha ? code / 65535f : SRgb.ToLinear(code),
        Half value => (float)value,
        float value => value,
        _ => throw new NotSupportedException(),
    };

    private static T Encode<T>(float value, bool isAlpha)
    {
        object sample = default(T) switch
        {
            byte => isAlpha ? (byte)(Math.Clamp((double)value, 0, 1) * 255 + 0.5) : SRgb.To8Bit(value),
            ushort => isAlpha ? (ushort)(Math.Clamp((double)value, 0, 1) * 65535 + 0.5) : SRgb.To16Bit(value),
            Half => (Half)value,
            _ => (object)value,
        };
        return (T)sample;
    }
}
