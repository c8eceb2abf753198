using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Studio.Variation;

/// <summary>Finds the picture of a draft.</summary>
internal static class DraftPicture
{
    /// <summary>The picture; none where there is none yet, or it is taken back. Work that was run more than once has its picture from the first run.</summary>
    public static Task<Asset?> FindAsync(AnswerprintDb db, Guid draftId, CancellationToken cancellationToken) => (
        from draft in db.Set<StudioDraft>().AsNoTracking()
        where draft.Id == draftId
        join job in db.Set<Job>() on draft.JobId equals job.Id
        join run in db.Set<Job>() on job.Hash equals run.Hash
        join asset in db.Set<Asset>() on run.Id equals asset.JobId
        where asset.Kind == AssetKind.Still && asset.State == AssetState.Active
        orderby run.Run
        select asset).FirstOrDefaultAsync(cancellationToken);
}
