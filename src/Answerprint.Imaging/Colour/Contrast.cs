namespace Answerprint.Imaging.Colour;

/// <summary>Luminance and contrast as WCAG 2.2 defines them.</summary>
public static class Contrast
{
    /// <summary>The ratio that WCAG 2.2 success criterion 1.4.3 asks of text.</summary>
    public const double MinimumForText = 4.5;

    /// <summary>The ratio that WCAG 2.2 success criterion 1.4.3 asks of large text.</summary>
    public const double MinimumForLargeText = 3;

    /// <summary>Relative luminance, 0..1.</summary>
    public static double Luminance(byte r, byte g, byte b) =>
        0.2126 * SRgb.ToLinear(r) + 0.7152 * SRgb.ToLinear(g) + 0.0722 * SRgb.ToLinear(b);

    /// <summary>The contrast ratio of two relative luminances, 1..21.</summary>
    public static double Ratio(double first, double second)
    {
        double high = Math.Max(first, second), low = Math.Min(first, second);
        return (high + 0.05) / (low + 0.05);
    }

    /// <summary>The contrast ratio of two colours, 1..21.</summary>
    public static double Ratio(Rgb24 first, Rgb24 second) => Ratio(first.Luminance, second.Luminance);
}
