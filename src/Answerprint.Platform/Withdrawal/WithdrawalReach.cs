using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Answerprint.Platform.Withdrawal.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Withdrawal;

/// <summary>A version of a shot whose footage is reached.</summary>
/// <param name="Version">The version.</param>
/// <param name="Shot">Its shot.</param>
/// <param name="Production">Its production.</param>
public sealed record ReachedVersion(ShotVersion Version, Shot Shot, Production Production);

/// <summary>A file that left the house.</summary>
/// <param name="Release">The release.</param>
/// <param name="AssetName">What it shows.</param>
public sealed record ReachedRelease(Release Release, string AssetName);

/// <summary>A page of the viewer app that shows something that is reached.</summary>
/// <param name="Title">The title.</param>
/// <param name="Pictures">Number of its published pictures.</param>
/// <param name="Shots">Number of its published shots.</param>
public sealed record ReachedPage(Title Title, int Pictures, int Shots);

/// <summary>Where the assets of a withdrawal are seen and used: shots, files that left, pages, work in progress.</summary>
/// <param name="Versions">Versions of shots.</param>
/// <param name="Releases">Files that left the house, the latest first. They cannot be recalled.</param>
/// <param name="Pages">Pages of the viewer app.</param>
/// <param name="Jobs">Work that waits or runs and uses any of it.</param>
public sealed record WithdrawalReach(
    IReadOnlyList<ReachedVersion> Versions, IReadOnlyList<ReachedRelease> Releases, IReadOnlyList<ReachedPage> Pages, IReadOnlyList<Job> Jobs)
{
    /// <summary>Reads it.</summary>
    /// <param name="db">Records.</param>
    /// <param name="assets">What is or would be withdrawn.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="takenOffBy">Counts publications that this withdrawal took down too.</param>
    public static async Task<WithdrawalReach> ReadAsync(AnswerprintDb db, IReadOnlyCollection<Guid> assets, CancellationToken cancellationToken, Guid? takenOffBy = null)
    {
        ArgumentNullException.ThrowIfNull(db);
        var ids = assets.ToList();
        var versions = await (
            from version in db.Set<ShotVersion>().AsNoTracking()
            where EF.Parameter(ids).Contains(version.AssetId)
            join shot in db.Set<Shot>().AsNoTracking() on version.ShotId equals shot.Id
            join scene in db.Set<Scene>().AsNoTracking() on shot.SceneId equals scene.Id
            join production in db.Set<Production>().AsNoTracking() on scene.ProductionId equals production.Id
            orderby production.Code, shot.Code, version.Number
            select new ReachedVersion(version, shot, production)).ToListAsync(cancellationToken);
        var releases = await (
            from release in db.Set<Release>().AsNoTracking()
            where EF.Parameter(ids).Contains(release.AssetId)
            join asset in db.Set<Asset>().AsNoTracking() on release.AssetId equals asset.Id
            orderby release.ReleasedAt descending, release.Id
            select new ReachedRelease(release, asset.Name)).ToListAsync(cancellationToken);
        return new(versions, releases, await PagesAsync(db, ids, versions, takenOffBy, cancellationToken), await ActiveJobsAsync(db, ids, cancellationToken));
    }

    /// <summary>Work that has not ended and uses any of the assets.</summary>
    internal static async Task<List<Job>> ActiveJobsAsync(AnswerprintDb db, IReadOnlyCollection<Guid> assets, CancellationToken cancellationToken)
    {
        var reached = assets.ToHashSet();
        var active = await db.Set<Job>().Where(job => job.State == JobState.Queued || job.State == JobState.Running || job.State == JobState.AwaitingClearance)
            .OrderBy(job => job.CreatedAt).ToListAsync(cancellationToken);
        return active.FindAll(job => JobInputs.Read(job.InputsJson).Any(input => input.AssetId is { } id && reached.Contains(id)));
    }

    private static async Task<List<ReachedPage>> PagesAsync(AnswerprintDb db, List<Guid> ids, List<ReachedVersion> versions, Guid? takenOffBy, CancellationToken cancellationToken)
    {
        var pictures = await db.Set<Artwork>().AsNoTracking().Where(artwork => EF.Parameter(ids).Contains(artwork.AssetId)
                && (artwork.IsPublished || db.Set<WithdrawnPublication>().Any(publication => publication.WithdrawalId == takenOffBy && publication.ArtworkId == artwork.Id)))
            .GroupBy(artwork => artwork.TitleId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var shots = versions.Where(version => version.Version.Status == VersionStatus.Published).GroupBy(version => version.Production.Id)
            .ToDictionary(group => group.Key, group => group.Count());
        List<Guid> titles = [.. pictures.Keys], productions = [.. shots.Keys];
        var found = await db.Set<Title>().AsNoTracking()
            .Where(title => EF.Parameter(titles).Contains(title.Id) || (title.ProductionId != null && EF.Parameter(productions).Contains(title.ProductionId.Value)))
            .OrderBy(title => title.Name).ToListAsync(cancellationToken);
        return found.ConvertAll(title => new ReachedPage(title, pictures.GetValueOrDefault(title.Id), title.ProductionId is { } of ? shots.GetValueOrDefault(of) : 0));
    }
}
