using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Jobs.Contracts;

/// <summary>What became of the wish to stop a job.</summary>
public enum CancelJobResult
{
    /// <summary>It is stopped, or will be within a second.</summary>
    Cancelled,

    /// <summary>There is no such job.</summary>
    NotFound,

    /// <summary>It had ended before.</summary>
    AlreadyEnded,
}

/// <summary>Stops a job: one that waits at once, one that runs through its worker.</summary>
/// <param name="db">Records.</param>
/// <param name="audit">The audit.</param>
/// <param name="clock">Time.</param>
public sealed class CancelJob(AnswerprintDb db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Stops the job.</summary>
    public async Task<CancelJobResult> HandleAsync(Guid jobId, Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var job = await db.Set<Job>().FirstOrDefaultAsync(job => job.Id == jobId, cancellationToken);
        if (job is null) return CancelJobResult.NotFound;
        if (job.HasEnded) return CancelJobResult.AlreadyEnded;
        job.CancelRequested = true;
        if (job.State != JobState.Running)
        {
            (job.State, job.FinishedAt) = (JobState.Cancelled, clock.GetUtcNow());
            job.Error = $"stopped by {actor.Name} before it ran";
        }
        await audit.AppendAsync(db, actor, "job.cancelled", "job", jobId.ToString(), null, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return CancelJobResult.Cancelled;
    }
}
