using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Withdrawal;

/// <summary>What a withdrawal would do, before anything happens.</summary>
/// <param name="Subject">What would be withdrawn.</param>
/// <param name="Affected">The sources and all that was made from them.</param>
/// <param name="Reach">Where that is seen and used.</param>
/// <param name="Remakes">The work that would be undone, and whether it can be made again.</param>
/// <param name="Twins">Other assets with the very bytes of a source: they are records of their own and stay as they are.</param>
public sealed record WithdrawalPreview(
    WithdrawalSubject Subject, AffectedAssets Affected, WithdrawalReach Reach, IReadOnlyList<RemakeOutlook> Remakes, IReadOnlyList<Asset> Twins)
{
    /// <summary>Why there is nothing to withdraw; none where there is.</summary>
    public Refusal? Refusal => Affected.Refusal;
}

/// <summary>Work that would be undone.</summary>
/// <param name="Job">The job as it ran.</param>
/// <param name="Assets">How many of its assets are reached.</param>
/// <param name="Impossible">Why it cannot be made again; empty where it can, as far as can be said before.</param>
public sealed record RemakeOutlook(Job Job, int Assets, string Impossible);

/// <summary>Says what a withdrawal would do. Changes nothing.</summary>
/// <param name="db">Records.</param>
/// <param name="plans">Says what can be made again.</param>
public sealed class PreviewWithdrawal(AnswerprintDb db, RemakePlans plans)
{
    /// <summary>Reads; everyone who works at the studio may.</summary>
    public async Task<WithdrawalPreview> HandleAsync(WithdrawalSubject subject, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(actor);
        var affected = await AffectedAssets.ReadAsync(db, subject, cancellationToken);
        if (affected.Refusal is not null) return new(subject, affected, new([], [], [], []), [], []);
        var ids = affected.Ids.ToList();
        var hashes = affected.Sources.Select(source => source.BlobSha256).Where(hash => hash.Length > 0).Distinct().ToList();
        var twins = await db.Set<Asset>().AsNoTracking().Where(asset => EF.Parameter(hashes).Contains(asset.BlobSha256) && !EF.Parameter(ids).Contains(asset.Id) && asset.State == AssetState.Active)
            .OrderBy(asset => asset.Name).ToListAsync(cancellationToken);
        return new(subject, affected, await WithdrawalReach.ReadAsync(db, ids, cancellationToken), await plans.OutlookAsync(affected, cancellationToken), twins);
    }
}
