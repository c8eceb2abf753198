namespace Answerprint.Platform.Audience.Catalogue;

/// <summary>Lays the catalogue out by recency and genre: the deterministic policy until ranking exists.</summary>
internal static class ShelfPlan
{
    /// <summary>The policy's name on every impression.</summary>
    public const string Policy = "recency-1";

    public const string New = "new";
    public const string Recent = "recent";
    public const string GenrePrefix = "genre:";

    /// <summary>The shelves that are the same for every viewer, in order; an empty one is left out.</summary>
    public static IReadOnlyList<Shelf> Build(IReadOnlyCollection<CatalogueTitle> titles)
    {
        var shelves = new List<Shelf>
        {
            new(New, "New on the service", "Studio productions first, then the latest additions, A to Z", [.. titles
                .OrderByDescending(title => title.IsPlayable)
                .ThenByDescending(title => title.Facts.ProductionId is not null)
                .ThenByDescending(title => title.Facts.AddedAt)
                .ThenBy(title => title.Slug, StringComparer.Ordinal)]),
            new(Recent, "Recently released", "Newest release first", [.. NewestFirst(titles.Where(title => title.Facts.ReleasedAt is not null))]),
        };
        shelves.AddRange(titles.GroupBy(title => title.Facts.Genre)
            .OrderBy(genre => genre.Key.Length == 0).ThenByDescending(genre => genre.Count()).ThenBy(genre => genre.Key, StringComparer.Ordinal)
            .Select(genre => new Shelf(GenrePrefix + genre.Key, NameOf(genre.Key), ReasonOf(genre.Key), [.. NewestFirst(genre)])));
        shelves.RemoveAll(shelf => shelf.Titles.Count == 0);
        return shelves;
    }

    /// <summary>Titles of the same genre, the nearest in time first; none where the genre is not known.</summary>
    public static Shelf? More(Shelf? genre, CatalogueTitle title)
    {
        if (genre is null || title.Facts.Genre.Length == 0) return null;
        var others = genre.Titles.Where(other => other.Id != title.Id)
            .OrderBy(other => Distance(other, title)).ThenBy(other => other.Slug, StringComparer.Ordinal).ToList();
        var reason = title.Facts.ReleasedAt is null ? $"The same genre: {title.Facts.Genre}" : $"The same genre: {title.Facts.Genre}; nearest release first";
        return others.Count == 0 ? null : new("more:" + title.Slug, "More like this", reason, others);
    }

    /// <summary>By release, those without a date last.</summary>
    public static IOrderedEnumerable<CatalogueTitle> NewestFirst(IEnumerable<CatalogueTitle> titles) => titles
        .OrderByDescending(title => title.Facts.ReleasedAt ?? DateTimeOffset.MinValue).ThenBy(title => title.Slug, StringComparer.Ordinal);

    private static string NameOf(string genre) => genre.Length == 0 ? "Genre not known" : genre.Replace("/", " and ", StringComparison.Ordinal);

    private static string ReasonOf(string genre) => genre.Length == 0
        ? "The catalogue gives no genre for these; newest release first"
        : "Newest release first";

    private static long Distance(CatalogueTitle one, CatalogueTitle other) =>
        one.Facts.ReleasedAt is { } here && other.Facts.ReleasedAt is { } there ? Math.Abs((here - there).Ticks) : long.MaxValue;
}
