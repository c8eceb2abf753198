using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Withdrawal.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Withdrawal;

/// <summary>An asset that was withdrawn, and what was made in its place.</summary>
/// <param name="Remake">The remake.</param>
/// <param name="Review">What was said of it.</param>
/// <param name="Old">The withdrawn asset.</param>
/// <param name="OldJob">The job that made it.</param>
/// <param name="Made">The new asset; none before it is there, or where the new run made no such picture.</param>
/// <param name="NewJob">The job that makes or made it; none before.</param>
public sealed record RemakePair(Remake Remake, RemadeAsset Review, Asset Old, Job OldJob, Asset? Made, Job? NewJob)
{
    /// <summary>Whether somebody can say something of it now.</summary>
    public bool IsReviewable => Review.State == RemadeState.Pending && Made is { State: AssetState.Active };
}

/// <summary>Lays old and new side by side. The new one of a pair is the output of the same kind and file name, or the only one of its kind.</summary>
/// <param name="db">Records.</param>
public sealed class RemakePairs(AnswerprintDb db)
{
    /// <summary>The pairs of a withdrawal, nearest work first.</summary>
    public async Task<IReadOnlyList<RemakePair>> ReadAsync(Guid withdrawalId, CancellationToken cancellationToken)
    {
        var remakes = await db.Set<Remake>().AsNoTracking().Where(remake => remake.WithdrawalId == withdrawalId).OrderBy(remake => remake.Steps).ThenBy(remake => remake.Id).ToListAsync(cancellationToken);
        return await PairAsync(remakes, null, cancellationToken);
    }

    /// <summary>The pair of one withdrawn asset; none where there is none.</summary>
    public async Task<RemakePair?> FindAsync(Guid withdrawalId, Guid oldAssetId, CancellationToken cancellationToken)
    {
        var remakes = await db.Set<Remake>().AsNoTracking()
            .Where(remake => remake.WithdrawalId == withdrawalId && db.Set<RemadeAsset>().Any(pair => pair.RemakeId == remake.Id && pair.OldAssetId == oldAssetId)).ToListAsync(cancellationToken);
        return (await PairAsync(remakes, oldAssetId, cancellationToken)).FirstOrDefault();
    }

    private async Task<List<RemakePair>> PairAsync(List<Remake> remakes, Guid? only, CancellationToken cancellationToken)
    {
        var ids = remakes.ConvertAll(remake => remake.Id);
        var reviews = (await db.Set<RemadeAsset>().AsNoTracking().Where(pair => EF.Parameter(ids).Contains(pair.RemakeId) && (only == null || pair.OldAssetId == only)).ToListAsync(cancellationToken)).ToLookup(pair => pair.RemakeId);
        List<Guid> jobIds = [.. remakes.Select(remake => remake.OldJobId), .. remakes.Select(remake => remake.NewJobId).OfType<Guid>()];
        var jobs = await db.Set<Job>().AsNoTracking().Where(job => EF.Parameter(jobIds).Contains(job.Id)).ToDictionaryAsync(job => job.Id, cancellationToken);
        var made = await OutputsAsync([.. jobs.Values], cancellationToken);
        var oldIds = reviews.SelectMany(group => group).Select(pair => pair.OldAssetId).ToList();
        var old = await db.Set<Asset>().AsNoTracking().Where(asset => EF.Parameter(oldIds).Contains(asset.Id)).ToDictionaryAsync(asset => asset.Id, cancellationToken);
        var acceptedIds = reviews.SelectMany(group => group).Select(pair => pair.NewAssetId).OfType<Guid>().ToList();
        var accepted = await db.Set<Asset>().AsNoTracking().Where(asset => EF.Parameter(acceptedIds).Contains(asset.Id)).ToDictionaryAsync(asset => asset.Id, cancellationToken);

        var pairs = new List<RemakePair>();
        foreach (var remake in remakes)
        {
            var (before, after) = (jobs[remake.OldJobId], remake.NewJobId is { } id ? jobs.GetValueOrDefault(id) : null);
            foreach (var review in reviews[remake.Id].Where(review => old.ContainsKey(review.OldAssetId)).OrderBy(review => old[review.OldAssetId].Name, StringComparer.Ordinal))
            {
                var was = old[review.OldAssetId];
                var now = review.NewAssetId is { } taken ? accepted.GetValueOrDefault(taken) : after is null ? null : Counterpart(was, [.. made[before.Hash]], [.. made[after.Hash]]);
                pairs.Add(new RemakePair(remake, review, was, before, now, after));
            }
        }
        return pairs;
    }

    /// <summary>The pictures of work by its hash: only its first run puts assets on record, whichever run is asked for.</summary>
    private async Task<ILookup<string, Asset>> OutputsAsync(List<Job> jobs, CancellationToken cancellationToken)
    {
        var hashes = jobs.Select(job => job.Hash).Distinct().ToList();
        var rows = await (
            from job in db.Set<Job>().AsNoTracking()
            where EF.Parameter(hashes).Contains(job.Hash)
            join asset in db.Set<Asset>().AsNoTracking() on job.Id equals asset.JobId
            where asset.Kind != AssetKind.Attribution
            select new { job.Hash, asset }).ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.Hash, row => row.asset);
    }

    private static Asset? Counterpart(Asset old, List<Asset> before, List<Asset> after)
    {
        var same = after.FindAll(asset => asset.Kind == old.Kind);
        if (same.Find(asset => asset.FileName == old.FileName) is { } named) return named;
        return same.Count == 1 && before.Count(asset => asset.Kind == old.Kind) == 1 ? same[0] : null;
    }
}
