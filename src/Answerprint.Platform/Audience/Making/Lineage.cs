using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Audience.Making;

/// <summary>All that some assets were made from, through any number of steps.</summary>
/// <param name="Assets">Every asset met, by id.</param>
/// <param name="Inputs">Every step met.</param>
internal sealed record Lineage(IReadOnlyDictionary<Guid, Asset> Assets, ILookup<Guid, AssetInput> Inputs)
{
    /// <summary>Steps followed at most; lineage has no circles, so this bounds a broken record only.</summary>
    private const int MaxSteps = 32;

    public static async Task<Lineage> ReadAsync(AnswerprintDb db, IReadOnlyCollection<Guid> roots, CancellationToken cancellationToken)
    {
        var (inputs, met, wave) = (new List<AssetInput>(), roots.ToHashSet(), roots.Distinct().ToList());
        for (var step = 0; step < MaxSteps && wave.Count > 0; step++)
        {
            var ids = wave;
            var found = await db.Set<AssetInput>().AsNoTracking().Where(input => ids.Contains(input.AssetId)).ToListAsync(cancellationToken);
            inputs.AddRange(found);
            wave = [.. found.Select(input => input.SourceId).Where(met.Add)];
        }
        var assets = await db.Set<Asset>().AsNoTracking().Where(asset => met.Contains(asset.Id)).ToDictionaryAsync(asset => asset.Id, cancellationToken);
        return new(assets, inputs.ToLookup(input => input.AssetId));
    }

    /// <summary>What an asset goes back to, with the share of its pixels: a source of a source has the product of both shares.</summary>
    public IReadOnlyDictionary<Guid, double> SharesOf(Guid assetId)
    {
        var shares = new Dictionary<Guid, double>();
        Follow(assetId, 1, 0, shares);
        return shares;
    }

    private void Follow(Guid assetId, double share, int step, Dictionary<Guid, double> shares)
    {
        if (step >= MaxSteps) return;
        foreach (var input in Inputs[assetId])
        {
            var part = share * input.ShareMillionths / 1_000_000d;
            if (Inputs.Contains(input.SourceId)) Follow(input.SourceId, part, step + 1, shares);
            else shares[input.SourceId] = shares.GetValueOrDefault(input.SourceId) + part;
        }
    }
}
