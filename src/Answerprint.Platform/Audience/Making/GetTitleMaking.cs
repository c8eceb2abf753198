using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Audience.Making;

/// <summary>How a title was made.</summary>
/// <param name="Slug">The title.</param>
public sealed record GetTitleMakingRequest(string Slug);

/// <summary>The story.</summary>
/// <param name="Title">None where there is no such title.</param>
/// <param name="Making">None where there is no such title; empty where nothing of it is published.</param>
public sealed record GetTitleMakingResult(CatalogueTitle? Title, TitleMaking? Making);

/// <summary>Tells from the records how what viewers see of a title was made. Claims nothing that is not recorded.</summary>
/// <param name="db">Records.</param>
/// <param name="catalogue">What is published.</param>
/// <param name="cache">What was told since the last commit.</param>
public sealed class GetTitleMaking(AnswerprintDb db, LiveCatalogue catalogue, MakingCache cache)
{
    private static readonly TitleMaking Nothing = new([], [], [], Likeness.NotRecorded, [], [], 0, 0);

    /// <summary>Reads; everybody who may watch may.</summary>
    public async Task<GetTitleMakingResult> HandleAsync(GetTitleMakingRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        // Looked at before anything is read: what is committed while we read is told next time.
        var version = catalogue.Look();
        var title = (await catalogue.CurrentAsync(cancellationToken)).FindTitle(request.Slug);
        if (title is null) return new(null, null);
        if (title.Artworks.Count == 0 && title.Clips.Count == 0) return new(title, Nothing);
        if (cache.Find(title.Id, version) is { } told) return new(title, told);
        var making = await ReadAsync(title, cancellationToken);
        cache.Keep(title.Id, version, making);
        return new(title, making);
    }

    private async Task<TitleMaking> ReadAsync(CatalogueTitle title, CancellationToken cancellationToken)
    {
        var shown = title.Artworks.Select(artwork => artwork.AssetId).Concat(title.Clips.Select(clip => clip.AssetId)).Distinct().ToList();
        var releaseIds = title.Artworks.Select(artwork => artwork.ReleaseId).ToList();
        var versionIds = title.Clips.Select(clip => clip.VersionId).ToList();

        var lineage = await Lineage.ReadAsync(db, shown, cancellationToken);
        var jobIds = lineage.Assets.Values.Where(asset => asset.JobId is not null).Select(asset => asset.JobId!.Value).Distinct().ToList();
        var jobs = await db.Set<Job>().AsNoTracking().Where(job => jobIds.Contains(job.Id)).ToListAsync(cancellationToken);
        var releases = await db.Set<Release>().AsNoTracking().Where(release => releaseIds.Contains(release.Id)).ToListAsync(cancellationToken);
        var versions = await db.Set<ShotVersion>().AsNoTracking().Where(version => versionIds.Contains(version.Id)).ToListAsync(cancellationToken);
        var decisionIds = jobs.Select(job => job.DecisionId).Concat(releases.Select(release => release.DecisionId)).Distinct().ToList();
        var decisions = await db.Set<Decision>().AsNoTracking().Where(decision => decisionIds.Contains(decision.Id)).ToListAsync(cancellationToken);
        var parts = MakingParts.Of(lineage.Assets.Values, jobs, releases, versions, decisions);
        var people = await PeopleAsync(parts, cancellationToken);

        string NameOf(Guid? id) => id is { } known && people.TryGetValue(known, out var person) ? person.DisplayName : "";
        return new TitleMaking(
            [.. parts.Select(part => (Person: people.GetValueOrDefault(part.Key), part.Value))
                .Where(part => part.Person is not null).Select(part => new MakingPerson(part.Person!.DisplayName, part.Value, part.Person.IsService))],
            MakingParts.Tools(jobs),
            MakingParts.Sources(title, lineage),
            MakingParts.LikenessOf(lineage, jobs),
            MakingParts.Decisions(decisions, NameOf),
            [.. title.Artworks.DistinctBy(artwork => artwork.ReleaseId).Join(releases, artwork => artwork.ReleaseId, release => release.Id,
                (artwork, release) => new SignedPicture(release.Id, release.FileName, artwork.Aspect, artwork.HasTitle, release.BlobSha256,
                    release.Length, release.ManifestLabel, NameOf(release.ReleasedBy), release.ReleasedAt))],
            title.Clips.Count,
            jobs.Sum(job => job.CpuSeconds));
    }

    private async Task<Dictionary<Guid, Account>> PeopleAsync(IReadOnlyDictionary<Guid, IReadOnlyList<string>> parts, CancellationToken cancellationToken)
    {
        var ids = parts.Keys.ToList();
        return await db.Set<Account>().AsNoTracking().Where(account => ids.Contains(account.Id)).ToDictionaryAsync(account => account.Id, cancellationToken);
    }
}
