using System.Diagnostics;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Answerprint.Platform.Jobs;

/// <summary>Runs one job: takes its lease, lets the recipe compute, and ends it in one transaction. Safe to call for any job at any time.</summary>
internal sealed class JobRunner(
    IServiceScopeFactory scopes, DataFolder folder, BlobStore blobs, KeptWork kept, IOptions<JobOptions> options, TimeProvider clock, ILogger<JobRunner> logger)
{
    private readonly string owner = WorkerIdentity.Current.ToString();

    public async Task RunAsync(Guid jobId, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnswerprintDb>();
        if (await ClaimAsync(db, jobId, stopping) is not { } job) return;
        Log.JobStarted(logger, job.Id, job.Recipe, job.Attempts);
        var work = Directory.CreateDirectory(Path.Combine(folder.Work, $"{job.Id:N}-{job.Attempts}")).FullName;
        var folders = new List<KeptFolder>();
        try
        {
            await WorkAsync(scope.ServiceProvider, db, job, work, folders, stopping);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
            File.Delete(PreviewPath(folder, job.Id));
            folders.ForEach(one => one.Dispose());
        }
        if (folders.Count > 0) await kept.SweepAsync(db, CancellationToken.None);
    }

    public static string PreviewPath(DataFolder folder, Guid jobId) => Path.Combine(folder.Previews, $"{jobId:N}.jpg");

    private async Task<Job?> ClaimAsync(AnswerprintDb db, Guid jobId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = now + options.Value.Lease;
        var claimed = await db.Set<Job>()
            .Where(job => job.Id == jobId && ((job.State == JobState.Queued && (job.NotBefore == null || job.NotBefore <= now))
                || (job.State == JobState.Running && job.LeaseUntil < now)))
            .ExecuteUpdateAsync(set => set
                .SetProperty(job => job.State, JobState.Running)
                .SetProperty(job => job.LeaseOwner, owner)
                .SetProperty(job => job.LeaseUntil, until)
                .SetProperty(job => job.Attempts, job => job.Attempts + 1)
                .SetProperty(job => job.Progress, 0)
                .SetProperty(job => job.Phase, "Starting")
                .SetProperty(job => job.StartedAt, now), cancellationToken);
        return claimed == 0 ? null : await db.Set<Job>().AsNoTracking().FirstAsync(job => job.Id == jobId, cancellationToken);
    }

    private async Task WorkAsync(IServiceProvider services, AnswerprintDb db, Job job, string work, List<KeptFolder> folders, CancellationToken stopping)
    {
        var endings = services.GetRequiredService<JobEndings>();
        if (job.Attempts > options.Value.MaxDeaths)
        {
            await endings.FailAsync(job, owner, 0, $"the worker died {job.Attempts - 1} times while at this job; it is not tried again", stopping);
            return;
        }
        if (await JobEndings.TakenBackAsync(db, job, stopping) is { Length: > 0 } reason)
        {
            await endings.FailAsync(job, owner, 0, reason, stopping);
            return;
        }
        var stopwatch = Stopwatch.StartNew();
        var context = new JobContext(job, await InputsAsync(db, job, stopping), work, PreviewPath(folder, job.Id), Keep);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var ended = new CancellationTokenSource();
        var heart = new JobHeart(scopes, options.Value, clock, owner);
        var beating = heart.BeatAsync(context, cancel, ended.Token);
        try
        {
            var recipe = services.GetServices<IRecipe>().FirstOrDefault(recipe => recipe.Name == job.Recipe && recipe.Version == job.RecipeVersion)
                ?? throw new RecipeException($"this build has no recipe '{job.Recipe}' version {job.RecipeVersion}");
            // Off this thread: the scheduler's stays free for the heart, whatever the recipe blocks on.
            var result = await Task.Run(() => recipe.RunAsync(context, cancel.Token), cancel.Token);
            cancel.Token.ThrowIfCancellationRequested();
            await endings.FinishAsync(job, owner, recipe, result, context, stopwatch.Elapsed.TotalSeconds, cancel.Token);
            Log.JobDone(logger, job.Id, stopwatch.Elapsed.TotalSeconds, context.CpuSeconds);
        }
        catch (OperationCanceledException) when (heart.Ending is not null)
        {
            await endings.StopAsync(job, owner, heart.Ending.Value, context.CpuSeconds);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await endings.StopAsync(job, owner, JobHeart.End.Stopping, context.CpuSeconds);
        }
        catch (Exception error)
        {
            await endings.FailOrRetryAsync(job, owner, context.CpuSeconds, error);
        }
        finally
        {
            await ended.CancelAsync();
            await beating;
        }

        string Keep(string key)
        {
            folders.Add(kept.Open(job, key));
            return folders[^1].Path;
        }
    }

    private async Task<List<JobInput>> InputsAsync(AnswerprintDb db, Job job, CancellationToken cancellationToken)
    {
        var inputs = new List<JobInput>();
        foreach (var (part, assetId, sha256) in JobInputs.Read(job.InputsJson))
        {
            var asset = assetId is null ? null : await db.Set<Asset>().AsNoTracking().FirstOrDefaultAsync(asset => asset.Id == assetId, cancellationToken);
            inputs.Add(new JobInput(part, asset, sha256, blobs.PathOf(sha256)));
        }
        return inputs;
    }
}
