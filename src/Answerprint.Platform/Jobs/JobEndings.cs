using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Answerprint.Platform.Jobs;

/// <summary>The ways in which a run ends, each one transaction that holds only while the lease does.</summary>
internal sealed class JobEndings(
    IDbContextFactory<AnswerprintDb> contexts, BlobStore blobs, AuditTrail audit, NewAssets library, IOptions<JobOptions> options, TimeProvider clock, ILogger<JobEndings> logger)
{
    private static readonly Actor Worker = new(Guid.Empty, "Answerprint worker", [], ActorVia.Service);

    public async Task FinishAsync(Job claimed, string owner, IRecipe recipe, RecipeResult result, JobContext context, double seconds, CancellationToken cancellationToken)
    {
        var stored = await StoreAsync(result, cancellationToken);
        var looks = await LooksAsync(result, stored, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditTrail.EnterAsync(db, cancellationToken);
        if (await MineAsync(db, claimed.Id, owner, cancellationToken) is not { } job) return;
        if (await TakenBackAsync(db, job, cancellationToken) is { Length: > 0 } reason)
        {
            // An input was taken back while the work ran: what came out of it never becomes an asset.
            await EndAsync(db, job, JobState.Cancelled, reason, context.CpuSeconds, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return;
        }

        var before = await db.Set<Job>().AsNoTracking().OrderBy(other => other.Run)
            .FirstOrDefaultAsync(other => other.Hash == job.Hash && other.Run < job.Run && other.State == JobState.Done, cancellationToken);
        if (before is null)
        {
            var assets = AddAssets(db, job, result, stored, clock.GetUtcNow());
            await recipe.RecordAsync(db, new RecordedJob(job, assets, result), cancellationToken);
            foreach (var (key, asset) in assets) NewAssets.Add(db, asset, looks[key]);
            await db.SaveChangesAsync(cancellationToken);
            await NewAssets.WriteWordsAsync(db, [.. assets.Values.Select(asset => asset.Id)], cancellationToken);
        }
        else
        {
            // A second run proves the first; it makes no second set of assets.
            job.Reproduced = before.PixelSha256 == result.PixelSha256;
        }
        job.ResultJson = CanonicalJson.Write(result.Result);
        job.PixelSha256 = result.PixelSha256;
        job.Seconds = seconds;
        await EndAsync(db, job, JobState.Done, "", context.CpuSeconds, cancellationToken);
        job.Progress = 1;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Which input of a job may no longer be used, in words; empty where all may.</summary>
    public static async Task<string> TakenBackAsync(AnswerprintDb db, Job job, CancellationToken cancellationToken)
    {
        var ids = JobInputs.Read(job.InputsJson).Select(input => input.AssetId).OfType<Guid>().Distinct().ToList();
        var gone = await db.Set<Asset>().AsNoTracking().Where(asset => EF.Parameter(ids).Contains(asset.Id) && asset.State == AssetState.Quarantined)
            .OrderBy(asset => asset.Name).Select(asset => new { asset.Name, asset.StateReason }).FirstOrDefaultAsync(cancellationToken);
        return gone is null ? "" : $"'{gone.Name}' was taken back: {gone.StateReason}";
    }

    public async Task FailOrRetryAsync(Job claimed, string owner, double cpuSeconds, Exception error)
    {
        if (error is RecipeException or StorageFullException || claimed.Attempts >= options.Value.MaxAttempts)
        {
            var reason = error is RecipeException or StorageFullException ? error.Message : $"{error.Message} (after {claimed.Attempts} attempts)";
            await FailAsync(claimed, owner, cpuSeconds, reason, CancellationToken.None, forget: error is RecipeException);
            return;
        }
        var at = clock.GetUtcNow() + TimeSpan.FromSeconds(2 << (2 * (claimed.Attempts - 1)));
        Log.JobRetried(logger, error, claimed.Id, at);
        await using var db = await contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (await MineAsync(db, claimed.Id, owner, CancellationToken.None) is not { } job) return;
        (job.State, job.NotBefore, job.LeaseOwner, job.LeaseUntil) = (JobState.Queued, at, "", null);
        job.Phase = $"Trying again: {error.Message}";
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>Ends it for good. Bytes that were to become an asset are forgotten where they themselves cannot be taken in, not where we failed them.</summary>
    public async Task FailAsync(Job claimed, string owner, double cpuSeconds, string reason, CancellationToken cancellationToken, bool forget = false)
    {
        Log.JobFailed(logger, claimed.Id, reason);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await MineAsync(db, claimed.Id, owner, cancellationToken) is not { } job) return;
        await EndAsync(db, job, JobState.Failed, reason, cpuSeconds, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (forget) await DropBroughtInAsync(db, job, cancellationToken);
    }

    /// <summary>Bytes that were to become an asset and did not are removed, unless another record names them.</summary>
    private async Task DropBroughtInAsync(AnswerprintDb db, Job job, CancellationToken cancellationToken)
    {
        foreach (var (_, assetId, sha256) in JobInputs.Read(job.InputsJson))
            if (assetId is null && !await BlobNames.IsNamedAsync(db, sha256, cancellationToken)) blobs.Delete(sha256);
    }

    /// <summary>The run was stopped: by a person for good, by the worker's own end for now, or because another worker has it.</summary>
    public async Task StopAsync(Job claimed, string owner, JobHeart.End why, double cpuSeconds)
    {
        if (why == JobHeart.End.LeaseLost)
        {
            Log.LeaseLost(logger, claimed.Id);
            return;
        }
        await using var db = await contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (await MineAsync(db, claimed.Id, owner, CancellationToken.None) is not { } job) return;
        if (why == JobHeart.End.Cancelled)
        {
            Log.JobCancelled(logger, job.Id);
            await EndAsync(db, job, JobState.Cancelled, "stopped while it ran; nothing of it is kept", cpuSeconds, CancellationToken.None);
        }
        else
        {
            (job.State, job.LeaseOwner, job.LeaseUntil, job.Attempts, job.Phase) = (JobState.Queued, "", null, job.Attempts - 1, "Waiting");
        }
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        if (job.State == JobState.Cancelled) await DropBroughtInAsync(db, job, CancellationToken.None);
    }

    private async Task EndAsync(AnswerprintDb db, Job job, JobState state, string error, double cpuSeconds, CancellationToken cancellationToken)
    {
        (job.State, job.Error, job.FinishedAt, job.CpuSeconds) = (state, error, clock.GetUtcNow(), cpuSeconds);
        (job.LeaseOwner, job.LeaseUntil, job.Phase) = ("", null, state == JobState.Done ? "Done" : job.Phase);
        await audit.AppendAsync(db, Worker, $"job.{state.ToString().ToLowerInvariant()}", "job", job.Id.ToString(),
            new JsonObject { ["hash"] = job.Hash, ["run"] = job.Run, ["pixels"] = job.PixelSha256, ["error"] = error }, cancellationToken);
    }

    private static Task<Job?> MineAsync(AnswerprintDb db, Guid jobId, string owner, CancellationToken cancellationToken) =>
        db.Set<Job>().FirstOrDefaultAsync(job => job.Id == jobId && job.State == JobState.Running && job.LeaseOwner == owner, cancellationToken);

    private async Task<Dictionary<OutputFile, StoredBlob>> StoreAsync(RecipeResult result, CancellationToken cancellationToken)
    {
        var stored = new Dictionary<OutputFile, StoredBlob>();
        foreach (var file in result.Outputs.SelectMany(output => output.Renditions.Select(rendition => rendition.File).Prepend(output.File)).Distinct())
        {
            stored[file] = file.Path is not null
                ? await blobs.AdoptAsync(file.Path, cancellationToken)
                : new StoredBlob(file.BlobSha256!, new FileInfo(blobs.PathOf(file.BlobSha256!)).Length);
        }
        return stored;
    }

    /// <summary>How the outputs look, computed before the transaction so that it stays short.</summary>
    private async Task<Dictionary<string, IReadOnlyList<LibraryLook>>> LooksAsync(RecipeResult result, Dictionary<OutputFile, StoredBlob> stored, CancellationToken cancellationToken)
    {
        string PathOf(OutputFile file) => blobs.PathOf(stored[file].Sha256);
        var looks = new Dictionary<string, IReadOnlyList<LibraryLook>>();
        foreach (var output in result.Outputs)
            looks[output.Key] = await library.LookAsync(output.Asset, PathOf(output.File), output.Renditions.Select(made => (made.Kind, made.Tiles, PathOf(made.File))), cancellationToken);
        return looks;
    }

    private static Dictionary<string, Asset> AddAssets(
        AnswerprintDb db, Job job, RecipeResult result, Dictionary<OutputFile, StoredBlob> stored, DateTimeOffset now)
    {
        var assets = new Dictionary<string, Asset>();
        foreach (var output in result.Outputs)
        {
            var asset = output.Asset;
            asset.Id = Guid.CreateVersion7(now);
            (asset.ProductionId, asset.JobId, asset.CreatedBy, asset.CreatedAt) = (job.ProductionId, job.Id, job.RequestedBy, now);
            (asset.BlobSha256, asset.Length) = (stored[output.File].Sha256, stored[output.File].Length);
            db.Add(asset);
            assets.Add(output.Key, asset);
            db.AddRange(output.Sources.Select(source => new AssetInput
            {
                AssetId = asset.Id, SourceId = source.SourceId, Part = source.Part, ShareMillionths = source.ShareMillionths,
            }));
            db.AddRange(output.Renditions.Select(rendition => new Rendition
            {
                AssetId = asset.Id, Kind = rendition.Kind, BlobSha256 = stored[rendition.File].Sha256, MediaType = rendition.MediaType,
                Width = rendition.Width, Height = rendition.Height, Tiles = rendition.Tiles,
            }));
            foreach (var frame in output.Frames ?? [])
            {
                frame.AssetId = asset.Id;
                db.Add(frame);
            }
        }
        foreach (var output in result.Outputs)
            if (output.MapKey is { } map) assets[output.Key].AttributionId = assets[map].Id;
        return assets;
    }
}
