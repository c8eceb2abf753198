using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Library;

/// <summary>An import and how far each of its files is.</summary>
public sealed record ImportModel(FileImport Import, Production Production, IReadOnlyList<ImportModel.Line> Lines)
{
    /// <summary>One file, its job as it stands, and the asset that it became or was.</summary>
    public sealed record Line(ImportedFile File, Job? Job, Guid? AssetId)
    {
        public bool IsOpen => Job is { HasEnded: false };

        public bool IsFailed => File.Outcome is ImportOutcome.Refused or ImportOutcome.TakenDown || Job is { State: JobState.Failed or JobState.Refused or JobState.Cancelled };

        public string Problem => File.Problem.Length > 0 ? File.Problem : Job is { State: JobState.Failed or JobState.Refused or JobState.Cancelled } ended ? ended.Error : "";
    }

    public int Done => Lines.Count(line => line.Job is { State: JobState.Done });

    public int Known => Lines.Count(line => line.File.Outcome == ImportOutcome.AlreadyHere);

    public int Failed => Lines.Count(line => line.IsFailed);

    public int Open => Lines.Count(line => line.IsOpen);

    /// <summary>0 to 1; a running job counts by its own progress.</summary>
    public double Progress => Lines.Count == 0 ? 1 : Lines.Sum(line => line.IsOpen ? line.Job!.Progress : 1) / Lines.Count;

    internal static async Task<ImportModel?> LoadAsync(AnswerprintDb db, Guid id, Actor actor, CancellationToken cancellationToken)
    {
        var import = await db.Set<FileImport>().AsNoTracking().FirstOrDefaultAsync(import => import.Id == id, cancellationToken);
        if (import is null) return null;
        var production = await db.Set<Production>().AsNoTracking().FirstAsync(production => production.Id == import.ProductionId, cancellationToken);
        var files = await db.Set<ImportedFile>().AsNoTracking().Where(file => file.ImportId == id).OrderBy(file => file.Number).ToListAsync(cancellationToken);
        var jobIds = files.Select(file => file.JobId).OfType<Guid>().Distinct().ToList();
        var jobs = await db.Set<Job>().AsNoTracking().Where(job => jobIds.Contains(job.Id)).ToDictionaryAsync(job => job.Id, cancellationToken);
        var made = (await LibraryAccess.Seen(db, actor).Where(asset => asset.JobId != null && jobIds.Contains(asset.JobId.Value)).Select(asset => new { asset.JobId, asset.Id }).ToListAsync(cancellationToken))
            .ToLookup(asset => asset.JobId!.Value, asset => asset.Id);
        return new ImportModel(import, production, files.ConvertAll(file => new Line(
            file, file.JobId is { } job ? jobs.GetValueOrDefault(job) : null, file.AssetId ?? (file.JobId is { } own && made[own].Any() ? made[own].First() : null))));
    }
}
