using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Assets;

/// <summary>A wish to take an asset down, or to put it back.</summary>
/// <param name="AssetId">The asset.</param>
/// <param name="Quarantine">Whether it is to be quarantined, or active again.</param>
/// <param name="Reason">Why, 1 to 1,000 characters.</param>
public sealed record TakeDownRequest(Guid AssetId, bool Quarantine, string Reason);

/// <summary>What became of it.</summary>
/// <param name="Asset">The asset as it stands now; none where it was not changed.</param>
/// <param name="Refusal">Why it was not; none where it was.</param>
public sealed record TakeDownResult(Asset? Asset, Refusal? Refusal);

/// <summary>Quarantines an asset and all that was made from it: it is neither used nor served from the next request on; its record stays.</summary>
/// <param name="db">Records.</param>
/// <param name="quarantine">Places and lifts holds.</param>
/// <param name="audit">The audit.</param>
public sealed class TakeDown(AnswerprintDb db, Quarantine quarantine, AuditTrail audit)
{
    private const int MaxReason = 1000;

    /// <summary>Takes it down, or puts it back.</summary>
    public async Task<TakeDownResult> HandleAsync(TakeDownRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.HasAny([.. SetRights.ForRoles])) return new(null, Refusal.NotAllowed("taking down is the producer's and the counsel's to do"));
        var reason = request.Reason.Trim();
        if (reason.Length is 0 or > MaxReason) return new(null, Refusal.Invalid("reason", $"The reason has {reason.Length} characters; 1 to {MaxReason} are needed."));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditTrail.EnterAsync(db, cancellationToken);
        var asset = await db.Set<Asset>().FirstOrDefaultAsync(asset => asset.Id == request.AssetId, cancellationToken);
        if (asset is null) return new(null, Refusal.NotFound($"there is no asset {request.AssetId}"));
        var standing = await db.Set<AssetHold>().Where(hold => hold.AssetId == asset.Id && hold.LiftedAt == null).ToListAsync(cancellationToken);
        if (Objection(request, asset, standing) is { } refusal) return new(null, refusal);

        var reached = request.Quarantine
            ? await quarantine.HoldAsync([asset.Id], reason, $"Made from '{asset.Name}', which was taken down: {reason}", null, actor, cancellationToken)
            : await quarantine.LiftAsync(standing, actor, cancellationToken);
        await audit.AppendAsync(db, actor, request.Quarantine ? "asset.quarantined" : "asset.restored", "asset", asset.Id.ToString(),
            new JsonObject { ["name"] = asset.Name, ["reason"] = reason, ["assets"] = reached.Count }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(asset, null);
    }

    private static Refusal? Objection(TakeDownRequest request, Asset asset, List<AssetHold> standing)
    {
        if (request.Quarantine) return standing.Count > 0 ? Refusal.Conflict("", $"'{asset.Name}' is quarantined already: {asset.StateReason}") : null;
        if (standing.Exists(hold => hold.WithdrawalId is not null)) return Refusal.Conflict("", $"'{asset.Name}' was withdrawn: {asset.StateReason}. The withdrawal has to be undone.");
        if (standing.Count > 0) return null;
        return Refusal.Conflict("", asset.State == AssetState.Active ? $"'{asset.Name}' is not quarantined" : $"'{asset.Name}' is quarantined because of what it was made from: {asset.StateReason}");
    }
}
