using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Productions.Import;

/// <summary>Something to bring in.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Files">One file, or the frames of a sequence in order.</param>
/// <param name="SharedName">What a sequence is called; empty for a file, which is called by its own name.</param>
public sealed record ImportItem(string Name, IReadOnlyList<IngestedFile> Files, string SharedName = "");

/// <summary>A wish to bring many files in.</summary>
/// <param name="ProductionId">The production.</param>
/// <param name="Source">Where they come from, up to 200 characters.</param>
/// <param name="Rights">Whose they all are.</param>
/// <param name="Tags">Tags that all of them get.</param>
public sealed record ImportFilesRequest(Guid ProductionId, string Source, IngestRights Rights, IReadOnlyList<string> Tags)
{
    /// <summary>The shot of which each becomes the next version; none for the library.</summary>
    public Guid? ShotId { get; init; }

    /// <summary>Higher goes first.</summary>
    public int Priority { get; init; }
}

/// <summary>
/// Brings many files in, each by a job of its own. What the production holds already is known by its SHA-256 and is not brought twice, so an import that
/// was cut off is simply begun again.
/// </summary>
/// <param name="db">Records.</param>
/// <param name="ingest">Takes each in.</param>
/// <param name="clock">Time.</param>
public sealed class ImportFiles(AnswerprintDb db, IngestFile ingest, TimeProvider clock)
{
    private const int MaxSource = 200;
    private const int MaxName = 400;

    /// <summary>Begins an import, to which files are then added.</summary>
    public async Task<FileImport> BeginAsync(ImportFilesRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var now = clock.GetUtcNow();
        var import = new FileImport { Id = Guid.CreateVersion7(now), ProductionId = request.ProductionId, Source = Cut(request.Source, MaxSource), CreatedBy = actor.AccountId, CreatedAt = now };
        db.Add(import);
        await db.SaveChangesAsync(cancellationToken);
        return import;
    }

    /// <summary>The asset of a production that holds the same bytes; none where there is none.</summary>
    /// <param name="productionId">The production.</param>
    /// <param name="sha256">SHA-256 of the first file.</param>
    /// <param name="files">How many files it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<Asset?> KnownAsync(Guid productionId, string sha256, int files, CancellationToken cancellationToken) =>
        db.Set<Asset>().AsNoTracking().Where(asset => asset.ProductionId == productionId && asset.BlobSha256 == sha256 && asset.Kind != AssetKind.Attribution && asset.Kind != AssetKind.Artwork)
            .Where(asset => files == 1 ? asset.Kind != AssetKind.Sequence : asset.Kind == AssetKind.Sequence && asset.Frames == files)
            .OrderByDescending(asset => asset.State).ThenBy(asset => asset.Id).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Adds one file, or one sequence, whose bytes are in the store or known; returns what became of it.</summary>
    public async Task<ImportedFile> AddAsync(FileImport import, ImportFilesRequest request, ImportItem item, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(import);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(item);
        var file = new ImportedFile
        {
            ImportId = import.Id, Number = await NextAsync(import, cancellationToken), Name = Cut(item.Name, MaxName), Files = item.Files.Count,
        };
        var known = request.ShotId is null ? await KnownAsync(request.ProductionId, item.Files[0].BlobSha256, item.Files.Count, cancellationToken) : null;
        if (known is { State: AssetState.Quarantined })
            (file.Outcome, file.AssetId, file.Problem) = (ImportOutcome.TakenDown, known.Id, $"'{known.Name}' has the same bytes and is taken down: {known.StateReason}");
        else if (known is not null)
            (file.Outcome, file.AssetId) = (ImportOutcome.AlreadyHere, known.Id);
        else
            await IngestAsync(file, request, item, actor, cancellationToken);
        db.Add(file);
        await db.SaveChangesAsync(cancellationToken);
        return file;
    }

    /// <summary>Puts on record that a file was not taken, and why.</summary>
    public async Task<ImportedFile> RefuseAsync(FileImport import, string name, string problem, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(import);
        var file = new ImportedFile { ImportId = import.Id, Number = await NextAsync(import, cancellationToken), Name = Cut(name, MaxName), Files = 1, Outcome = ImportOutcome.Refused, Problem = problem };
        db.Add(file);
        await db.SaveChangesAsync(cancellationToken);
        return file;
    }

    private async Task<int> NextAsync(FileImport import, CancellationToken cancellationToken) => 1 + await db.Set<ImportedFile>().CountAsync(other => other.ImportId == import.Id, cancellationToken);

    private async Task IngestAsync(ImportedFile file, ImportFilesRequest request, ImportItem item, Actor actor, CancellationToken cancellationToken)
    {
        var taken = await ingest.HandleAsync(
            new IngestFileRequest(request.ProductionId, item.Files, request.Rights, request.ShotId) { Tags = request.Tags, Priority = request.Priority, Name = item.SharedName }, actor, cancellationToken);
        (file.Outcome, file.JobId, file.Problem) = (taken.Job is null ? ImportOutcome.Refused : ImportOutcome.Queued, taken.Job?.Id, taken.Problem);
    }

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;
}
