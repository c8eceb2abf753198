namespace Answerprint.Web.Shell.TitleCards;

/// <summary>The faces a card may be set in; the class names are those of titlecard.css.</summary>
internal enum Face
{
    /// <summary>Archivo at its narrowest, heavy capitals.</summary>
    Poster,

    /// <summary>Archivo at its widest, light capitals, tracked.</summary>
    Wide,

    /// <summary>Archivo, bold, upper and lower case.</summary>
    Grotesk,

    /// <summary>Gloock, upper and lower case.</summary>
    Serif,
}

/// <summary>Measures of a face, in ems.</summary>
internal static class FaceMetrics
{
    private const double TrackingOfWide = 0.16;

    public static string Class(this Face face) => face switch
    {
        Face.Poster => "tc-poster",
        Face.Wide => "tc-wide",
        Face.Grotesk => "tc-grotesk",
        _ => "tc-serif",
    };

    public static bool IsCapitals(this Face face) => face is Face.Poster or Face.Wide;

    /// <summary>Baseline to baseline; capitals stand close, and closer still where no accent needs the room.</summary>
    public static double LineHeight(this Face face, bool accented) => face switch
    {
        Face.Poster => accented ? 0.98 : 0.82,
        Face.Wide => accented ? 1.2 : 1.12,
        Face.Grotesk => 0.98,
        _ => 1.02,
    };

    /// <summary>Height of a capital above the baseline.</summary>
    public static double CapHeight(this Face face) => face == Face.Serif ? 0.70 : 0.69;

    /// <summary>Depth below the baseline that a last line may need.</summary>
    public static double Descent(this Face face) => face.IsCapitals() ? 0.02 : 0.24;

    public static double Width(this Face face, string text)
    {
        var table = face switch
        {
            Face.Poster => AdvanceWidths.Poster,
            Face.Wide => AdvanceWidths.Wide,
            Face.Grotesk => AdvanceWidths.Grotesk,
            _ => AdvanceWidths.Serif,
        };
        var sum = 0.0;
        foreach (var rune in text.EnumerateRunes())
        {
            var index = rune.Value - AdvanceWidths.First;
            // Beyond the table: ideographs fill the em, the rest is taken at a generous average.
            sum += (uint)index < (uint)table.Length ? table[index] / 100.0 : rune.Value >= 0x2E80 ? 1.0 : face == Face.Poster ? 0.5 : 0.7;
        }
        if (face == Face.Wide && text.Length > 1)
        {
            sum += TrackingOfWide * (text.Length - 1);
        }
        return Math.Max(sum, 0.1);
    }
}
