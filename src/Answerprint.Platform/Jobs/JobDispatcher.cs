using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Answerprint.Platform.Jobs;

/// <summary>Looks at the records for jobs that wait, or whose worker is dead, and gives each a trigger. The records are the truth; a lost trigger is made again.</summary>
internal sealed class JobDispatcher(
    IDbContextFactory<AnswerprintDb> contexts, ISchedulerFactory schedulers, TimeProvider clock, ILogger<JobDispatcher> logger) : BackgroundService
{
    private const int Batch = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var scheduler = await schedulers.GetScheduler(stoppingToken);
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await FreeDeadLeasesAsync(stoppingToken);
                await ScheduleWaitingAsync(scheduler, stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Log.DispatchFailed(logger, error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>A job whose worker is gone goes back to the queue; its attempt was counted when it started.</summary>
    private async Task FreeDeadLeasesAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var running = await db.Set<Job>().AsNoTracking().Where(job => job.State == JobState.Running)
            .Select(job => new { job.Id, job.LeaseOwner, job.LeaseUntil }).ToListAsync(cancellationToken);
        foreach (var job in running.Where(job => job.LeaseUntil < now || WorkerIdentity.IsDeadHere(job.LeaseOwner)))
        {
            await db.Set<Job>().Where(other => other.Id == job.Id && other.State == JobState.Running && other.LeaseOwner == job.LeaseOwner)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(other => other.State, JobState.Queued)
                    .SetProperty(other => other.LeaseOwner, "")
                    .SetProperty(other => other.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(other => other.Phase, "Waiting: the worker that had it is gone"), cancellationToken);
        }
    }

    private async Task ScheduleWaitingAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var waiting = await db.Set<Job>().AsNoTracking().Where(job => job.State == JobState.Queued)
            .OrderByDescending(job => job.Priority).ThenBy(job => job.CreatedAt).Take(Batch)
            .Select(job => new { job.Id, job.Priority, job.NotBefore }).ToListAsync(cancellationToken);
        foreach (var job in waiting)
        {
            var key = new TriggerKey(job.Id.ToString("N"));
            if (await scheduler.GetTrigger(key, cancellationToken) is not null) continue;
            var trigger = TriggerBuilder.Create().WithIdentity(key).WithPriority(100 + job.Priority);
            trigger = job.NotBefore is { } at && at > clock.GetUtcNow() ? trigger.StartAt(at) : trigger.StartNow();
            var detail = JobBuilder.Create<RunJob>().WithIdentity(job.Id.ToString("N")).UsingJobData(RunJob.JobId, job.Id.ToString()).RequestRecovery().Build();
            if (await scheduler.Exists(detail.Key, cancellationToken)) continue; // its run has just begun or is ending
            await scheduler.ScheduleJob(detail, trigger.Build(), default, cancellationToken);
        }
    }
}
