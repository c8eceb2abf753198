using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Assets.Contracts;

/// <summary>Places and lifts holds, and brings the state of everything downstream in line, in the caller's transaction.</summary>
/// <param name="db">Records.</param>
/// <param name="clock">Time.</param>
public sealed class Quarantine(AnswerprintDb db, TimeProvider clock)
{
    /// <summary>Quarantines assets and everything that was ever made from them.</summary>
    /// <param name="assets">The assets themselves.</param>
    /// <param name="reason">Why, as said of them.</param>
    /// <param name="consequence">Why, as said of what was made from them.</param>
    /// <param name="withdrawalId">The withdrawal that asks for it; none for a take-down.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Cancels; the caller rolls back.</param>
    /// <returns>The ids of all that is quarantined by it now, the assets themselves included.</returns>
    public async Task<IReadOnlySet<Guid>> HoldAsync(
        IReadOnlyCollection<Guid> assets, string reason, string consequence, Guid? withdrawalId, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var now = clock.GetUtcNow();
        db.AddRange(assets.Select(asset => new AssetHold
        {
            Id = Guid.CreateVersion7(now), AssetId = asset, Reason = reason, Consequence = consequence, WithdrawalId = withdrawalId, PlacedBy = actor.AccountId, PlacedAt = now,
        }));
        var all = await AssetLineage.DescendantsAsync(db, assets, cancellationToken);
        await CloseAsync([.. assets], reason, cancellationToken);
        // What is quarantined for another reason keeps the reason that it has.
        await SetAsync([.. all.Except(assets)], AssetState.Quarantined, consequence, activeOnly: true, cancellationToken);
        return all;
    }

    /// <summary>Lifts holds: what no other hold reaches is active again, the rest stays and says by which it is held now.</summary>
    /// <returns>The ids of all that is active again.</returns>
    public async Task<IReadOnlySet<Guid>> LiftAsync(IReadOnlyCollection<AssetHold> holds, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(holds);
        ArgumentNullException.ThrowIfNull(actor);
        foreach (var hold in holds) (hold.LiftedBy, hold.LiftedAt) = (actor.AccountId, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);

        var reached = await AssetLineage.DescendantsAsync(db, [.. holds.Select(hold => hold.AssetId)], cancellationToken);
        var above = (await AssetLineage.AncestorsAsync(db, reached, cancellationToken)).ToList();
        var standing = await db.Set<AssetHold>().AsNoTracking().Where(hold => hold.LiftedAt == null && EF.Parameter(above).Contains(hold.AssetId))
            .OrderBy(hold => hold.PlacedAt).ToListAsync(cancellationToken);
        var free = reached.ToHashSet();
        foreach (var hold in standing.GroupBy(hold => (hold.Reason, hold.Consequence)))
        {
            var own = hold.Select(each => each.AssetId).ToHashSet();
            var below = await AssetLineage.DescendantsAsync(db, own, cancellationToken);
            await CloseAsync([.. reached.Intersect(below).Where(free.Remove).Except(own)], hold.Key.Consequence, cancellationToken);
            await CloseAsync([.. reached.Intersect(own)], hold.Key.Reason, cancellationToken);
        }
        await SetAsync([.. free], AssetState.Active, "", activeOnly: false, cancellationToken);
        return free;
    }

    private Task CloseAsync(List<Guid> ids, string reason, CancellationToken cancellationToken) =>
        SetAsync(ids, AssetState.Quarantined, reason, activeOnly: false, cancellationToken);

    private async Task SetAsync(List<Guid> ids, AssetState state, string reason, bool activeOnly, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return;
        // An attribution map has no lineage of its own; it stands and falls with its picture.
        var maps = await db.Set<Asset>().Where(asset => EF.Parameter(ids).Contains(asset.Id) && asset.AttributionId != null).Select(asset => asset.AttributionId!.Value).ToListAsync(cancellationToken);
        HashSet<Guid> all = [.. ids, .. maps];
        await db.Set<Asset>().Where(asset => EF.Parameter(all).Contains(asset.Id) && (!activeOnly || asset.State == AssetState.Active))
            .ExecuteUpdateAsync(set => set.SetProperty(asset => asset.State, state).SetProperty(asset => asset.StateReason, reason), cancellationToken);
        // What the context remembers of them is old now.
        foreach (var entry in db.ChangeTracker.Entries<Asset>().Where(entry => all.Contains(entry.Entity.Id) && entry.State == EntityState.Unchanged).ToList()) await entry.ReloadAsync(cancellationToken);
    }
}
