using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Studio.Results;

/// <summary>Puts what was made on a shot as its next version, a draft to be reviewed as every version is.</summary>
internal static class NextVersion
{
    public static async Task<ShotVersion> AddAsync(AnswerprintDb db, Guid shotId, Asset made, Guid by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var number = 1 + (await db.Set<ShotVersion>().Where(version => version.ShotId == shotId).MaxAsync(version => (int?)version.Number, cancellationToken) ?? 0);
        var version = new ShotVersion { Id = Guid.CreateVersion7(at), ShotId = shotId, Number = number, AssetId = made.Id, Status = VersionStatus.Draft, CreatedBy = by, CreatedAt = at };
        db.Add(version);
        return version;
    }

    /// <summary>The shots that an asset is a version of.</summary>
    public static Task<List<Guid>> ShotsOfAsync(AnswerprintDb db, Guid? assetId, CancellationToken cancellationToken) =>
        db.Set<ShotVersion>().Where(version => version.AssetId == assetId).Select(version => version.ShotId).Distinct().OrderBy(id => id).ToListAsync(cancellationToken);
}
