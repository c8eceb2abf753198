namespace Answerprint.Imaging.Colour;

/// <summary>A colour in OKLab (B. Ottosson, "A perceptual color space for image processing", 2020).</summary>
/// <param name="L">Lightness, 0 black to 1 white.</param>
/// <param name="A">Green (negative) to red, about -0.4..0.4.</param>
/// <param name="B">Blue (negative) to yellow, about -0.4..0.4.</param>
public readonly record struct OkLab(double L, double A, double B)
{
    /// <summary>Distance from grey.</summary>
    public double Chroma => Math.Sqrt(A * A + B * B);

    /// <summary>The OKLab coordinates of an sRGB colour.</summary>
    public static OkLab FromRgb(Rgb24 colour)
    {
        double r = SRgb.ToLinear(colour.R), g = SRgb.ToLinear(colour.G), b = SRgb.ToLinear(colour.B);
        double l = Roots.Cube(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        double m = Roots.Cube(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        double s = Roots.Cube(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        return new OkLab(
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s);
    }

    /// <summary>The nearest 8-bit sRGB colour; what lies outside the gamut is clamped per channel.</summary>
    public Rgb24 ToRgb()
    {
        double l = L + 0.3963377774 * A + 0.2158037573 * B;
        double m = L - 0.1055613458 * A - 0.0638541728 * B;
        double s = L - 0.0894841775 * A - 1.2914855480 * B;
        (l, m, s) = (l * l * l, m * m * m, s * s * s);
        return new Rgb24(
            SRgb.To8Bit((float)(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)),
            SRgb.To8Bit((float)(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)),
            SRgb.To8Bit((float)(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)));
    }

    /// <summary>Squared Euclidean distance; 0.0004 is about a just noticeable difference.</summary>
    public double DistanceSquared(OkLab other)
    {
        double l = L - other.L, a = A - other.A, b = B - other.B;
        return l * l + a * a + b * b;
    }
}
