using System.Globalization;

namespace Answerprint.Platform.Titles.Import;

/// <summary>What can be believed of a record of the film list. What cannot is left unknown, not guessed.</summary>
/// <param name="Name">The name, its article in front and its letters restored.</param>
/// <param name="ReleasedAt">First release; none where the file's date cannot be believed.</param>
/// <param name="RuntimeMinutes">1 to 1,000; none where not known.</param>
/// <param name="Genre">Empty where not known.</param>
/// <param name="Director">Empty where not known.</param>
/// <param name="Distributor">Empty where not known.</param>
/// <param name="Rating">Empty where not known.</param>
/// <param name="DateDropped">Whether the file gives a date that was not believed.</param>
/// <param name="NameRepaired">Whether the name was changed from what the file says.</param>
public sealed record MovieFacts(
    string Name, DateTimeOffset? ReleasedAt, int? RuntimeMinutes, string Genre, string Director, string Distributor, string Rating,
    bool DateDropped, bool NameRepaired)
{
    /// <summary>
    /// The last year that a date of the list can be believed to name. The list was drawn up in 2010; the few later dates are films of
    /// 1915 to 1946 whose two-digit year was read into the wrong century, and one film announced for 2011.
    /// </summary>
    public const int LastYear = 2011;

    /// <summary>The year of the first public film screening.</summary>
    public const int FirstYear = 1895;

    private static readonly string[] Articles = ["The", "A", "An", "Le", "La", "Les", "L'", "Der", "Die", "Das", "El"];

    /// <summary>Judges one record; none where it has no name.</summary>
    public static MovieFacts? From(MovieRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var written = Clean(record.Title);
        if (written.Length == 0) return null;
        var name = ArticleInFront(MacRoman.Undo(written));
        var released = Date(record.ReleaseDate);
        return new MovieFacts(
            name,
            released,
            record.RuntimeMinutes is >= 1 and <= 1000 ? record.RuntimeMinutes : null,
            Clean(record.Genre),
            MacRoman.Undo(Clean(record.Director)),
            MacRoman.Undo(Clean(record.Distributor)),
            Clean(record.Rating) is "Open" ? "" : Clean(record.Rating),
            released is null && !string.IsNullOrWhiteSpace(record.ReleaseDate),
            name != written);
    }

    /// <summary>
    /// A date such as <c>Jun 12 1998</c>. None for a year that cannot be, and for every 31 December: in this list that day stands for a year
    /// whose day is not known, moved by a time zone into the year before (and 31 December 1969 for no date at all).
    /// </summary>
    private static DateTimeOffset? Date(string? written) =>
        DateTimeOffset.TryParseExact(written, "MMM dd yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
        && date is { Year: >= FirstYear and <= LastYear } and not { Month: 12, Day: 31 }
            ? date
            : null;

    /// <summary>Brings <c>Charge of the Light Brigade, The</c> into reading order.</summary>
    private static string ArticleInFront(string name)
    {
        foreach (var article in Articles)
            if (name.EndsWith(", " + article, StringComparison.Ordinal) && name.Length > article.Length + 2)
                return $"{article}{(article.EndsWith('\'') ? "" : " ")}{name[..^(article.Length + 2)]}";
        return name;
    }

    private static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var printable = string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++) target[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
        return string.Join(' ', printable.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
