using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Quality.Looks;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Library.Contracts;

/// <summary>What the library computes of one picture.</summary>
/// <param name="Look">By which it is found.</param>
/// <param name="Grid">By which copies are told.</param>
/// <param name="Palette">Up to 6 colours with shares that add to 1,000,000, largest first.</param>
public sealed record PictureLook(Look Look, LookGrid Grid, IReadOnlyList<Swatch> Palette)
{
    private const int Colours = 6;

    /// <summary>Longest side of what is looked at, in pixels; larger pictures are reduced first.</summary>
    public const int Side = 440;

    /// <summary>Looks at a picture of any size, depth and number of channels; transparency lies over a middle grey.</summary>
    public static PictureLook Of(StillImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var eight = image.Convert(SampleFormat.UInt8);
        using var rgb = eight.ToRgb();
        using var flat = rgb.HasAlpha ? rgb.Flatten(96, 96, 96) : null;
        var whole = flat ?? rgb;
        var scale = Math.Min(1, (double)Side / Math.Max(whole.Width, whole.Height));
        using var small = scale < 1 ? whole.Resize(Math.Max(1, (int)(whole.Width * scale)), Math.Max(1, (int)(whole.Height * scale))) : null;
        var seen = small ?? whole;
        var made = Of(new PixelView<byte>(seen.Pixels<byte>(), PixelLayout.Interleaved(seen.Width, seen.Height, seen.Bands)));
        GC.KeepAlive(seen);
        return made;
    }

    /// <summary>Looks at 8-bit pixels of at least three channels.</summary>
    public static PictureLook Of(PixelView<byte> pixels)
    {
        var grid = LookGrid.Of(pixels);
        return new PictureLook(Look.Of(grid), grid, Imaging.Colour.Palette.Extract(pixels, Colours));
    }
}
