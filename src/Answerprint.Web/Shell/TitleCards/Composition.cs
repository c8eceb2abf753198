namespace Answerprint.Web.Shell.TitleCards;

/// <summary>One line of type: baseline start, middle or end at X, Y; drawn exactly Width wide.</summary>
internal sealed record CardLine(string Text, double X, double Y, double Size, double Width, string Anchor, Face Face, string Class = "tc-i", double Opacity = 1);

/// <summary>One flat shape under the type.</summary>
internal sealed record CardShape(string Path, string Class, double Opacity = 1, double Stroke = 0);

/// <summary>A card, ready to draw: everything lies in 0..Width, 0..Height; shapes may bleed off, type never does.</summary>
internal sealed record Composition(double Width, double Height, string Layout, int Palette, IReadOnlyList<CardShape> Shapes, IReadOnlyList<CardLine> Lines)
{
    /// <summary>Type to be drawn again inside this path in the ground's colour, where a layout cuts through the words.</summary>
    public string? Inverse { get; init; }

    /// <summary>True where outlines run over the edge; the full words never do.</summary>
    public bool Bleeds { get; init; }

    /// <summary>Where the light falls, as fractions of width and height.</summary>
    public (double X, double Y) Light { get; init; } = (0.3, 0.1);
}

/// <summary>A rectangle that type must stay in.</summary>
internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;
}
