using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Audience.Pages;

/// <summary>The rows of one viewer's home page, in order.</summary>
internal static class HomeShelves
{
    public static async Task<(IReadOnlyList<Shelf> Shelves, IReadOnlyList<Resume> Resumes)> ReadAsync(
        AnswerprintDb db, Guid profileId, CatalogueSnapshot snapshot, CancellationToken cancellationToken)
    {
        var resumes = await ContinueWatching.ReadAsync(db, profileId, snapshot, cancellationToken);
        return ContinueWatching.Row(resumes) is { } own ? ([own, .. snapshot.Shelves], resumes) : (snapshot.Shelves, resumes);
    }

    /// <summary>The progress that a row shows: only the viewer's own row does.</summary>
    public static Func<CatalogueTitle, double?>? Watched(Shelf shelf, IReadOnlyList<Resume> resumes) =>
        shelf.Key == ContinueWatching.Key ? title => resumes.FirstOrDefault(resume => resume.Title.Id == title.Id)?.Share : null;
}
