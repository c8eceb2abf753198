using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Studio.Results;

/// <summary>A wish to make a picture the next version of a shot.</summary>
/// <param name="AssetId">The picture.</param>
/// <param name="ShotId">The shot; it belongs to the picture's production.</param>
public sealed record AcceptAsVersionRequest(Guid AssetId, Guid ShotId);

/// <summary>What became of it.</summary>
/// <param name="Version">The version; none where it was refused.</param>
/// <param name="Refusal">None where it was taken.</param>
public sealed record AcceptAsVersionResult(ShotVersion? Version, Refusal? Refusal);

/// <summary>Puts a made picture on a shot as its next version, a draft to be reviewed as every version is.</summary>
/// <param name="db">Records.</param>
/// <param name="audit">The audit.</param>
/// <param name="clock">Time.</param>
public sealed class AcceptAsVersion(AnswerprintDb db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Puts it there.</summary>
    public async Task<AcceptAsVersionResult> HandleAsync(AcceptAsVersionRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var asset = await db.Set<Asset>().AsNoTracking().FirstOrDefaultAsync(asset => asset.Id == request.AssetId, cancellationToken);
        if (asset is null) return new(null, Refusal.NotFound($"there is no asset {request.AssetId}"));
        if (asset.State == AssetState.Quarantined) return new(null, Refusal.Conflict("asset", $"'{asset.Name}' was taken back: {asset.StateReason}"));
        var shot = await (from one in db.Set<Shot>()
                          join scene in db.Set<Scene>() on one.SceneId equals scene.Id
                          where one.Id == request.ShotId && scene.ProductionId == asset.ProductionId
                          select one).FirstOrDefaultAsync(cancellationToken);
        if (shot is null) return new(null, Refusal.NotFound($"there is no shot {request.ShotId} in this production"));
        var versions = db.Set<ShotVersion>().Where(version => version.ShotId == shot.Id);
        if (await versions.FirstOrDefaultAsync(version => version.AssetId == asset.Id, cancellationToken) is { } there) return new(there, null);
        var version = await NextVersion.AddAsync(db, shot.Id, asset, actor.AccountId, clock.GetUtcNow(), cancellationToken);
        shot.Status = ShotStatus.InProgress;
        await audit.AppendAsync(db, actor, "version.accepted", "shot", shot.Id.ToString(), new JsonObject { ["asset"] = asset.Id.ToString(), ["number"] = version.Number }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(version, null);
    }
}
