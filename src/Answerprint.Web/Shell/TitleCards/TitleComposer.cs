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

    private static readonly int[] DarkPalettes = [0, 1, 2, 3, 4, 5, 9, 11];

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
        return layout(words, On(ratio), choose) with { Palette = palette };
    }

    /// <summary>A field of light without words, for a hero that sets its own in white: dark palettes and open layouts only.</summary>
    public static Composition Backdrop(string title, ArtRatio ratio)
    {
        ArgumentNullException.ThrowIfNull(title);
        var choose = new Chooser(title + " ");
        Layout[] open = [FieldLayouts.Dusk, FieldLayouts.Orbit, FieldLayouts.Beam];
        var palette = DarkPalettes[choose.Next(DarkPalettes.Length)];
        return open[choose.Next(open.Length)](title, On(ratio), choose) with { Palette = palette, Lines = [] };
    }

    private static Canvas On(ArtRatio ratio) => ratio switch
    {
        ArtRatio.Poster => new Canvas(800, 1200),
        ArtRatio.Square => new Canvas(1000, 1000),
        ArtRatio.Banner => new Canvas(2100, 900),
        _ => new Canvas(1600, 900),
    };

    private static Layout[] Suited(string words) => words.Length switch
    {
        <= 2 => [PosterLayouts.Echo, PosterLayouts.Cut, FieldLayouts.Dusk, FieldLayouts.Beam, PosterLayouts.Chorus],
        <= 5 => [PosterLayouts.Echo, PosterLayouts.Cut, FieldLayouts.Horizon, PosterLayouts.Chorus, FieldLayouts.Dusk, FieldLayouts.Beam],
        <= 14 =>
        [
            PosterLayouts.Marquee, PosterLayouts.Cut, PosterLayouts.Chorus, PosterLayouts.Paper, PosterLayouts.Shutter,
            FieldLayouts.Horizon, FieldLayouts.Dusk, FieldLayouts.Orbit, FieldLayouts.Frame, FieldLayouts.Initial, FieldLayouts.Beam,
        ],
        <= 34 =>
        [
            PosterLayouts.Marquee, PosterLayouts.Paper, PosterLayouts.Shutter, FieldLayouts.Horizon, FieldLayouts.Dusk, FieldLayouts.Orbit,
            FieldLayouts.Frame, FieldLayouts.Initial, FieldLayouts.Beam,
        ],
        _ => [PosterLayouts.Marquee, PosterLayouts.Paper, PosterLayouts.Shutter, FieldLayouts.Dusk, FieldLayouts.Frame, FieldLayouts.Initial],
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
