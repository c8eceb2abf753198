using Answerprint.Platform.Titles.Contracts;

namespace Answerprint.Platform.Audience.Catalogue;

/// <summary>A title with all that viewers may see of it at one moment. Never changed.</summary>
/// <param name="facts">What the catalogue knows; not to be changed.</param>
/// <param name="artworks">Its published pictures; never another title's.</param>
/// <param name="clips">Its published footage in order; empty for a title without.</param>
public sealed class CatalogueTitle(Title facts, IReadOnlyList<ArtworkImage> artworks, IReadOnlyList<FilmClip> clips)
{
    /// <summary>What the catalogue knows of it; not to be changed.</summary>
    public Title Facts { get; } = facts;

    /// <summary>Its published pictures.</summary>
    public IReadOnlyList<ArtworkImage> Artworks { get; } = artworks;

    /// <summary>Its published footage in order.</summary>
    public IReadOnlyList<FilmClip> Clips { get; } = clips;

    /// <summary>Identity.</summary>
    public Guid Id => Facts.Id;

    /// <summary>The last part of its address.</summary>
    public string Slug => Facts.Slug;

    /// <summary>Its name.</summary>
    public string Name => Facts.Name;

    /// <summary>Whether there is published footage to play.</summary>
    public bool IsPlayable => Clips.Count > 0;

    /// <summary>Length of the published footage in milliseconds.</summary>
    public long FilmMs { get; } = clips.Sum(clip => clip.DurationMs);

    /// <summary>The picture for shelves: 16:9, with the title set in type where there is such a one.</summary>
    public ArtworkImage? ShelfPicture { get; } = Choose(artworks, hasTitle: true, "16:9");

    /// <summary>The picture behind words: 21:9 or 16:9 without type; none where there is none without type.</summary>
    public ArtworkImage? Backdrop { get; } =
        Choose(artworks.Where(artwork => !artwork.HasTitle), hasTitle: false, "21:9") ?? Choose(artworks.Where(artwork => !artwork.HasTitle), hasTitle: false, "16:9");

    /// <summary>The upright picture, with the title set in type where there is such a one.</summary>
    public ArtworkImage? Poster { get; } = Choose(artworks, hasTitle: true, "2:3");

    private static ArtworkImage? Choose(IEnumerable<ArtworkImage> artworks, bool hasTitle, string aspect) => artworks
        .Where(artwork => artwork.Aspect == aspect)
        .OrderBy(artwork => artwork.HasTitle != hasTitle).ThenBy(artwork => artwork.Variant).ThenBy(artwork => artwork.ArtworkId)
        .FirstOrDefault();
}
