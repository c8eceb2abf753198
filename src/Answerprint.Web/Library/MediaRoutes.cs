using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Home;
using Answerprint.Web.Shell;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Answerprint.Web.Library;

/// <summary>What the console shows of assets and running jobs. Asked for anew on every request, so that a take-down holds at once.</summary>
internal static class MediaRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var media = routes.MapGroup("/media").ForRoles(ConsoleRoles.Staff).ExcludeFromDescription();
        media.MapGet("/assets/{id:guid}/{rendition}", RenditionAsync);
        media.MapGet("/jobs/{id:guid}/preview", Preview);
    }

    /// <summary>The address of a rendition.</summary>
    public static string UrlOf(Guid assetId, RenditionKind kind) => $"/media/assets/{assetId}/{kind.ToString().ToLowerInvariant()}";

    /// <summary>The address of a running job's preview; the instant tells browsers that it is another picture.</summary>
    public static string? PreviewUrlOf(DataFolder folder, Guid jobId)
    {
        var file = new FileInfo(PreviewPath(folder, jobId));
        return file.Exists ? $"/media/jobs/{jobId}/preview?at={file.LastWriteTimeUtc.Ticks}" : null;
    }

    private static async Task<IResult> RenditionAsync(Guid id, string rendition, HttpContext context, AnswerprintDb db, BlobStore blobs, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<RenditionKind>(rendition, ignoreCase: true, out var kind) || !char.IsLetter(rendition[0])) return Results.NotFound();
        var mayBeSeen = context.User.ToActor().HasAny(ConsoleRoles.Keepers);
        var found = await db.Set<Rendition>().AsNoTracking()
            .Where(made => made.AssetId == id && made.Kind == kind)
            .Where(made => mayBeSeen || db.Set<Asset>().Any(asset => asset.Id == id && asset.State == AssetState.Active))
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null || !blobs.Exists(found.BlobSha256)) return Results.NotFound();
        context.Response.Headers.CacheControl = "private, no-cache";
        return Results.File(blobs.PathOf(found.BlobSha256), found.MediaType, entityTag: new EntityTagHeaderValue($"\"{found.BlobSha256}\""), enableRangeProcessing: true);
    }

    private static IResult Preview(Guid id, HttpContext context, DataFolder folder)
    {
        var path = PreviewPath(folder, id);
        context.Response.Headers.CacheControl = "private, no-store";
        try
        {
            // Read at once: the worker puts the next one in its place by renaming, and removes the last when the job ends.
            return Results.Bytes(File.ReadAllBytes(path), "image/jpeg");
        }
        catch (FileNotFoundException)
        {
            return Results.NotFound();
        }
    }

    private static string PreviewPath(DataFolder folder, Guid jobId) => Path.Combine(folder.Previews, $"{jobId:N}.jpg");
}
