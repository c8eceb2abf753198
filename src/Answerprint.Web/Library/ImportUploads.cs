using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Uploads;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Productions.Import;
using Answerprint.Web.Productions;

namespace Answerprint.Web.Library;

/// <summary>Turns complete uploads into one import.</summary>
internal sealed class ImportUploads(UploadStore uploads, IngestUploads arrivals, ImportFiles files)
{
    /// <summary>Imports them. An upload that could not be taken, or whose rights were refused, stays open.</summary>
    public async Task<(FileImport Import, IReadOnlyList<ImportedFile> Files)> HandleAsync(IReadOnlyList<Guid> ids, ImportFilesRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var arrived = await arrivals.TakeAsync(ids, actor, cancellationToken);
        var import = await files.BeginAsync(request, actor, cancellationToken);
        var done = new List<ImportedFile>();
        foreach (var item in NumberedFrames.Group(arrived.Where(file => file.Problem.Length == 0), file => file.FileName))
        {
            var frames = item.Files.Select(file => new IngestedFile(file.FileName, file.BlobSha256)).ToList();
            var file = await files.AddAsync(import, request, new ImportItem(item.Name, frames, item.SharedName), actor, cancellationToken);
            if (file.Outcome != ImportOutcome.Refused) foreach (var each in item.Files) uploads.Release(actor.AccountId, each.Id);
            done.Add(file);
        }
        foreach (var failed in arrived.Where(file => file.Problem.Length > 0)) done.Add(await files.RefuseAsync(import, failed.FileName, failed.Problem, cancellationToken));
        return (import, done);
    }
}
