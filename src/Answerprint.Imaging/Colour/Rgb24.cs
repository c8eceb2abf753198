namespace Answerprint.Imaging.Colour;

/// <summary>An sRGB colour of 8 bits a channel.</summary>
/// <param name="R">Red code, 0..255.</param>
/// <param name="G">Green code, 0..255.</param>
/// <param name="B">Blue code, 0..255.</param>
public readonly record struct Rgb24(byte R, byte G, byte B)
{
    /// <summary>Black.</summary>
    public static Rgb24 Black => default;

    /// <summary>White.</summary>
    public static Rgb24 White => new(255, 255, 255);

    /// <summary>Relative luminance of WCAG 2.2, 0..1: linear light weighted by ITU-R BT.709.</summary>
    public double Luminance => Contrast.Luminance(R, G, B);

    /// <summary>The colour as <c>#rrggbb</c>.</summary>
    public override string ToString() => $"#{R:x2}{G:x2}{B:x2}";
}
