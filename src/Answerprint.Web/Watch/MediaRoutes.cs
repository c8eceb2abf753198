using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Withdrawal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Answerprint.Web.Watch;

/// <summary>
/// Serves what is published, and looks at every request whether it still is. The bytes of a name never change, so an entity tag of their SHA-256
/// answers a repeated request in a few microseconds; but the right to show them can end at any moment, so no cache may answer without asking
/// (<c>private, no-cache</c>, RFC 9111): what is taken back is gone with the next page.
/// </summary>
internal static class MediaRoutes
{
    private const string AskEachTime = "private, no-cache";

    /// <summary>The signed file itself, so that its credential travels with it.</summary>
    public static async Task<IResult> Artwork(
        Guid releaseId, LiveCatalogue catalogue, BlobStore blobs, HttpContext http, CancellationToken cancellationToken, bool download = false)
    {
        var artwork = (await catalogue.CurrentAsync(cancellationToken)).FindRelease(releaseId);
        return artwork is null ? await MissingReleaseAsync(releaseId, http, cancellationToken) : Serve(artwork.File, blobs, http, download ? artwork.File.FileName : null);
    }

    /// <summary>A small picture for shelves. It is not what was released, so it names the signed file as the canonical one (RFC 6596).</summary>
    public static async Task<IResult> Thumbnail(Guid releaseId, LiveCatalogue catalogue, BlobStore blobs, HttpContext http, CancellationToken cancellationToken)
    {
        var artwork = (await catalogue.CurrentAsync(cancellationToken)).FindRelease(releaseId);
        if (artwork is null) return await MissingReleaseAsync(releaseId, http, cancellationToken);
        http.Response.Headers.Link = $"<{WatchAddress.Artwork(releaseId)}>; rel=\"canonical\"";
        return Serve(artwork.Thumbnail, blobs, http);
    }

    /// <summary>A published shot, by ranges (RFC 9110, 14).</summary>
    public static Task<IResult> Clip(Guid versionId, LiveCatalogue catalogue, BlobStore blobs, HttpContext http, CancellationToken cancellationToken) =>
        ServeClipAsync(versionId, clip => clip.Proxy, catalogue, blobs, http, cancellationToken);

    /// <summary>A still of a published shot.</summary>
    public static Task<IResult> Still(Guid versionId, LiveCatalogue catalogue, BlobStore blobs, HttpContext http, CancellationToken cancellationToken) =>
        ServeClipAsync(versionId, clip => clip.Still, catalogue, blobs, http, cancellationToken);

    /// <summary>The subtitles of a published shot.</summary>
    public static Task<IResult> Subtitles(Guid versionId, LiveCatalogue catalogue, BlobStore blobs, HttpContext http, CancellationToken cancellationToken) =>
        ServeClipAsync(versionId, clip => clip.Subtitles, catalogue, blobs, http, cancellationToken);

    private static async Task<IResult> ServeClipAsync(
        Guid versionId, Func<FilmClip, MediaFile?> part, LiveCatalogue catalogue, BlobStore blobs, HttpContext http, CancellationToken cancellationToken)
    {
        if ((await catalogue.CurrentAsync(cancellationToken)).FindClip(versionId) is { } clip) return Serve(part(clip), blobs, http);
        var db = http.RequestServices.GetRequiredService<AnswerprintDb>();
        var gone = await db.Set<ShotVersion>().Where(version => version.Id == versionId)
            .AnyAsync(version => db.Set<Asset>().Any(asset => asset.Id == version.AssetId && asset.State == AssetState.Quarantined), cancellationToken);
        return gone ? Quarantined.Gone(http) : Results.NotFound();
    }

    /// <summary>What was shown and has been taken back is gone; what never was is not found.</summary>
    private static async Task<IResult> MissingReleaseAsync(Guid releaseId, HttpContext http, CancellationToken cancellationToken)
    {
        var db = http.RequestServices.GetRequiredService<AnswerprintDb>();
        var gone = await db.Set<Release>().Where(release => release.Id == releaseId)
            .AnyAsync(release => db.Set<Asset>().Any(asset => asset.Id == release.AssetId && asset.State == AssetState.Quarantined), cancellationToken);
        return gone ? Quarantined.Gone(http) : Results.NotFound();
    }

    private static IResult Serve(MediaFile? file, BlobStore blobs, HttpContext http, string? downloadName = null)
    {
        if (file is null || !blobs.Exists(file.Sha256)) return Results.NotFound();
        http.Response.Headers.CacheControl = AskEachTime;
        return TypedResults.PhysicalFile(
            blobs.PathOf(file.Sha256), file.MediaType, downloadName, entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true);
    }
}
