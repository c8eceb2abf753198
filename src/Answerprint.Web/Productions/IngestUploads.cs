using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Uploads;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions;

namespace Answerprint.Web.Productions;

/// <summary>Turns complete uploads into ingest jobs, one a file.</summary>
internal sealed class IngestUploads(UploadStore uploads, IngestFile ingest)
{
    public const int MaxFiles = 2000;

    /// <summary>One file and what became of it.</summary>
    public sealed record Taken(Guid Upload, string FileName, Job? Job, string Problem);

    /// <summary>The upload that an address or an id names.</summary>
    public static Guid? IdIn(string addressOrId) =>
        Guid.TryParse(addressOrId[(addressOrId.LastIndexOf('/') + 1)..], out var id) ? id : null;

    /// <summary>Puts each upload into the store and its ingest on record. One that is refused stays open and can be sent again with other words.</summary>
    public async Task<IReadOnlyList<Taken>> HandleAsync(
        IReadOnlyList<Guid> ids, Guid productionId, Guid? shotId, IngestRights rights, int priority, Actor actor, CancellationToken cancellationToken)
    {
        var all = new List<Taken>(ids.Count);
        foreach (var id in ids)
        {
            var taken = await uploads.TakeAsync(actor.AccountId, id, cancellationToken);
            if (taken.Problem.Length > 0)
            {
                all.Add(new Taken(id, taken.FileName, null, taken.Problem));
                continue;
            }
            var wish = new IngestFileRequest(productionId, [new IngestedFile(taken.FileName, taken.BlobSha256)], rights, shotId) { Priority = priority };
            var result = await ingest.HandleAsync(wish, actor, cancellationToken);
            if (result.Job is not null) uploads.Release(actor.AccountId, id);
            all.Add(new Taken(id, taken.FileName, result.Job, result.Job is null ? result.Problem : ""));
        }
        return all;
    }
}
