using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Quality;

/// <summary>Whether type is light or dark.</summary>
public enum TitleInk
{
    /// <summary>White.</summary>
    Light = 1,

    /// <summary>Nearly black.</summary>
    Dark = 2,
}

/// <summary>Where a title goes and how it stays legible.</summary>
/// <param name="Area">The rectangle for the type, in pixels of the source.</param>
/// <param name="Alignment">How lines stand in it.</param>
/// <param name="Ink">Light or dark type.</param>
/// <param name="Contrast">WCAG contrast of the ink with the worst twentieth of the area, before any scrim, 1..21.</param>
/// <param name="ScrimOpacity">Opacity, 0..1, of a black (under light ink) or white (under dark ink) layer that brings the contrast to 4.5; 0 when none is needed.</param>
/// <param name="Calm">0 busy to 1 calm.</param>
/// <param name="Reason">Why there, in plain words.</param>
public sealed record TitlePlan(
    PixelRect Area, TitleAlignment Alignment, TitleInk Ink, double Contrast, double ScrimOpacity, double Calm, string Reason)
{
    /// <summary>Whether type needs a darker or lighter layer behind it.</summary>
    public bool NeedsScrim => ScrimOpacity > 0;

    /// <summary>The colour of the ink.</summary>
    public Rgb24 InkColour => Ink == TitleInk.Light ? Rgb24.White : DarkInk;

    internal static Rgb24 DarkInk => new(16, 16, 16);

    /// <summary>The same rectangle in pixels of an output that was made from a crop of the source.</summary>
    /// <param name="crop">The crop, in pixels of the source.</param>
    /// <param name="width">Width of the output.</param>
    /// <param name="height">Height of the output.</param>
    public PixelRect AreaIn(PixelRect crop, int width, int height) =>
        (Area with { X = Area.X - crop.X, Y = Area.Y - crop.Y }).Rescale(crop.Width, crop.Height, width, height);
}
