using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Withdrawal;

/// <summary>What is to be withdrawn: one source, or everything of an owner. Exactly one of the two is set.</summary>
/// <param name="AssetId">The source.</param>
/// <param name="Owner">The owner, as the records spell it.</param>
public sealed record WithdrawalSubject(Guid? AssetId, string Owner)
{
    /// <summary>Longest owner, in characters.</summary>
    public const int MaxOwner = 200;

    /// <summary>One source.</summary>
    public static WithdrawalSubject Of(Guid assetId) => new(assetId, "");

    /// <summary>Everything of an owner.</summary>
    public static WithdrawalSubject Of(string owner) => new(null, (owner ?? "").Trim());

    /// <summary>The assets it names: not yet what was made from them.</summary>
    internal async Task<(List<Asset> Assets, string Name, Refusal? Refusal)> FindAsync(AnswerprintDb db, CancellationToken cancellationToken)
    {
        if (AssetId is { } id)
        {
            var asset = await db.Set<Asset>().AsNoTracking().FirstOrDefaultAsync(asset => asset.Id == id, cancellationToken);
            return asset is null ? ([], "", Refusal.NotFound($"there is no asset {id}")) : ([asset], asset.Name, null);
        }
        if (Owner.Length is 0 or > MaxOwner) return ([], "", Refusal.Invalid("owner", $"An owner of 1 to {MaxOwner} characters is needed, or an asset."));
        var owned = await db.Set<Asset>().AsNoTracking().Where(asset => asset.Owner == Owner && asset.Kind != AssetKind.Attribution).ToListAsync(cancellationToken);
        return owned.Count == 0 ? ([], Owner, Refusal.NotFound($"nothing here is owned by '{Owner}'")) : (owned, Owner, null);
    }
}
