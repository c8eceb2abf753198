using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Jobs;

/// <summary>While a job runs: puts its progress on record, renews its lease, and stops it when someone asked or the lease was lost.</summary>
internal sealed class JobHeart(IServiceScopeFactory scopes, JobOptions options, TimeProvider clock, string owner)
{
    public enum End
    {
        Cancelled,
        LeaseLost,
        Stopping,
    }

    /// <summary>Why the run was stopped; none while it was not.</summary>
    public End? Ending { get; private set; }

    public async Task BeatAsync(JobContext context, CancellationTokenSource cancel, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(options.Beat, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<AnswerprintDb>();
                Ending = await ReportAsync(db, context, ended);
                if (Ending is null) continue;
                await cancel.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The job ended by itself.
        }
    }

    private async Task<End?> ReportAsync(AnswerprintDb db, JobContext context, CancellationToken ended)
    {
        var (progress, phase) = context.State;
        var until = clock.GetUtcNow() + options.Lease;
        var jobId = context.Job.Id;
        var cpu = context.CpuSeconds;
        var mine = await db.Set<Job>()
            .Where(job => job.Id == jobId && job.State == JobState.Running && job.LeaseOwner == owner)
            .ExecuteUpdateAsync(set => set
                .SetProperty(job => job.Progress, progress)
                .SetProperty(job => job.Phase, phase)
                .SetProperty(job => job.CpuSeconds, cpu)
                .SetProperty(job => job.LeaseUntil, until), ended);
        if (mine == 0) return End.LeaseLost;
        var cancelled = await db.Set<Job>().Where(job => job.Id == jobId).Select(job => job.CancelRequested).FirstAsync(ended);
        return cancelled ? End.Cancelled : null;
    }
}
