using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Withdrawal;
using Answerprint.Platform.Withdrawal.Contracts;
using Answerprint.Web.Home;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Withdrawal;

/// <summary>An asset on a page of a withdrawal.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Steps">Steps of lineage; 0 for a source.</param>
/// <param name="Share">The share of its pixels that came from what is withdrawn, 0 to 1.</param>
public sealed record ReachedAsset(Asset Asset, int Steps, double Share);

/// <summary>A withdrawal in the list.</summary>
public sealed record WithdrawalRow(WithdrawalRecord Record, string By, int ToReview);

/// <summary>A withdrawal with everything that hangs on it.</summary>
public sealed record WithdrawalModel(
    WithdrawalRecord Record, string By, string RestoredBy, IReadOnlyList<ReachedAsset> Assets, int Page, int Pages, WithdrawalReach Reach, IReadOnlyList<RemakePair> Pairs,
    IReadOnlyDictionary<Guid, Guid> ReleasedFrom, bool MayClear)
{
    /// <summary>Assets shown on one page.</summary>
    public const int PageSize = 48;

    public bool IsInForce => Record.RestoredAt is null;
}

/// <summary>Reads withdrawals.</summary>
internal sealed class WithdrawalReader(AnswerprintDb db, RemakePairs pairs)
{
    private const int MostRows = 200;
    private const int MostFound = 24;

    public async Task<List<WithdrawalRow>> ListAsync(CancellationToken cancellationToken)
    {
        var rows = await db.Set<WithdrawalRecord>().AsNoTracking().OrderByDescending(withdrawal => withdrawal.MadeAt).Take(MostRows).ToListAsync(cancellationToken);
        var ids = rows.ConvertAll(row => row.Id);
        var open = await (
            from remake in db.Set<Remake>()
            where EF.Parameter(ids).Contains(remake.WithdrawalId) && remake.State == RemakeState.Queued
            join job in db.Set<Job>() on remake.NewJobId equals job.Id
            where job.State == JobState.Done
            join pair in db.Set<RemadeAsset>() on remake.Id equals pair.RemakeId
            where pair.State == RemadeState.Pending
            group pair by remake.WithdrawalId into waiting
            select new { waiting.Key, Count = waiting.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        var names = await People.NamesAsync(db, rows.Select(row => row.MadeBy), cancellationToken);
        return rows.ConvertAll(row => new WithdrawalRow(row, names.Of(row.MadeBy), row.RestoredAt is null ? open.GetValueOrDefault(row.Id) : 0));
    }

    /// <summary>Sources by name, and owners, that match some words.</summary>
    public async Task<(List<Asset> Assets, List<(string Owner, int Count)> Owners)> FindAsync(string words, CancellationToken cancellationToken)
    {
        var pattern = $"%{words.Trim().ToLowerInvariant().Replace("\\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
        var all = db.Set<Asset>().AsNoTracking().Where(asset => asset.State == AssetState.Active && asset.Kind != AssetKind.Attribution);
        // What was brought in comes before what was made of it: that is what people mean by a source.
        // Masks and layouts are found by name, but nobody looks for them first.
        var assets = await all.Where(asset => words == "" ? asset.Kind != AssetKind.Painting : EF.Functions.Like(asset.Name.ToLower(), pattern, @"\") || EF.Functions.Like(asset.FileName.ToLower(), pattern, @"\"))
            .OrderBy(asset => db.Set<AssetInput>().Any(input => input.AssetId == asset.Id)).ThenByDescending(asset => asset.CreatedAt).ThenBy(asset => asset.Id).Take(MostFound).ToListAsync(cancellationToken);
        var owners = await all.Where(asset => asset.Owner != "" && (words == "" || EF.Functions.Like(asset.Owner.ToLower(), pattern, @"\")))
            .GroupBy(asset => asset.Owner).Select(group => new { group.Key, Count = group.Count() }).OrderByDescending(group => group.Count).ThenBy(group => group.Key).Take(12).ToListAsync(cancellationToken);
        return (assets, owners.ConvertAll(owner => (owner.Key, owner.Count)));
    }

    public async Task<WithdrawalModel?> LoadAsync(Guid id, int page, bool mayClear, CancellationToken cancellationToken)
    {
        if (await db.Set<WithdrawalRecord>().AsNoTracking().FirstOrDefaultAsync(withdrawal => withdrawal.Id == id, cancellationToken) is not { } record) return null;
        var reached = db.Set<WithdrawnAsset>().AsNoTracking().Where(asset => asset.WithdrawalId == id);
        var ids = await reached.Select(asset => asset.AssetId).ToListAsync(cancellationToken);
        var pages = Math.Max(1, (ids.Count + WithdrawalModel.PageSize - 1) / WithdrawalModel.PageSize);
        var names = await People.NamesAsync(db, [record.MadeBy, record.RestoredBy ?? Guid.Empty], cancellationToken);
        var found = await pairs.ReadAsync(id, cancellationToken);
        var made = found.Select(pair => pair.Made?.Id).OfType<Guid>().ToList();
        var released = await db.Set<Release>().AsNoTracking().Where(release => EF.Parameter(made).Contains(release.AssetId)).GroupBy(release => release.AssetId)
            .Select(group => new { group.Key, Id = group.OrderByDescending(release => release.ReleasedAt).Select(release => release.Id).First() }).ToDictionaryAsync(row => row.Key, row => row.Id, cancellationToken);
        page = Math.Clamp(page, 1, pages);
        return new(record, names.Of(record.MadeBy), record.RestoredBy is { } who ? names.Of(who) : "", await AssetsAsync(reached, page, cancellationToken), page, pages,
            await WithdrawalReach.ReadAsync(db, ids, cancellationToken, takenOffBy: id), found, released, mayClear);
    }

    /// <summary>The next one that waits for a person's word; none where none does.</summary>
    public async Task<Guid?> NextAsync(Guid id, CancellationToken cancellationToken) => (await pairs.ReadAsync(id, cancellationToken)).FirstOrDefault(pair => pair.IsReviewable)?.Old.Id;

    private async Task<List<ReachedAsset>> AssetsAsync(IQueryable<WithdrawnAsset> reached, int page, CancellationToken cancellationToken)
    {
        var rows = await (
            from each in reached
            join asset in db.Set<Asset>().AsNoTracking() on each.AssetId equals asset.Id
            orderby each.Steps, each.ShareMillionths descending, asset.Name, asset.Id
            select new { each, asset }).Skip((page - 1) * WithdrawalModel.PageSize).Take(WithdrawalModel.PageSize).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new ReachedAsset(row.asset, row.each.Steps, row.each.ShareMillionths / 1e6));
    }
}
