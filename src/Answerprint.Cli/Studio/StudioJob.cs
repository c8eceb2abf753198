using Answerprint.Cli.Jobs;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Answerprint.Platform.Studio.Paintings;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Cli.Studio;

/// <summary>What the verbs of the studio's recipes share: a painting is handed in, a job is waited for, its picture is told of and copied out.</summary>
internal static class StudioJob
{
    /// <summary>Hands a PNG in as a painting of the person who acts.</summary>
    public static async Task<Guid> PaintingAsync(Session session, FileInfo file, PaintingKind kind, Guid overId, CancellationToken cancellationToken)
    {
        var png = await InputFile.ReadAsync(file, StorePainting.MaxBytes, "a painting", cancellationToken);
        var over = await AssetAsync(session, overId, cancellationToken);
        var stored = await session.Get<StorePainting>().HandleAsync(
            new StorePaintingRequest(over.ProductionId, kind, png, kind == PaintingKind.Mask ? overId : null, new Dictionary<string, int> { ["file"] = 1 }), session.Actor, cancellationToken);
        return stored.Asset?.Id ?? throw new VerbException(ExitCode.Failed, stored.Refusal!.Reason);
    }

    public static async Task<Asset> AssetAsync(Session session, Guid id, CancellationToken cancellationToken) =>
        await session.Db.Set<Asset>().AsNoTracking().FirstOrDefaultAsync(asset => asset.Id == id, cancellationToken) ?? throw new VerbException(ExitCode.NothingFound, $"there is no asset {id}");

    /// <summary>Waits for a job and tells of the picture that it, or an earlier run of the same work, made.</summary>
    public static async Task<(Job Job, Asset? Made)> FinishAsync(Session session, Job submitted, CancellationToken cancellationToken)
    {
        var job = submitted.HasEnded ? submitted : await session.WaitAsync(submitted.Id, cancellationToken);
        var made = (await (
            from run in session.Db.Set<Job>()
            join asset in session.Db.Set<Asset>() on run.Id equals asset.JobId
            where run.Hash == job.Hash && asset.Kind != AssetKind.Attribution
            select asset).AsNoTracking().ToListAsync(cancellationToken))
            // The picture before what comes along with it: frames, layers, a scene.
            .MinBy(asset => asset.Kind);
        return (job, made);
    }

    /// <summary>Copies the unsigned bytes out: a file, or for a sequence its frames into a folder.</summary>
    public static async Task CopyToAsync(Session session, Asset made, string path, CancellationToken cancellationToken)
    {
        var blobs = session.Get<BlobStore>();
        if (made.Kind != AssetKind.Sequence)
        {
            File.Copy(blobs.PathOf(made.BlobSha256), path, overwrite: true);
            return;
        }
        Directory.CreateDirectory(path);
        foreach (var frame in await session.Db.Set<SequenceFrame>().AsNoTracking().Where(frame => frame.AssetId == made.Id).ToListAsync(cancellationToken))
            File.Copy(blobs.PathOf(frame.BlobSha256), Path.Combine(path, frame.FileName), overwrite: true);
    }

    /// <summary>The result of a verb that made one picture.</summary>
    public static async Task<VerbResult> ResultAsync(Session session, SubmitJobResult submitted, FileInfo? target, CancellationToken cancellationToken)
    {
        if (submitted.Job is null) return VerbResult.Problem(ExitCode.Failed, submitted.Problem);
        var (job, made) = await FinishAsync(session, submitted.Job, cancellationToken);
        if (made is not null && target is not null) await CopyToAsync(session, made, target.FullName, cancellationToken);
        var json = JobsVerb.Describe(job);
        (json["asset"], json["pixelSha256"], json["width"], json["height"]) = (made?.Id.ToString(), made?.PixelSha256, made?.Width, made?.Height);
        var again = job.Reproduced switch { true => " The same pixels as before.", false => " The pixels DIFFER from the run before.", null => "" };
        var text = job.State == JobState.Done && made is not null
            ? $"Made {made.FileName} ({made.Width} x {made.Height}) in {job.Seconds:F1} s ({job.CpuSeconds:F1} CPU-seconds).{again}"
            : $"{job.State}: {job.Error}{(submitted.Decision is { } decision && job.State == JobState.AwaitingClearance ? ClearanceDoor.Summary(decision) : "")}";
        return new VerbResult(job.Reproduced == false ? ExitCode.Failed : JobsVerb.CodeOf(job), json, text);
    }
}
