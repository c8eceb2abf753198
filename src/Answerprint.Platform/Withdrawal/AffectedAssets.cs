using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Withdrawal;

/// <summary>An asset that a withdrawal reaches.</summary>
/// <param name="Asset">The asset; not to be changed.</param>
/// <param name="Steps">Steps of lineage from the nearest source; 0 for a source.</param>
/// <param name="ShareMillionths">The share of its pixels that came from the sources through all steps, as the records of lineage say.</param>
public sealed record AffectedAsset(Asset Asset, int Steps, int ShareMillionths);

/// <summary>All that a withdrawal reaches: the sources and, nearest first, everything that was made from them.</summary>
/// <param name="Name">What is withdrawn, in words.</param>
/// <param name="Sources">The sources.</param>
/// <param name="Dependents">What was made from them, through any number of steps.</param>
/// <param name="Refusal">Why there is nothing to withdraw; none where there is.</param>
public sealed record AffectedAssets(string Name, IReadOnlyList<Asset> Sources, IReadOnlyList<AffectedAsset> Dependents, Refusal? Refusal)
{
    /// <summary>Every id, sources first.</summary>
    public IEnumerable<Guid> Ids => Sources.Select(source => source.Id).Concat(Dependents.Select(dependent => dependent.Asset.Id));

    /// <summary>Reads it in three queries, whatever the depth.</summary>
    internal static async Task<AffectedAssets> ReadAsync(AnswerprintDb db, WithdrawalSubject subject, CancellationToken cancellationToken)
    {
        var (named, name, refusal) = await subject.FindAsync(db, cancellationToken);
        if (refusal is not null) return new(name, [], [], refusal);
        var all = (await AssetLineage.DescendantsAsync(db, named.ConvertAll(asset => asset.Id), cancellationToken)).ToList();
        var inputs = await db.Set<AssetInput>().AsNoTracking().Where(input => EF.Parameter(all).Contains(input.AssetId)).ToListAsync(cancellationToken);
        var reached = all.ToHashSet();
        inputs.RemoveAll(input => !reached.Contains(input.SourceId));

        // What an owner's material was made into carries the owner's name too: a source is what was made from nothing else that is withdrawn.
        var made = inputs.Select(input => input.AssetId).ToHashSet();
        var sources = subject.AssetId is null ? named.FindAll(asset => !made.Contains(asset.Id)) : named;
        if (sources.Count == 0) sources = named;
        var steps = new LineageSteps(sources.Select(source => source.Id), inputs);
        var others = all.Except(sources.Select(source => source.Id)).ToList();
        var assets = await db.Set<Asset>().AsNoTracking().Where(asset => EF.Parameter(others).Contains(asset.Id)).ToListAsync(cancellationToken);
        return new(name, [.. sources.OrderBy(source => source.Name, StringComparer.Ordinal).ThenBy(source => source.Id)],
            [.. assets.Select(asset => new AffectedAsset(asset, steps.StepsOf(asset.Id), steps.ShareOf(asset.Id)))
                .OrderBy(asset => asset.Steps).ThenByDescending(asset => asset.ShareMillionths).ThenBy(asset => asset.Asset.Name, StringComparer.Ordinal).ThenBy(asset => asset.Asset.Id)],
            null);
    }
}
