using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Withdrawal.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Withdrawal;

/// <summary>A reviewer's word on a remade asset.</summary>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="OldAssetId">The withdrawn asset.</param>
/// <param name="Accept">True puts the new one in its place, false leaves the place empty.</param>
public sealed record ReviewRemakeRequest(Guid WithdrawalId, Guid OldAssetId, bool Accept);

/// <summary>What became of it.</summary>
/// <param name="Pair">The pair as it stands now; none where there is none.</param>
/// <param name="Release">What Clearance said of releasing the new one, where the old one was published; none otherwise.</param>
/// <param name="Refusal">Why the word was not taken; none where it was.</param>
public sealed record ReviewRemakeResult(RemakePair? Pair, ReleaseResult? Release, Refusal? Refusal);

/// <summary>Takes a reviewer's word. Accepted, the new asset takes the old one's place, and is let out for the old one's use where Clearance allows; the old one stays quarantined either way.</summary>
/// <param name="db">Records.</param>
/// <param name="pairs">Old and new.</param>
/// <param name="plans">What a recipe changes of its own.</param>
/// <param name="lit">Reads attribution maps.</param>
/// <param name="releases">The only way out.</param>
/// <param name="audit">The audit.</param>
/// <param name="clock">Time.</param>
public sealed class ReviewRemake(
    AnswerprintDb db, RemakePairs pairs, RemakePlans plans, LitPixels lit, ReleaseDesk releases, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Takes it.</summary>
    public async Task<ReviewRemakeResult> HandleAsync(ReviewRemakeRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.HasAny([.. WithdrawSource.ForRoles])) return new(null, null, Refusal.NotAllowed("the review is the counsel's and the owner's to do"));
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            await AuditTrail.EnterAsync(db, cancellationToken);
            var pair = await pairs.FindAsync(request.WithdrawalId, request.OldAssetId, cancellationToken);
            if (pair is null) return new(null, null, Refusal.NotFound($"nothing is made again in the place of asset {request.OldAssetId} in withdrawal {request.WithdrawalId}"));
            if (await ObjectionAsync(request, pair, cancellationToken) is { } refusal) return new(pair, null, refusal);
            await TakeAsync(request, pair, actor, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        var now = await pairs.FindAsync(request.WithdrawalId, request.OldAssetId, cancellationToken);
        return new(now, request.Accept ? await ReleaseAsync(request, now!, actor, cancellationToken) : null, null);
    }

    private async Task<Refusal?> ObjectionAsync(ReviewRemakeRequest request, RemakePair pair, CancellationToken cancellationToken)
    {
        if (await db.Set<WithdrawalRecord>().AnyAsync(withdrawal => withdrawal.Id == request.WithdrawalId && withdrawal.RestoredAt != null, cancellationToken))
            return Refusal.Conflict("", "the withdrawal was undone; there is nothing to review");
        if (pair.Review.State != RemadeState.Pending) return Refusal.Conflict("", $"it was {pair.Review.State.ToString().ToLowerInvariant()} before");
        if (!request.Accept) return null;
        if (pair.Made is not { } made) return Refusal.Conflict("", pair.NewJob is { HasEnded: true } ? "the new run made no picture in its place" : "it has not been made again yet");
        if (made.State == AssetState.Quarantined) return Refusal.Conflict("", $"the new one is quarantined itself: {made.StateReason}");
        return await lit.NamesWithdrawnAsync(made, request.WithdrawalId, cancellationToken) is { } named
            ? Refusal.Conflict("", $"the attribution map of the new one names '{named}', which was withdrawn")
            : null;
    }

    private async Task TakeAsync(ReviewRemakeRequest request, RemakePair pair, Actor actor, CancellationToken cancellationToken)
    {
        var review = await db.Set<RemadeAsset>().FirstAsync(review => review.RemakeId == pair.Remake.Id && review.OldAssetId == request.OldAssetId, cancellationToken);
        (review.State, review.ReviewedBy, review.ReviewedAt) = (request.Accept ? RemadeState.Accepted : RemadeState.Rejected, actor.AccountId, clock.GetUtcNow());
        if (request.Accept)
        {
            review.NewAssetId = pair.Made!.Id;
            await plans.TakePlaceAsync(pair.OldJob, pair.Old, pair.Made, cancellationToken);
            await ProposeAsync(pair.Old, pair.Made, actor, cancellationToken);
        }
        if (!await db.Set<RemadeAsset>().AnyAsync(other => other.RemakeId == pair.Remake.Id && other.OldAssetId != request.OldAssetId && other.State == RemadeState.Pending, cancellationToken))
            await db.Set<Remake>().Where(remake => remake.Id == pair.Remake.Id).ExecuteUpdateAsync(set => set.SetProperty(remake => remake.State, RemakeState.Reviewed), cancellationToken);
        // What waited for this word can go on.
        await db.Set<Remake>().Where(remake => remake.WaitsForId == pair.Remake.Id && remake.State == RemakeState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(remake => remake.State, RemakeState.Planned).SetProperty(remake => remake.WaitsForId, (Guid?)null), cancellationToken);
        await audit.AppendAsync(db, actor, request.Accept ? "remake.accepted" : "remake.rejected", "asset", pair.Old.Id.ToString(), new JsonObject
        {
            ["withdrawal"] = request.WithdrawalId.ToString(), ["made"] = pair.Made?.Id.ToString(), ["job"] = pair.NewJob?.Hash,
        }, cancellationToken);
    }

    /// <summary>Where the old one was a version of a shot, the new one is put before review as its next: proposed, not approved.</summary>
    private async Task ProposeAsync(Asset old, Asset made, Actor actor, CancellationToken cancellationToken)
    {
        var shots = await db.Set<ShotVersion>().Where(version => version.AssetId == old.Id).Select(version => version.ShotId).Distinct().ToListAsync(cancellationToken);
        foreach (var shotId in shots)
        {
            var versions = await db.Set<ShotVersion>().Where(version => version.ShotId == shotId).Select(version => new { version.Number, version.AssetId }).ToListAsync(cancellationToken);
            if (versions.Exists(version => version.AssetId == made.Id)) continue;
            var proposed = new ShotVersion
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()), ShotId = shotId, Number = 1 + versions.Max(version => version.Number), AssetId = made.Id, Status = VersionStatus.InReview,
                CreatedBy = actor.AccountId, CreatedAt = clock.GetUtcNow(),
            };
            db.Add(proposed);
            await db.Set<Shot>().Where(shot => shot.Id == shotId).ExecuteUpdateAsync(set => set.SetProperty(shot => shot.Status, ShotStatus.InReview), cancellationToken);
            await audit.AppendAsync(db, actor, "version.proposed", "shot", shotId.ToString(),
                new JsonObject { ["asset"] = made.Id.ToString(), ["inPlaceOf"] = old.Id.ToString(), ["number"] = proposed.Number }, cancellationToken);
        }
    }

    /// <summary>Where the old one was on pages, the new one is to be: that is a release of its own, with what was declared for the old one.</summary>
    private async Task<ReleaseResult?> ReleaseAsync(ReviewRemakeRequest request, RemakePair pair, Actor actor, CancellationToken cancellationToken)
    {
        if (!await db.Set<WithdrawnPublication>().AnyAsync(shown => shown.WithdrawalId == request.WithdrawalId && shown.AssetId == request.OldAssetId, cancellationToken)) return null;
        var last = await db.Set<Release>().AsNoTracking().Where(release => release.AssetId == request.OldAssetId).OrderByDescending(release => release.ReleasedAt).FirstOrDefaultAsync(cancellationToken);
        if (last is null || !Enum.TryParse<Use>(last.Use, ignoreCase: true, out var use)) return null;
        var facts = await db.Set<Decision>().Where(decision => decision.Id == last.DecisionId).Select(decision => decision.FactsJson).FirstOrDefaultAsync(cancellationToken);
        return await releases.RequestAsync(new RequestRelease(pair.Made!.Id, use, facts is null ? new Declarations() : Declarations.FromFacts(facts)), actor, cancellationToken);
    }
}
