using System.Globalization;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Audience.Catalogue;

/// <summary>What the catalogue is made of, read from the records.</summary>
internal static class CatalogueQueries
{
    /// <summary>Changes with every title that is added, linked to a production or edited to another length of text.</summary>
    public static async Task<TitleSignature> SignatureAsync(AnswerprintDb db, CancellationToken cancellationToken) =>
        await db.Set<Title>().GroupBy(_ => 1).Select(all => new TitleSignature(
            all.Count(), all.Max(title => title.AddedAt), all.Count(title => title.ProductionId != null),
            all.Sum(title => title.Name.Length + title.Logline.Length + title.Synopsis.Length + title.Genre.Length + title.Director.Length)))
            .SingleOrDefaultAsync(cancellationToken) ?? new(0, default, 0, 0);

    /// <summary>Pictures that are published and released, whether or not they may be served now.</summary>
    public static async Task<List<Published<ArtworkImage>>> ArtworksAsync(AnswerprintDb db, CancellationToken cancellationToken)
    {
        var rows = await (
            from artwork in db.Set<Artwork>()
            where artwork.IsPublished && artwork.ReleaseId != null
            join release in db.Set<Release>() on artwork.ReleaseId equals release.Id
            // The release is the file that leaves: what counts is the asset it was made from.
            join asset in db.Set<Asset>() on release.AssetId equals asset.Id
            orderby artwork.Id
            select new
            {
                Artwork = artwork,
                Release = release,
                asset.Width,
                asset.Height,
                asset.State,
                asset.RightsFrom,
                asset.RightsUntil,
                Thumbnail = db.Set<Rendition>().FirstOrDefault(rendition => rendition.AssetId == asset.Id && rendition.Kind == RenditionKind.Thumbnail),
            }).AsNoTracking().ToListAsync(cancellationToken);
        var tainted = await AssetLineage.TaintedAsync(db, rows.ConvertAll(row => row.Release.AssetId), cancellationToken);
        return [.. rows.Select(row => new Published<ArtworkImage>(
            new(row.Artwork.Id, row.Artwork.TitleId, row.Release.Id, row.Release.AssetId, row.Artwork.Aspect, row.Artwork.HasTitle, row.Artwork.Variant,
                row.Width, row.Height, new(row.Release.BlobSha256, row.Release.MediaType, row.Release.FileName), FileOf(row.Thumbnail)),
            row.State == AssetState.Active && !tainted.Contains(row.Release.AssetId), row.RightsFrom, row.RightsUntil))];
    }

    /// <summary>The last published version of each shot, whether or not it may be served now, in the order of the film.</summary>
    public static async Task<List<Published<FilmClip>>> ClipsAsync(AnswerprintDb db, CancellationToken cancellationToken)
    {
        var rows = await (
            from version in db.Set<ShotVersion>()
            where version.Status == VersionStatus.Published
                && !db.Set<ShotVersion>().Any(later => later.ShotId == version.ShotId && later.Number > version.Number && later.Status == VersionStatus.Published)
            join shot in db.Set<Shot>() on version.ShotId equals shot.Id
            join scene in db.Set<Scene>() on shot.SceneId equals scene.Id
            join asset in db.Set<Asset>() on version.AssetId equals asset.Id
            orderby scene.Code, shot.Code, version.Id
            select new
            {
                version.Id,
                Shot = shot,
                Scene = scene,
                Asset = asset,
                Renditions = db.Set<Rendition>().Where(rendition => rendition.AssetId == asset.Id).ToList(),
            }).AsNoTracking().ToListAsync(cancellationToken);
        var tainted = await AssetLineage.TaintedAsync(db, rows.ConvertAll(row => row.Asset.Id), cancellationToken);
        var clips = new List<Published<FilmClip>>();
        foreach (var row in rows)
        {
            if (FileOf(row.Renditions.Find(rendition => rendition.Kind == RenditionKind.Proxy)) is not { } proxy) continue;
            var still = row.Renditions.Find(rendition => rendition.Kind == RenditionKind.Poster)
                ?? row.Renditions.Find(rendition => rendition.Kind == RenditionKind.Thumbnail);
            clips.Add(new(
                new(row.Id, row.Scene.ProductionId, row.Asset.Id, $"{row.Scene.Code} {row.Scene.Name}".Trim(), row.Shot.Code, row.Shot.Description,
                    DurationMs(row.Asset.Frames, row.Asset.FrameRate), row.Asset.Width, row.Asset.Height, proxy, FileOf(still),
                    FileOf(row.Renditions.Find(rendition => rendition.Kind == RenditionKind.WebVtt))),
                row.Asset.State == AssetState.Active && !tainted.Contains(row.Asset.Id), row.Asset.RightsFrom, row.Asset.RightsUntil));
        }
        return clips;
    }

    /// <summary>Length of footage from its frames and its rate, a fraction such as <c>24000/1001</c>; 0 where either is missing.</summary>
    internal static long DurationMs(long frames, string rate)
    {
        var parts = rate.Split('/');
        if (frames <= 0 || !decimal.TryParse(parts[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var above) || above <= 0) return 0;
        var below = 1m;
        if (parts.Length > 1 && (!decimal.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out below) || below <= 0)) return 0;
        var duration = Math.Round(frames * (double)below * 1000 / (double)above);
        return duration < long.MaxValue / 4 ? (long)duration : 0;
    }

    private static MediaFile? FileOf(Rendition? rendition) => rendition is null ? null : new(rendition.BlobSha256, rendition.MediaType, "");
}

/// <summary>See <see cref="CatalogueQueries.SignatureAsync"/>.</summary>
internal sealed record TitleSignature(int Count, DateTimeOffset LastAdded, int Produced, long TextLength);

/// <summary>Something published, with what decides whether it may be served.</summary>
/// <param name="Item">What is published.</param>
/// <param name="IsActive">Whether neither it nor anything that it was made from, however far back, is quarantined.</param>
/// <param name="From">Start of its rights; none for always.</param>
/// <param name="Until">End of its rights; none for never.</param>
internal sealed record Published<T>(T Item, bool IsActive, DateTimeOffset? From, DateTimeOffset? Until)
{
    public bool MayBeServed(DateTimeOffset now) => IsActive && (From is null || From <= now) && (Until is null || now <= Until);

    /// <summary>The instants at which the answer changes by time alone.</summary>
    public IEnumerable<DateTimeOffset> Boundaries => new[] { From, Until?.AddTicks(1) }.OfType<DateTimeOffset>();
}
