using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Home;
using Answerprint.Web.Shell;
using Answerprint.Web.Withdrawal;
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
        media.MapGet("/jobs/{id:guid}/preview", PreviewAsync);
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
        // To everybody alike: those who may clear see what is quarantined on the withdrawal's own pages only.
        if (await Quarantined.HoldsAsync(db, id, cancellationToken)) return Quarantined.Gone(context);
        var found = await db.Set<Rendition>().AsNoTracking().FirstOrDefaultAsync(made => made.AssetId == id && made.Kind == kind, cancellationToken);
        if (found is null || !blobs.Exists(found.BlobSha256)) return Results.NotFound();
        context.Response.Headers.CacheControl = "private, no-cache";
        return Results.File(blobs.PathOf(found.BlobSha256), found.MediaType, entityTag: new EntityTagHeaderValue($"\"{found.BlobSha256}\""), enableRangeProcessing: true);
    }

    private static async Task<IResult> PreviewAsync(Guid id, HttpContext context, AnswerprintDb db, DataFolder folder, CancellationToken cancellationToken)
    {
        // A job that is being stopped may be so because what it works from was taken back.
        if (await db.Set<Job>().AnyAsync(job => job.Id == id && job.CancelRequested, cancellationToken)) return Quarantined.Gone(context);
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
