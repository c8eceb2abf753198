using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Audience.Events;
using Answerprint.Platform.Audience.Pages;
using Answerprint.Platform.Titles.Contracts;

namespace Answerprint.Web.Watch;

/// <summary>A title as the API gives it; what is not known is null.</summary>
public sealed record TitleWire(
    Guid Id, string Slug, string Name, DateOnly? Released, int? RuntimeMinutes, string? Genre, string? Director, string? Distributor, string? Rating,
    string? Logline, string? Synopsis, string? FactsFrom, bool InProduction)
{
    internal static TitleWire Of(Title title) => new(
        title.Id, title.Slug, title.Name, title.ReleasedAt is { } released ? DateOnly.FromDateTime(released.UtcDateTime) : null, title.RuntimeMinutes,
        Known(title.Genre), Known(title.Director), Known(title.Distributor), Known(title.Rating), Known(title.Logline), Known(title.Synopsis),
        Known(title.FactsFrom), title.ProductionId is not null);

    private static string? Known(string fact) => fact.Length == 0 ? null : fact;
}

/// <summary>A page of titles.</summary>
/// <param name="Titles">In the order of slugs; of a search, the best first.</param>
/// <param name="Next">What to send as <c>after</c> for the next page; null at the end.</param>
public sealed record TitlesWire(IReadOnlyList<TitleWire> Titles, string? Next);

/// <summary>A title with what is published of it.</summary>
public sealed record PublishedTitleWire(TitleWire Title, IReadOnlyList<ArtworkWire> Artworks, IReadOnlyList<ClipWire> Clips, long FilmMs)
{
    internal static PublishedTitleWire Of(CatalogueTitle title) => new(
        TitleWire.Of(title.Facts), [.. title.Artworks.Select(ArtworkWire.Of)], [.. title.Clips.Select(ClipWire.Of)], title.FilmMs);
}

/// <summary>A released picture; <c>url</c> is the signed file.</summary>
public sealed record ArtworkWire(Guid Id, Guid ReleaseId, string Aspect, bool HasTitle, int Width, int Height, string Sha256, string Url)
{
    internal static ArtworkWire Of(ArtworkImage artwork) => new(
        artwork.ArtworkId, artwork.ReleaseId, artwork.Aspect, artwork.HasTitle, artwork.Width, artwork.Height, artwork.File.Sha256,
        WatchAddress.Artwork(artwork.ReleaseId));
}

/// <summary>A published shot.</summary>
public sealed record ClipWire(Guid VersionId, string Scene, string Shot, string Description, long DurationMs, string Url, string? SubtitlesUrl)
{
    internal static ClipWire Of(FilmClip clip) => new(
        clip.VersionId, clip.Scene, clip.Shot, clip.Description, clip.DurationMs, WatchAddress.Clip(clip), WatchAddress.Subtitles(clip));
}

/// <summary>A viewer's home page, or its next rows.</summary>
public sealed record HomeWire(Guid ProfileId, RowWire? Hero, IReadOnlyList<RowWire> Rows, int? Next);

/// <summary>A part of a row.</summary>
public sealed record RowWire(
    string Key, string Name, string Reason, int RowPosition, string Policy, string View, IReadOnlyList<ShownWire> Titles, int Total, int? Next)
{
    internal static RowWire Of(PageRow row) => new(
        row.Key, row.Name, row.Reason, row.RowPosition, row.Policy, row.View.ToString(), [.. row.Titles.Select(ShownWire.Of)], row.Total, row.Next);
}

/// <summary>A title in a row, with the odds of its being there.</summary>
public sealed record ShownWire(Guid ImpressionId, Guid TitleId, string Slug, string Name, Guid? ArtworkId, string? ImageUrl, int Position, double Probability, double? Watched)
{
    internal static ShownWire Of(ShownTitle shown) => new(
        shown.ImpressionId, shown.Title.Id, shown.Title.Slug, shown.Title.Name, shown.Artwork?.ArtworkId, WatchAddress.Shelf(shown.Artwork),
        shown.Position, shown.Probability, shown.Watched);
}

/// <summary>A report of impressions.</summary>
public sealed record ImpressionsWire(Guid ProfileId, IReadOnlyList<ImpressionWire?>? Impressions);

/// <summary>One impression, in the words that the page was given.</summary>
public sealed record ImpressionWire(
    Guid Id, Guid TitleId, Guid? ArtworkId, string? Row, int RowPosition, int Position, double Probability, string? Policy, string? View)
{
    internal ImpressionClaim? Claim(Guid profileId) => Row is not null && Policy is not null && PageView.TryParse(View, out var view)
        ? new(profileId, TitleId, ArtworkId, Row, RowPosition, Position, Probability, Policy, view)
        : null;
}

/// <summary>What became of a report.</summary>
public sealed record ImpressionsResultWire(int Stored, int Known, IReadOnlyList<RejectedImpression> Rejected);

/// <summary>How far a viewer is.</summary>
public sealed record PlayWire(Guid Id, Guid ProfileId, Guid TitleId, long PositionMs, long WatchedMs, bool Finished = false, Guid? ImpressionId = null);
