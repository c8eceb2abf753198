using System.Globalization;
using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Titles.Contracts;

namespace Answerprint.Web.Watch;

/// <summary>Says the facts of a title; what is not known is left out.</summary>
internal static class TitleWords
{
    public static string? Year(Title title) => title.ReleasedAt?.Year.ToString(CultureInfo.InvariantCulture);

    /// <summary>The one line under a tile.</summary>
    public static string? Fine(Title title) => (Year(title), title.Genre) switch
    {
        ({ } year, "") => year,
        ({ } year, var genre) => $"{year} · {genre}",
        (null, "") => null,
        (null, var genre) => genre,
    };

    /// <summary>The line under a headline: year, running time, rating, genre.</summary>
    public static IReadOnlyList<string> Facts(CatalogueTitle title)
    {
        var facts = new List<string>();
        if (Year(title.Facts) is { } year) facts.Add(year);
        if (Runtime(title) is { } runtime) facts.Add(runtime);
        if (title.Facts.Rating.Length > 0) facts.Add(title.Facts.Rating);
        if (title.Facts.Genre.Length > 0) facts.Add(title.Facts.Genre);
        return facts;
    }

    /// <summary>The running time that the catalogue gives, else the length of the footage that is here.</summary>
    public static string? Runtime(CatalogueTitle title) => title.Facts.RuntimeMinutes is { } minutes
        ? Minutes(minutes)
        : title.IsPlayable && title.FilmMs > 0 ? Length(title.FilmMs) : null;

    public static string Minutes(int minutes) => (minutes / 60, minutes % 60) switch
    {
        (0, var rest) => $"{rest} min",
        (var hours, 0) => $"{hours} h",
        var (hours, rest) => $"{hours} h {rest} min",
    };

    /// <summary>The length of footage: seconds below two minutes.</summary>
    public static string Length(long milliseconds) => milliseconds < 120_000
        ? $"{Math.Max(1, (milliseconds + 500) / 1000)} s"
        : Minutes((int)Math.Min(int.MaxValue, (milliseconds + 30_000) / 60_000));

    public static string? Released(Title title) => title.ReleasedAt?.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>What the catalogue does not know, as words of a sentence; none where it knows all.</summary>
    public static string? Unknown(CatalogueTitle title)
    {
        var missing = new List<string>();
        if (title.Facts.ReleasedAt is null) missing.Add("release date");
        if (title.Facts.Director.Length == 0) missing.Add("director");
        if (Runtime(title) is null) missing.Add("running time");
        if (title.Facts.Genre.Length == 0) missing.Add("genre");
        if (title.Facts.Rating.Length == 0) missing.Add("rating");
        return missing.Count == 0 ? null : Join(missing);
    }

    /// <summary>One, two and three.</summary>
    public static string Join(IReadOnlyList<string> words) => words.Count < 2
        ? string.Concat(words)
        : string.Join(", ", words.Take(words.Count - 1)) + " and " + words[^1];
}
