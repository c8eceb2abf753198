namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>
/// One level of a picture: four 16-bit channels a pixel side by side (red, green, blue, and alpha or zero). A sample is in units where
/// -255 is black and 255 is white, times <see cref="Fine"/> where a comment says "fine".
/// </summary>
internal sealed class LevelImage
{
    /// <summary>Steps of fine samples for each step of search samples.</summary>
    internal const int Fine = 16;

    /// <summary>Samples after the last pixel that vector loads may read.</summary>
    internal const int Padding = 64;

    internal LevelImage(int width, int height)
    {
        (Width, Height) = (width, height);
        Samples = new short[checked(4 * width * height + Padding)];
    }

    internal int Width { get; }

    internal int Height { get; }

    internal short[] Samples { get; }

    /// <summary>A copy with every sample times <see cref="Fine"/>.</summary>
    internal LevelImage Refined()
    {
        var fine = new LevelImage(Width, Height);
        for (int i = 0; i < Samples.Length; i++)
            fine.Samples[i] = (short)(Samples[i] * Fine);
        return fine;
    }

    /// <summary>Keeps every sample between black and white.</summary>
    internal LevelImage Saturated()
    {
        foreach (ref short sample in Samples.AsSpan())
            sample = Math.Clamp(sample, (short)-255, (short)255);
        return this;
    }

    internal Span<short> Row(int y) => Samples.AsSpan(4 * y * Width, 4 * Width);
}
