using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>Puts a frame together: plate or clean plate, shadow, building, dust, foreground, grain. What nothing touched is the plate's pixel to the bit.</summary>
public sealed class CollapseComposite
{
    // A surface that still shows its own place in the plate, to this share of a pixel, has not moved: the plate itself is sharper than its picture of it.
    private const float SamePlace = 0.6f;

    private readonly PixelBuffer<byte> plate, clean, building, foreground;
    private readonly PlateGrain grain;
    private readonly ulong seed;

    /// <summary>Prepares a shot over a still plate.</summary>
    /// <param name="plate">8 bits sRGB, three channels, packed.</param>
    /// <param name="clean">The plate without the building, the same size.</param>
    /// <param name="building">Where the building is seen, 0 to 255, one channel.</param>
    /// <param name="foreground">What stands before it, 0 to 255, one channel.</param>
    /// <param name="seed">What grain is made from.</param>
    /// <exception cref="ArgumentException">The pictures differ in size, or the plate is not RGB.</exception>
    public CollapseComposite(PixelBuffer<byte> plate, PixelBuffer<byte> clean, PixelBuffer<byte> building, PixelBuffer<byte> foreground, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(plate);
        foreach (PixelBuffer<byte> other in (PixelBuffer<byte>[])[clean, building, foreground])
        {
            if (other.Width != plate.Width || other.Height != plate.Height)
                throw new ArgumentException($"The plate is {plate.Width} x {plate.Height} and a mask {other.Width} x {other.Height}; they must be the same.", nameof(plate));
        }
        if (plate.Channels != 3 || clean.Channels != 3)
            throw new ArgumentException($"The plate has {plate.Channels} channels; it must have red, green and blue.", nameof(plate));
        (this.plate, this.clean, this.building, this.foreground, this.seed) = (plate, clean, building, foreground, seed);
        var luma = new float[plate.Width * plate.Height];
        ReadOnlySpan<byte> from = plate.Memory.Span;
        for (int i = 0; i < luma.Length; i++)
            luma[i] = (from[3 * i] + 2 * from[3 * i + 1] + from[3 * i + 2]) / 1020f;
        grain = PlateGrain.Measure(luma, plate.Width, plate.Height);
    }

    /// <summary>One finished frame.</summary>
    /// <param name="layers">What was rendered.</param>
    /// <param name="dust">Linear red, green, blue times alpha, and alpha; empty for none.</param>
    /// <param name="frame">Its number, which grain changes with.</param>
    /// <param name="account">How its pixels came about.</param>
    public PixelBuffer<byte> Make(CollapseLayers layers, ReadOnlySpan<float> dust, int frame, out CollapseAccount account)
    {
        ArgumentNullException.ThrowIfNull(layers);
        var result = new PixelBuffer<byte>(PixelLayout.Interleaved(plate.Width, plate.Height, 3));
        float[] shadow = Soften(layers.Shadow);
        int copied = 0, filled = 0;
        for (int y = 0, i = 0; y < plate.Height; y++)
        {
            for (int x = 0; x < plate.Width; x++, i++)
            {
                switch (MakePixel(layers, dust, shadow, result.Memory.Span, x, y, i, frame))
                {
                    case Origin.Plate: copied++; break;
                    case Origin.Clean: filled++; break;
                }
            }
        }
        account = new CollapseAccount(copied, filled, plate.Width * plate.Height - copied - filled);
        return result;
    }

    private Origin MakePixel(CollapseLayers layers, ReadOnlySpan<float> dust, float[] shadow, Span<byte> result, int x, int y, int i, int frame)
    {
        ReadOnlySpan<byte> from = plate.Memory.Span, behind = clean.Memory.Span;
        float front = foreground.Memory.Span[i] / 255f, gone = building.Memory.Span[i] / 255f, open = 1 - front, alpha = layers.Colour[4 * i + 3] * open;
        bool stands = alpha > 0.99f && MathF.Abs(layers.Rest[3 * i] * plate.Width - x - 0.5f) < SamePlace && MathF.Abs((1 - layers.Rest[3 * i + 1]) * plate.Height - y - 0.5f) < SamePlace && layers.Rest[3 * i + 2] < 0.01f;
        if (stands)
            (alpha, gone) = (0, 0);
        float veil = dust.IsEmpty ? 0 : dust[4 * i + 3], shade = 1 - (1 - shadow[i]) * open * (1 - gone);
        if (alpha < 0.002f && veil < 0.002f && shade > 0.998f && gone is 0 or 1)
        {
            (gone == 0 ? from : behind).Slice(3 * i, 3).CopyTo(result[(3 * i)..]);
            return gone == 0 ? Origin.Plate : Origin.Clean;
        }
        float added = Math.Clamp(alpha + veil, 0, 1);
        for (int c = 0; c < 3; c++)
        {
            float light = SRgb.ToLinear(from[3 * i + c]) * (1 - gone) + SRgb.ToLinear(behind[3 * i + c]) * gone;
            light = light * shade * (1 - alpha) + (stands ? 0 : layers.Colour[4 * i + c] * open);
            if (veil > 0)
                light = light * (1 - veil) + dust[4 * i + c];
            float code = SRgb.To16Bit(light) / 257f;
            float noise = added * grain.At(code / 255) * 255 * PlateGrain.Noise(x, y, frame, seed + (ulong)c);
            result[3 * i + c] = (byte)Math.Clamp((int)MathF.Round(code + noise), 0, 255);
        }
        return Origin.Rendered;
    }

    /// <summary>Few samples make shadows speckled: a mean over 5 x 5 pixels.</summary>
    private float[] Soften(float[] shadow)
    {
        var across = new float[shadow.Length];
        var result = new float[shadow.Length];
        for (int y = 0; y < plate.Height; y++)
        {
            for (int x = 0; x < plate.Width; x++)
                across[y * plate.Width + x] = Mean(shadow, y * plate.Width, 1, x, plate.Width);
        }
        for (int x = 0; x < plate.Width; x++)
        {
            for (int y = 0; y < plate.Height; y++)
                result[y * plate.Width + x] = Mean(across, x, plate.Width, y, plate.Height);
        }
        return result;
    }

    private static float Mean(float[] values, int start, int step, int at, int length)
    {
        float sum = 0;
        for (int k = -2; k <= 2; k++)
            sum += Math.Clamp(values[start + step * Math.Clamp(at + k, 0, length - 1)], 0, 1);
        return sum / 5;
    }

    private enum Origin
    {
        Plate,
        Clean,
        Rendered,
    }
}
