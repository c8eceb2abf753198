using Answerprint.Imaging.Colour;

namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>Draws the estimate of a coarse level halfway to the nearest of a few colours while there is noise to decide by.</summary>
internal sealed class PaletteGuide
{
    /// <summary>Sigma in thousandths above which colours are drawn.</summary>
    internal const int LeastNoise = 300;

    private readonly short[] colours;

    internal PaletteGuide(IReadOnlyList<Rgb24> palette)
    {
        colours = new short[3 * palette.Count];
        for (int i = 0; i < palette.Count; i++)
        {
            (colours[3 * i], colours[3 * i + 1], colours[3 * i + 2]) =
                (Sample(palette[i].R), Sample(palette[i].G), Sample(palette[i].B));
        }
    }

    internal LevelImage Pull(LevelImage picture)
    {
        var result = new LevelImage(picture.Width, picture.Height);
        picture.Samples.CopyTo(result.Samples, 0);
        Span<short> samples = result.Samples.AsSpan(0, 4 * picture.Width * picture.Height);
        for (int i = 0; i < samples.Length; i += 4)
        {
            int nearest = Nearest(samples.Slice(i, 3));
            for (int c = 0; c < 3; c++)
                samples[i + c] = (short)((samples[i + c] + colours[nearest + c]) >> 1);
        }
        return result;
    }

    private int Nearest(ReadOnlySpan<short> sample)
    {
        int nearest = 0;
        long least = long.MaxValue;
        for (int i = 0; i < colours.Length; i += 3)
        {
            long r = sample[0] - colours[i], g = sample[1] - colours[i + 1], b = sample[2] - colours[i + 2];
            long distance = r * r + g * g + b * b;
            if (distance < least)
                (nearest, least) = (i, distance);
        }
        return nearest;
    }

    private static short Sample(byte code) => (short)((2 * code - 255) * LevelImage.Fine);
}
