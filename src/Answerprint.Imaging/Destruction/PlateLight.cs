using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>A plate's colours as scene light.</summary>
public static class PlateLight
{
    /// <summary>Red, green and blue in linear light, in half floats.</summary>
    /// <param name="plate">A picture in colour.</param>
    /// <param name="curve">How its samples relate to light.</param>
    /// <exception cref="ArgumentException">The plate is not in colour.</exception>
    public static Picture<Half> Of(Picture plate, PlateCurve curve)
    {
        ArgumentNullException.ThrowIfNull(plate);
        if (plate.ColourChannels != 3)
            throw new ArgumentException($"The plate has {plate.ColourChannels} colours; it must have red, green and blue.", nameof(plate));
        var work = new Work(curve);
        plate.Apply(work);
        return Picture.Create(work.Light!);
    }

    /// <summary>The picture in 8 bits of sRGB, for looking at; what is brighter than white is white.</summary>
    /// <param name="plate">A picture in colour.</param>
    /// <param name="curve">How its samples relate to light.</param>
    /// <exception cref="ArgumentException">The plate is not in colour.</exception>
    public static PixelBuffer<byte> ReviewOf(Picture plate, PlateCurve curve)
    {
        PixelBuffer<Half> light = Of(plate, curve).Pixels;
        var result = new PixelBuffer<byte>(PixelLayout.Interleaved(light.Width, light.Height, 3));
        ReadOnlySpan<Half> from = light.Memory.Span;
        Span<byte> to = result.Memory.Span;
        for (int i = 0; i < to.Length; i++)
            to[i] = SRgb.To8Bit((float)from[i]);
        return result;
    }

    private sealed class Work(PlateCurve curve) : IPictureOperation
    {
        public PixelBuffer<Half>? Light { get; private set; }

        public PixelBuffer<T> Apply<T>(PixelBuffer<T> image)
            where T : unmanaged
        {
            Light = new PixelBuffer<Half>(PixelLayout.Interleaved(image.Width, image.Height, 3));
            var codec = new PlateCodec<T>(curve);
            for (int y = 0; y < image.Height; y++)
            {
                for (int x = 0; x < image.Width; x++)
                {
                    for (int c = 0; c < 3; c++)
                        Light[x, y, c] = (Half)codec.ToLinear(image[x, y, c]);
                }
            }
            return image;
        }
    }
}
