namespace Answerprint.Platform.Media.Contracts;

/// <summary>How lines of type stand to each other.</summary>
public enum TextAlignment
{
    /// <summary>Flush left.</summary>
    Left,

    /// <summary>Centred.</summary>
    Centre,

    /// <summary>Flush right.</summary>
    Right,
}

/// <summary>How a text is set.</summary>
public sealed record TextStyle
{
    /// <summary>The font family as fontconfig knows it. Default "Inter".</summary>
    public string Family { get; init; } = "Inter";

    /// <summary>A font file that brings the family, for type that is not installed; null when it is.</summary>
    public string? FontFile { get; init; }

    /// <summary>The em size in pixels, more than 0, at most 4096.</summary>
    public required double Size { get; init; }

    /// <summary>The weight as CSS counts it, 100 to 1000. Default 400.</summary>
    public int Weight { get; init; } = 400;

    /// <summary>Whether the slanted cut is used.</summary>
    public bool Italic { get; init; }

    /// <summary>Extra space between letters, in em; negative brings them together. Default 0.</summary>
    public double LetterSpacing { get; init; }

    /// <summary>Extra space between lines in pixels. Default 0.</summary>
    public double LineSpacing { get; init; }

    /// <summary>The width in pixels at which words wrap; 0 for never.</summary>
    public int WrapWidth { get; init; }

    /// <summary>How lines stand to each other.</summary>
    public TextAlignment Alignment { get; init; }

    /// <summary>OpenType features as CSS writes them, such as "tnum, case"; null for the font's own.</summary>
    public string? Features { get; init; }
}

/// <summary>A text as coverage: 8 bits a pixel, cut to the ink.</summary>
/// <param name="Coverage">One 8-bit sample a pixel; 255 is fully covered.</param>
/// <param name="Left">Where the ink starts, in pixels right of the layout's origin.</param>
/// <param name="Top">Where the ink starts, in pixels below the top of the first line.</param>
public sealed record TextMask(StillImage Coverage, int Left, int Top) : IDisposable
{
    /// <summary>Frees the pixels.</summary>
    public void Dispose() => Coverage.Dispose();
}
