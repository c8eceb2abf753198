using System.Collections.Frozen;

namespace Answerprint.Platform.Audience.Catalogue;

/// <summary>All that viewers may see at one moment. Never changed: a page that was begun on it is consistent.</summary>
public sealed class CatalogueSnapshot
{
    private readonly FrozenDictionary<string, CatalogueTitle> _bySlug;
    private readonly FrozenDictionary<Guid, CatalogueTitle> _byId;
    private readonly FrozenDictionary<string, Shelf> _shelves;
    private readonly FrozenDictionary<Guid, ArtworkImage> _releases;
    private readonly FrozenDictionary<Guid, FilmClip> _clips;

    internal CatalogueSnapshot(IReadOnlyCollection<CatalogueTitle> titles)
    {
        _bySlug = titles.ToFrozenDictionary(title => title.Slug, StringComparer.Ordinal);
        _byId = titles.ToFrozenDictionary(title => title.Id);
        Shelves = ShelfPlan.Build(titles);
        Newest = [.. ShelfPlan.NewestFirst(titles)];
        _shelves = Shelves.ToFrozenDictionary(shelf => shelf.Key, StringComparer.Ordinal);
        // A picture may be published under several records of one release; any of them stands for the file.
        _releases = titles.SelectMany(title => title.Artworks).DistinctBy(artwork => artwork.ReleaseId).ToFrozenDictionary(artwork => artwork.ReleaseId);
        _clips = titles.SelectMany(title => title.Clips).DistinctBy(clip => clip.VersionId).ToFrozenDictionary(clip => clip.VersionId);
        Hero = titles.Where(title => title.IsPlayable).MaxBy(title => (title.Facts.AddedAt, title.Id))
            ?? titles.Where(title => title.Facts.ProductionId is not null).MaxBy(title => (title.Facts.AddedAt, title.Id))
            ?? Shelves.FirstOrDefault(shelf => shelf.Key == ShelfPlan.Recent)?.Titles[0];
    }

    /// <summary>The shelves that are the same for every viewer, in order.</summary>
    public IReadOnlyList<Shelf> Shelves { get; }

    /// <summary>What the head of the home page shows: the newest title with footage, else with a production, else the newest release; none in an empty catalogue.</summary>
    public CatalogueTitle? Hero { get; }

    /// <summary>All titles, the newest release first, those without a date last.</summary>
    public IReadOnlyList<CatalogueTitle> Newest { get; }

    /// <summary>Number of titles.</summary>
    public int Count => _byId.Count;

    /// <summary>The title with a slug; none where there is none.</summary>
    public CatalogueTitle? FindTitle(string slug) => _bySlug.GetValueOrDefault(slug);

    /// <summary>The title with an id; none where there is none.</summary>
    public CatalogueTitle? FindTitle(Guid id) => _byId.GetValueOrDefault(id);

    /// <summary>The shelf with a key; none where there is none.</summary>
    public Shelf? FindShelf(string key) => _shelves.GetValueOrDefault(key);

    /// <summary>A released picture that may be served now; none where it may not.</summary>
    public ArtworkImage? FindRelease(Guid releaseId) => _releases.GetValueOrDefault(releaseId);

    /// <summary>A published clip that may be served now; none where it may not.</summary>
    public FilmClip? FindClip(Guid versionId) => _clips.GetValueOrDefault(versionId);

    /// <summary>Titles like one: for now, of the same genre.</summary>
    public Shelf? MoreLike(CatalogueTitle title)
    {
        ArgumentNullException.ThrowIfNull(title);
        return ShelfPlan.More(FindShelf(ShelfPlan.GenrePrefix + title.Facts.Genre), title);
    }
}
