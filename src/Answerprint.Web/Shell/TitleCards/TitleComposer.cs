namespace Answerprint.Web.Shell.TitleCards;

/// <summary>
/// Composes a typographic card for a title that has no artwork: layout, palette and every measure follow from the words
/// alone, so a title looks the same on every page, machine and day. Pure.
/// </summary>
internal static class TitleComposer
{
    /// <summary>Longer titles are cut to this many characters with an ellipsis; the accessible name stays whole.</summary>
    public const int LongestTitle = 120;

    /// <summary>How many palettes titlecard.css has.</summary>
    public const int Palettes = 12;

    private delegate Composition Layout(string title, Canvas canvas, Chooser choose);

    /// <summary>The card of <paramref name="title"/> in a shape.</summary>
    public static Composition Compose(string title, ArtRatio ratio)
    {
        ArgumentNullException.ThrowIfNull(title);
        var words = string.Join(' ', title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (words.Length > LongestTitle)
        {
            words = words[..(LongestTitle - 1)].TrimEnd() + "…";
        }
        var choose = new Chooser(words);
        var palette = choose.Next(Palettes);
        var suited = Suited(words);
        var layout = suited[choose.Next(suited.Length)];
        var canvas = ratio switch
        {
            ArtRatio.Poster => new Canvas(800, 1200),
            ArtRatio.Square => new Canvas(1000, 1000),
            ArtRatio.Banner => new Canvas(2100, 900),
            _ => new Canvas(1600, 900),
        };
        return layout(words, canvas, choose) with { Palette = palette };
    }

    private static Layout[] Suited(string words) => words.Length switch
    {
        <= 5 => [PosterLayouts.Echo, PosterLayouts.Cut, FieldLayouts.Horizon, PosterLayouts.Chorus, FieldLayouts.Dusk],
        <= 14 => [PosterLayouts.Marquee, PosterLayouts.Cut, FieldLayouts.Horizon, FieldLayouts.Dusk, FieldLayouts.Orbit, FieldLayouts.Frame, PosterLayouts.Chorus, PosterLayouts.Paper, PosterLayouts.Shutter],
        <= 34 => [PosterLayouts.Marquee, FieldLayouts.Dusk, FieldLayouts.Orbit, FieldLayouts.Frame, PosterLayouts.Paper, PosterLayouts.Shutter, FieldLayouts.Horizon],
        _ => [PosterLayouts.Marquee, FieldLayouts.Dusk, FieldLayouts.Frame, PosterLayouts.Paper, PosterLayouts.Shutter],
    };
}

/// <summary>The surface of a card and the margins that type keeps.</summary>
internal sealed record Canvas(double Width, double Height)
{
    public double Margin => Math.Min(Width, Height) * 0.085;

    public bool IsTall => Height > Width;

    public Box Inner => new(Margin, Margin, Width - (2 * Margin), Height - (2 * Margin));

    public Composition Card(string layout, IReadOnlyList<CardShape> shapes, IReadOnlyList<CardLine> lines) => new(Width, Height, layout, 0, shapes, lines);
}
