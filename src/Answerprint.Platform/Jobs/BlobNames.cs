using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Engines.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Jobs;

/// <summary>Which blobs the records name.</summary>
internal static class BlobNames
{
    /// <summary>All of them.</summary>
    public static async Task<HashSet<string>> AllAsync(AnswerprintDb db, CancellationToken cancellationToken)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        named.UnionWith(await db.Set<Asset>().Select(asset => asset.BlobSha256).ToListAsync(cancellationToken));
        named.UnionWith(await db.Set<Rendition>().Select(rendition => rendition.BlobSha256).ToListAsync(cancellationToken));
        named.UnionWith(await db.Set<SequenceFrame>().Select(frame => frame.BlobSha256).ToListAsync(cancellationToken));
        named.UnionWith(await db.Set<Release>().Select(release => release.BlobSha256).ToListAsync(cancellationToken));
        named.UnionWith(await db.Set<ComfyUiWorkflow>().Select(workflow => workflow.BlobSha256).ToListAsync(cancellationToken));
        named.UnionWith(await WaitingAsync(db, cancellationToken));
        return named;
    }

    /// <summary>Whether any record names a blob.</summary>
    public static async Task<bool> IsNamedAsync(AnswerprintDb db, string sha256, CancellationToken cancellationToken) =>
        await db.Set<Asset>().AnyAsync(asset => asset.BlobSha256 == sha256, cancellationToken)
        || await db.Set<Rendition>().AnyAsync(rendition => rendition.BlobSha256 == sha256, cancellationToken)
        || await db.Set<SequenceFrame>().AnyAsync(frame => frame.BlobSha256 == sha256, cancellationToken)
        || await db.Set<Release>().AnyAsync(release => release.BlobSha256 == sha256, cancellationToken)
        || await db.Set<ComfyUiWorkflow>().AnyAsync(workflow => workflow.BlobSha256 == sha256, cancellationToken)
        || (await WaitingAsync(db, cancellationToken)).Contains(sha256);

    /// <summary>Bytes that wait to be brought in are named by their job only.</summary>
    private static async Task<IEnumerable<string>> WaitingAsync(AnswerprintDb db, CancellationToken cancellationToken)
    {
        var inputs = await db.Set<Job>()
            .Where(job => job.State == JobState.Queued || job.State == JobState.Running || job.State == JobState.AwaitingClearance)
            .Select(job => job.InputsJson).ToListAsync(cancellationToken);
        return inputs.SelectMany(JobInputs.Blobs);
    }
}
