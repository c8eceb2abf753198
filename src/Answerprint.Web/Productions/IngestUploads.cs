using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Uploads;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Productions.Import;

namespace Answerprint.Web.Productions;

/// <summary>Turns complete uploads into ingest jobs.</summary>
internal sealed class IngestUploads(UploadStore uploads, IngestFile ingest)
{
    public const int MaxFiles = 2000;

    /// <summary>One file and what became of it.</summary>
    public sealed record Taken(Guid Upload, string FileName, Job? Job, string Problem);

    /// <summary>The upload that an address or an id names.</summary>
    public static Guid? IdIn(string addressOrId) =>
        Guid.TryParse(addressOrId[(addressOrId.LastIndexOf('/') + 1)..], out var id) ? id : null;

    /// <summary>
    /// Puts the uploads into the store and their ingest on record: one job a file, and one for all frames of a sequence. What is refused stays open and can
    /// be sent again with other words.
    /// </summary>
    public async Task<IReadOnlyList<Taken>> HandleAsync(
        IReadOnlyList<Guid> ids, Guid productionId, Guid? shotId, IngestRights rights, int priority, Actor actor, CancellationToken cancellationToken)
    {
        var arrived = await TakeAsync(ids, actor, cancellationToken);
        var answers = arrived.Where(file => file.Problem.Length > 0).ToDictionary(file => file.Id, file => new Taken(file.Id, file.FileName, null, file.Problem));
        foreach (var item in NumberedFrames.Group(arrived.Where(file => file.Problem.Length == 0), file => file.FileName))
        {
            var wish = new IngestFileRequest(productionId, [.. item.Files.Select(file => new IngestedFile(file.FileName, file.BlobSha256))], rights, shotId) { Priority = priority, Name = item.SharedName };
            var result = await ingest.HandleAsync(wish, actor, cancellationToken);
            foreach (var file in item.Files)
            {
                if (result.Job is not null) uploads.Release(actor.AccountId, file.Id);
                answers[file.Id] = new Taken(file.Id, file.FileName, result.Job, result.Job is null ? result.Problem : "");
            }
        }
        return [.. arrived.Select(file => answers[file.Id])];
    }

    /// <summary>A complete upload whose bytes are in the store, or why they are not.</summary>
    public sealed record Arrived(Guid Id, string FileName, string BlobSha256, string Problem);

    /// <summary>Puts complete uploads into the store.</summary>
    public async Task<IReadOnlyList<Arrived>> TakeAsync(IReadOnlyList<Guid> ids, Actor actor, CancellationToken cancellationToken)
    {
        var arrived = new List<Arrived>(ids.Count);
        foreach (var id in ids.Distinct())
        {
            var taken = await uploads.TakeAsync(actor.AccountId, id, cancellationToken);
            arrived.Add(new Arrived(id, taken.FileName, taken.BlobSha256, taken.Problem));
        }
        return arrived;
    }
}
