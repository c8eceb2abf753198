using System.Numerics;
using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>A plate's colours as scene light.</summary>
public static class PlateLight
{
    // What a sunlit grey looks like under the sun and sky that scenes are lit by, luminance 1.
    private static readonly Vector3 Daylight = new(1.04f, 1, 0.91f);

    // A plate's bright places have colours of their own: its light is taken to be this much of the way, and no further off than the last, from daylight.
    private const float Trust = 0.6f, Furthest = 1.35f;

    // Brighter than this a sample may be clipped; of large plates so many pixels are asked.
    private const float Clipped = 0.95f;
    private const int Asked = 500_000;

    /// <summary>
    /// By what daylight is to be multiplied to be of the plate's colour: the mean of its fourth powers (shades of grey, Finlayson and Trezzi, Color Imaging Conference 2004), luminance about 1. It is given in 64ths, so that sizes of
    /// one plate agree.
    /// </summary>
    /// <param name="light">The plate in linear light, as <see cref="Of"/> gives it.</param>
    /// <returns>Red, green and blue, 0.74 to 1.35; ones where the plate is black or wholly clipped.</returns>
    public static Vector3 CastOf(Picture<Half> light)
    {
        ArgumentNullException.ThrowIfNull(light);
        PixelBuffer<Half> pixels = light.Pixels;
        int step = Math.Max(1, (int)Math.Sqrt((double)light.Width * light.Height / Asked));
        double red = 0, green = 0, blue = 0;
        for (int y = 0; y < light.Height; y += step)
        {
            for (int x = 0; x < light.Width; x += step)
            {
                double r = (double)pixels[x, y, 0], g = (double)pixels[x, y, 1], b = (double)pixels[x, y, 2];
                if (!(Math.Max(r, Math.Max(g, b)) < Clipped))
                    continue;
                (red, green, blue) = (red + r * r * r * r, green + g * g * g * g, blue + b * b * b * b);
            }
        }
        if (red <= 0 || green <= 0 || blue <= 0)
            return Vector3.One;
        (red, green, blue) = (Math.Sqrt(Math.Sqrt(red)), Math.Sqrt(Math.Sqrt(green)), Math.Sqrt(Math.Sqrt(blue)));
        double bright = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        return new Vector3(Part(red, Daylight.X), Part(green, Daylight.Y), Part(blue, Daylight.Z));

        float Part(double value, float usual) => MathF.Round(64 * Math.Clamp(MathF.Pow((float)(value / bright) / usual, Trust), 1 / Furthest, Furthest)) / 64;
    }

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
