using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Withdrawal.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Withdrawal;

/// <summary>A wish to undo a withdrawal that was made in error.</summary>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="Reason">Why, 1 to 1,000 characters.</param>
public sealed record RestoreWithdrawalRequest(Guid WithdrawalId, string Reason);

/// <summary>What became of it.</summary>
/// <param name="Withdrawal">The record as it stands now; none where there is none.</param>
/// <param name="Active">Number of assets that are active again.</param>
/// <param name="Refusal">Why it was not undone; none where it was.</param>
public sealed record RestoreWithdrawalResult(WithdrawalRecord? Withdrawal, int Active, Refusal? Refusal);

/// <summary>
/// Undoes a withdrawal in one transaction: what nothing else holds is active again, what was on pages is on them again unless something was accepted in its
/// place, and what was to be made again is dropped. Jobs that were stopped stay stopped.
/// </summary>
/// <param name="db">Records.</param>
/// <param name="quarantine">Lifts holds.</param>
/// <param name="audit">The audit.</param>
/// <param name="clock">Time.</param>
/// <param name="logger">Where it is noted.</param>
public sealed class RestoreWithdrawal(AnswerprintDb db, Quarantine quarantine, AuditTrail audit, TimeProvider clock, ILogger<RestoreWithdrawal> logger)
{
    /// <summary>Undoes it.</summary>
    public async Task<RestoreWithdrawalResult> HandleAsync(RestoreWithdrawalRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.HasAny([.. WithdrawSource.ForRoles])) return new(null, 0, Refusal.NotAllowed("undoing a withdrawal is the counsel's and the owner's to do"));
        var reason = (request.Reason ?? "").Trim();
        if (reason.Length is 0 or > WithdrawSource.MaxReason) return new(null, 0, Refusal.Invalid("reason", $"The reason has {reason.Length} characters; 1 to {WithdrawSource.MaxReason} are needed."));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditTrail.EnterAsync(db, cancellationToken);
        var withdrawal = await db.Set<WithdrawalRecord>().FirstOrDefaultAsync(withdrawal => withdrawal.Id == request.WithdrawalId, cancellationToken);
        if (withdrawal is null) return new(null, 0, Refusal.NotFound($"there is no withdrawal {request.WithdrawalId}"));
        if (withdrawal.RestoredAt is { } at) return new(withdrawal, 0, Refusal.Conflict("", $"it was undone before, on {at:yyyy-MM-dd}"));

        (withdrawal.RestoreReason, withdrawal.RestoredBy, withdrawal.RestoredAt) = (reason, actor.AccountId, clock.GetUtcNow());
        var holds = await db.Set<AssetHold>().Where(hold => hold.WithdrawalId == withdrawal.Id && hold.LiftedAt == null).ToListAsync(cancellationToken);
        var active = await quarantine.LiftAsync(holds, actor, cancellationToken);
        var published = await PutOnPagesAsync(withdrawal.Id, active, cancellationToken);
        await DropRemakesAsync(withdrawal.Id, cancellationToken);
        await audit.AppendAsync(db, actor, "withdrawal.restored", "withdrawal", withdrawal.Id.ToString(), new JsonObject
        {
            ["name"] = withdrawal.Name, ["reason"] = reason, ["assets"] = active.Count, ["publications"] = published,
        }, cancellationToken);
        if (withdrawal.AssetId is { } source)
            await audit.AppendAsync(db, actor, "asset.restored", "asset", source.ToString(), new JsonObject { ["withdrawal"] = withdrawal.Id.ToString(), ["reason"] = reason }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Log.Restored(logger, withdrawal.Name, withdrawal.Id, active.Count);
        return new(withdrawal, active.Count, null);
    }

    private async Task<int> PutOnPagesAsync(Guid withdrawalId, IReadOnlySet<Guid> active, CancellationToken cancellationToken)
    {
        var shown = await (
            from publication in db.Set<WithdrawnPublication>()
            where publication.WithdrawalId == withdrawalId
            where !(from pair in db.Set<RemadeAsset>()
                    join remake in db.Set<Remake>() on pair.RemakeId equals remake.Id
                    where remake.WithdrawalId == withdrawalId && pair.State == RemadeState.Accepted
                    select pair.OldAssetId).Contains(publication.AssetId)
            join artwork in db.Set<Artwork>() on publication.ArtworkId equals artwork.Id
            select artwork).ToListAsync(cancellationToken);
        // What something else still holds stays off.
        shown.RemoveAll(artwork => !active.Contains(artwork.AssetId));
        foreach (var artwork in shown) artwork.IsPublished = true;
        return shown.Count;
    }

    private async Task DropRemakesAsync(Guid withdrawalId, CancellationToken cancellationToken)
    {
        var open = await db.Set<Remake>().Where(remake => remake.WithdrawalId == withdrawalId && (remake.State == RemakeState.Planned || remake.State == RemakeState.Waiting || remake.State == RemakeState.Queued))
            .ToListAsync(cancellationToken);
        foreach (var remake in open) (remake.State, remake.WaitsForId) = (RemakeState.Dropped, null);
        var jobIds = open.Select(remake => remake.NewJobId).OfType<Guid>().ToList();
        foreach (var job in await db.Set<Job>().Where(job => EF.Parameter(jobIds).Contains(job.Id)).ToListAsync(cancellationToken))
        {
            if (job.HasEnded) continue;
            job.CancelRequested = true;
            if (job.State != JobState.Running) (job.State, job.FinishedAt, job.Error) = (JobState.Cancelled, clock.GetUtcNow(), "stopped before it ran: the withdrawal was undone");
        }
    }
}
