using System.Globalization;
using System.Security;
using Answerprint.Platform.Media.Vips;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>Sets type through Pango.</summary>
public static class TextSetter
{
    private const int MaxCharacters = 4096;
    private const double MaxSize = 4096;

    /// <summary>Renders a text; an empty or blank one is out of range.</summary>
    public static MediaResult<TextMask> Render(string text, TextStyle style)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(style);
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxCharacters)
            return new MediaError(MediaErrorKind.OutOfRange, $"A text has 1 to {MaxCharacters} characters, not {text.Length} of which some show.");
        if (style.Size is not (> 0 and <= MaxSize) || style.Weight is < 100 or > 1000)
            return new MediaError(MediaErrorKind.OutOfRange, $"Size {style.Size} or weight {style.Weight} is out of range.");
        if (style.FontFile is { } file && !File.Exists(file))
            return new MediaError(MediaErrorKind.Missing, $"The font file {Path.GetFileName(file)} does not exist.");
        try
        {
            return Set(text, style);
        }
        catch (VipsException error)
        {
            return new MediaError(MediaErrorKind.Failed, $"The text could not be set: {error.Message}.");
        }
        catch (ProgramMissingException error)
        {
            return new MediaError(MediaErrorKind.ProgramMissing, error.Message);
        }
    }

    private static TextMask Set(string text, TextStyle style)
    {
        // At 72 dots an inch a point is a pixel.
        using var setter = new VipsOperation("text")
            .Set("text", Markup(text, style))
            .Set("font", string.Create(CultureInfo.InvariantCulture, $"{style.Family.Replace(',', ' ')} {style.Size:0.###}"))
            .Set("dpi", 72)
            .Set("align", style.Alignment switch { TextAlignment.Left => "low", TextAlignment.Centre => "centre", _ => "high" })
            .Set("spacing", (int)Math.Round(style.LineSpacing));
        if (style.FontFile is { } file) setter.Set("fontfile", file);
        if (style.WrapWidth > 0) setter.Set("width", style.WrapWidth);
        using var image = setter.Image();
        var coverage = StillImage.Finish(image, SampleFormat.UInt8, 1);
        return new TextMask(coverage, VipsNative.vips_image_get_xoffset(image), VipsNative.vips_image_get_yoffset(image));
    }

    private static string Markup(string text, TextStyle style)
    {
        var spacing = (int)Math.Round(style.LetterSpacing * style.Size * 1024);
        var features = style.Features is { } wanted ? $" font_features=\"{SecurityElement.Escape(wanted)}\"" : "";
        var slant = style.Italic ? " style=\"italic\"" : "";
        var clean = new string([.. text.Where(c => c is '\n' or '\t' || !char.IsControl(c))]);
        return $"<span weight=\"{style.Weight}\" letter_spacing=\"{spacing}\"{slant}{features}>{SecurityElement.Escape(clean)}</span>";
    }
}
