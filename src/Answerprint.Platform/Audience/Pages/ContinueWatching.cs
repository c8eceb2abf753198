using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Audience.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Audience.Pages;

/// <summary>What a viewer began and has not finished.</summary>
internal static class ContinueWatching
{
    public const string Key = "continue";

    /// <summary>Plays looked back at: more than a page holds, and bounded.</summary>
    private const int LookBack = 200;

    private static readonly Func<AnswerprintDb, Guid, IAsyncEnumerable<Play>> LastPlays = EF.CompileAsyncQuery(
        (AnswerprintDb db, Guid profileId) => db.Set<Play>().AsNoTracking()
            .Where(play => play.ProfileId == profileId).OrderByDescending(play => play.StartedAtMs).ThenBy(play => play.Id).Take(LookBack));

    /// <summary>Where the viewer is in each title, the last one first: the latest play of a title decides.</summary>
    public static async Task<IReadOnlyList<Resume>> ReadAsync(AnswerprintDb db, Guid profileId, CatalogueSnapshot snapshot, CancellationToken cancellationToken)
    {
        var (resumes, seen) = (new List<Resume>(), new HashSet<Guid>());
        await foreach (var play in LastPlays(db, profileId).WithCancellation(cancellationToken))
        {
            if (!seen.Add(play.TitleId) || play.Finished || play.PositionMs <= 0) continue;
            if (snapshot.FindTitle(play.TitleId) is { IsPlayable: true } title && play.PositionMs < title.FilmMs) resumes.Add(new(title, play.PositionMs));
        }
        return resumes;
    }

    /// <summary>The viewer's own row; none where nothing was begun.</summary>
    public static Shelf? Row(IReadOnlyList<Resume> resumes) => resumes.Count == 0
        ? null
        : new Shelf(Key, "Continue watching", "What you began, the last one first", [.. resumes.Select(resume => resume.Title)]);
}

/// <summary>Where a viewer is in a title.</summary>
/// <param name="Title">The title.</param>
/// <param name="PositionMs">Milliseconds from its beginning.</param>
internal sealed record Resume(CatalogueTitle Title, long PositionMs)
{
    public double Share => Math.Clamp((double)PositionMs / Math.Max(1, Title.FilmMs), 0, 1);
}
