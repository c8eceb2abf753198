using System.Diagnostics;
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

/// <summary>A wish to take something back.</summary>
/// <param name="Subject">A source, or everything of an owner.</param>
/// <param name="Reason">Why, 1 to 1,000 characters.</param>
public sealed record WithdrawSourceRequest(WithdrawalSubject Subject, string Reason);

/// <summary>What became of it.</summary>
/// <param name="Withdrawal">The record; none where nothing was withdrawn.</param>
/// <param name="Refusal">Why nothing was; none where it was.</param>
public sealed record WithdrawSourceResult(WithdrawalRecord? Withdrawal, Refusal? Refusal);

/// <summary>
/// Takes back a source, or everything of an owner, and all that was ever made from it, in one transaction: record, quarantine, take-down from pages,
/// end of work that uses it, plan of what is to be made again, audit. When it has been committed nothing of it is served any more.
/// </summary>
/// <param name="db">Records.</param>
/// <param name="quarantine">Places holds.</param>
/// <param name="plans">Knows the work behind assets.</param>
/// <param name="audit">The audit.</param>
/// <param name="clock">Time.</param>
/// <param name="logger">Where withdrawals are noted.</param>
public sealed class WithdrawSource(
    AnswerprintDb db, Quarantine quarantine, RemakePlans plans, AuditTrail audit, TimeProvider clock, ILogger<WithdrawSource> logger)
{
    /// <summary>Longest reason, in characters.</summary>
    public const int MaxReason = 1000;

    private const int MostNamed = 100;

    /// <summary>Who may take back, review what is made again, and undo it.</summary>
    public static IReadOnlyList<string> ForRoles { get; } = [Roles.Counsel, Roles.Owner];

    /// <summary>Takes it back.</summary>
    public async Task<WithdrawSourceResult> HandleAsync(WithdrawSourceRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.HasAny([.. ForRoles])) return new(null, Refusal.NotAllowed("withdrawing is the counsel's and the owner's to do"));
        var reason = (request.Reason ?? "").Trim();
        if (reason.Length is 0 or > MaxReason) return new(null, Refusal.Invalid("reason", $"The reason has {reason.Length} characters; 1 to {MaxReason} are needed."));

        var watch = Stopwatch.StartNew();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditTrail.EnterAsync(db, cancellationToken);
        var affected = await AffectedAssets.ReadAsync(db, request.Subject, cancellationToken);
        if (affected.Refusal is not null) return new(null, affected.Refusal);
        var sources = affected.Sources.Select(source => source.Id).ToList();
        var standing = await db.Set<AssetHold>().Where(hold => hold.LiftedAt == null && hold.WithdrawalId != null && EF.Parameter(sources).Contains(hold.AssetId))
            .Select(hold => hold.AssetId).Distinct().ToListAsync(cancellationToken);
        if (standing.Count == sources.Count) return new(null, Refusal.Conflict("", $"'{affected.Name}' was withdrawn before: {affected.Sources[0].StateReason}"));

        var withdrawal = Record(request.Subject, affected, reason, actor);
        db.Add(withdrawal);
        var all = affected.Ids.ToList();
        await quarantine.HoldAsync([.. sources.Except(standing)], $"Withdrawn: {reason}", Consequence(request.Subject, affected, reason), withdrawal.Id, actor, cancellationToken);
        Note(withdrawal, affected);
        var published = await TakeOffPagesAsync(withdrawal, all, cancellationToken);
        withdrawal.StoppedJobs = await StopJobsAsync(all, affected.Name, actor, cancellationToken);
        await PlanRemakesAsync(withdrawal, affected, cancellationToken);
        await AppendAsync(withdrawal, affected, published, actor, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Log.Withdrawn(logger, withdrawal.Name, withdrawal.Id, withdrawal.Sources, withdrawal.Dependents, watch.ElapsedMilliseconds);
        return new(withdrawal, null);
    }

    private WithdrawalRecord Record(WithdrawalSubject subject, AffectedAssets affected, string reason, Actor actor) => new()
    {
        Id = Guid.CreateVersion7(clock.GetUtcNow()), AssetId = subject.AssetId, Owner = subject.Owner, Name = affected.Name, Reason = reason,
        Sources = affected.Sources.Count, Dependents = affected.Dependents.Count, MadeBy = actor.AccountId, MadeAt = clock.GetUtcNow(),
    };

    private static string Consequence(WithdrawalSubject subject, AffectedAssets affected, string reason) => subject.AssetId is null
        ? $"Made from material of {affected.Name}, which was withdrawn: {reason}"
        : $"Made from '{affected.Name}', which was withdrawn: {reason}";

    private void Note(WithdrawalRecord withdrawal, AffectedAssets affected)
    {
        db.AddRange(affected.Sources.Select(source => new WithdrawnAsset { WithdrawalId = withdrawal.Id, AssetId = source.Id, Steps = 0, ShareMillionths = 1_000_000 }));
        db.AddRange(affected.Dependents.Select(asset => new WithdrawnAsset
        {
            WithdrawalId = withdrawal.Id, AssetId = asset.Asset.Id, Steps = asset.Steps, ShareMillionths = asset.ShareMillionths,
        }));
    }

    private async Task<int> TakeOffPagesAsync(WithdrawalRecord withdrawal, List<Guid> assets, CancellationToken cancellationToken)
    {
        var shown = await db.Set<Artwork>().Where(artwork => artwork.IsPublished && EF.Parameter(assets).Contains(artwork.AssetId)).ToListAsync(cancellationToken);
        foreach (var artwork in shown)
        {
            artwork.IsPublished = false;
            db.Add(new WithdrawnPublication { WithdrawalId = withdrawal.Id, ArtworkId = artwork.Id, AssetId = artwork.AssetId });
        }
        return shown.Count;
    }

    private async Task<int> StopJobsAsync(List<Guid> assets, string name, Actor actor, CancellationToken cancellationToken)
    {
        var active = await WithdrawalReach.ActiveJobsAsync(db, assets, cancellationToken);
        foreach (var job in active)
        {
            // One that runs ends through its worker within a second, and a result that comes first is not taken.
            job.CancelRequested = true;
            if (job.State != JobState.Running)
                (job.State, job.FinishedAt, job.Error) = (JobState.Cancelled, clock.GetUtcNow(), $"stopped before it ran: '{name}' was withdrawn");
            await audit.AppendAsync(db, actor, "job.cancelled", "job", job.Id.ToString(), new JsonObject { ["because"] = "withdrawal" }, cancellationToken);
        }
        return active.Count;
    }

    private async Task PlanRemakesAsync(WithdrawalRecord withdrawal, AffectedAssets affected, CancellationToken cancellationToken)
    {
        foreach (var (job, assets, steps) in await plans.WorkAsync(affected, cancellationToken))
        {
            var remake = new Remake { Id = Guid.CreateVersion7(clock.GetUtcNow()), WithdrawalId = withdrawal.Id, OldJobId = job.Id, State = RemakeState.Planned, Steps = steps };
            db.Add(remake);
            db.AddRange(assets.Select(asset => new RemadeAsset { RemakeId = remake.Id, OldAssetId = asset, State = RemadeState.Pending }));
        }
    }

    private async Task AppendAsync(WithdrawalRecord withdrawal, AffectedAssets affected, int published, Actor actor, CancellationToken cancellationToken)
    {
        await audit.AppendAsync(db, actor, "withdrawal.made", "withdrawal", withdrawal.Id.ToString(), new JsonObject
        {
            ["name"] = withdrawal.Name, ["owner"] = withdrawal.Owner, ["reason"] = withdrawal.Reason, ["sources"] = withdrawal.Sources, ["dependents"] = withdrawal.Dependents,
            ["publications"] = published, ["jobs"] = withdrawal.StoppedJobs, ["assetsSha256"] = WithdrawalDigest.Of(affected.Ids),
            ["sourceIds"] = new JsonArray([.. affected.Sources.Take(MostNamed).Select(source => (JsonNode)source.Id.ToString())]),
        }, cancellationToken);
        if (withdrawal.AssetId is { } source)
            await audit.AppendAsync(db, actor, "asset.withdrawn", "asset", source.ToString(), new JsonObject { ["withdrawal"] = withdrawal.Id.ToString(), ["reason"] = withdrawal.Reason }, cancellationToken);
    }
}
