using Answerprint.Imaging.Quality.Looks;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Library.Looks;
using Answerprint.Platform.Library.Words;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Library.Keeping;

/// <summary>
/// Brings the index in line with the records, some at a time: looks and words of assets that have none or older ones, words of what the audit says has
/// changed, and groups of copies. Safe to stop at any line: what is not saved is done again.
/// </summary>
public sealed class BringUpToDate
{
    private const string Audit = "audit";
    private const int Batch = 50;
    private const int AuditBatch = 500;
    private readonly AnswerprintDb db;
    private readonly BlobStore blobs;
    private readonly LookReader reader;
    private readonly DuplicateGroups groups;

    internal BringUpToDate(AnswerprintDb db, BlobStore blobs, LookReader reader, DuplicateGroups groups) => (this.db, this.blobs, this.reader, this.groups) = (db, blobs, reader, groups);

    /// <summary>Does some of what is to do.</summary>
    /// <returns>How many assets were brought up to date; 0 where nothing is left.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellationToken)
    {
        var done = await MissingAsync(cancellationToken) + await ChangedAsync(cancellationToken) + await LooksAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return done + await groups.GroupAsync(db, Batch, cancellationToken);
    }

    /// <summary>Assets that are not in the index, or whose words are of an older form.</summary>
    private async Task<int> MissingAsync(CancellationToken cancellationToken)
    {
        // Counted first: in a large library to count is cheap, to look for the one that is missing is not.
        var isComplete = await db.Set<Asset>().CountAsync(cancellationToken) == await db.Set<LibraryEntry>().CountAsync(cancellationToken);
        var ids = isComplete ? [] : await db.Set<Asset>().Where(asset => !db.Set<LibraryEntry>().Any(entry => entry.AssetId == asset.Id)).OrderBy(asset => asset.Id).Select(asset => asset.Id).Take(Batch).ToListAsync(cancellationToken);
        if (ids.Count == 0)
            ids = await db.Set<LibraryEntry>().Where(entry => entry.WordVersion != WordIndex.Version).OrderBy(entry => entry.AssetId).Select(entry => entry.AssetId).Take(Batch).ToListAsync(cancellationToken);
        await WriteAsync(ids, null, cancellationToken);
        return ids.Count;
    }

    /// <summary>The audit is read on from where it was left: every act that changes what is written of an asset stands there.</summary>
    private async Task<int> ChangedAsync(CancellationToken cancellationToken)
    {
        var cursor = await db.Set<LibraryCursor>().AsNoTracking().FirstOrDefaultAsync(cursor => cursor.Name == Audit, cancellationToken);
        var last = cursor?.Number ?? 0;
        var acts = await db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Number > last).OrderBy(entry => entry.Number).Take(AuditBatch)
            .Select(entry => new { entry.Number, entry.SubjectKind, entry.SubjectId }).ToListAsync(cancellationToken);
        if (acts.Count == 0) return 0;
        var ids = new HashSet<Guid>();
        foreach (var (kind, subject) in acts.Select(act => (act.SubjectKind, act.SubjectId)).Distinct())
            if (Guid.TryParse(subject, out var id)) ids.UnionWith(await TouchedAsync(kind, id, cancellationToken));
        await WriteAsync([.. ids], acts[^1].Number, cancellationToken);
        return ids.Count;
    }

    private async Task<IEnumerable<Guid>> TouchedAsync(string kind, Guid id, CancellationToken cancellationToken) => kind switch
    {
        "asset" => await db.Set<Asset>().Where(asset => asset.Id == id).Select(asset => asset.Id).ToListAsync(cancellationToken),
        "version" => await db.Set<ShotVersion>().Where(version => version.Id == id).Select(version => version.AssetId).ToListAsync(cancellationToken),
        "shot" => await db.Set<ShotVersion>().Where(version => version.ShotId == id).Select(version => version.AssetId).ToListAsync(cancellationToken),
        "production" => await db.Set<Asset>().Where(asset => asset.ProductionId == id).Select(asset => asset.Id).ToListAsync(cancellationToken),
        "title" => await db.Set<Asset>().Where(asset => db.Set<Title>().Any(title => title.Id == id && title.ProductionId == asset.ProductionId)).Select(asset => asset.Id).ToListAsync(cancellationToken),
        _ => [],
    };

    private async Task WriteAsync(List<Guid> ids, long? cursor, CancellationToken cancellationToken)
    {
        if (ids.Count == 0 && cursor is null) return;
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var some in ids.Chunk(4 * Batch)) await WordIndex.WriteAsync(db, some, cancellationToken);
        if (cursor is { } number)
        {
            var row = await db.Set<LibraryCursor>().FirstOrDefaultAsync(row => row.Name == Audit, cancellationToken);
            if (row is null) db.Add(row = new LibraryCursor { Name = Audit });
            row.Number = number;
        }
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Looks that are missing, or of an older form. An asset that shows nothing is asked once.</summary>
    private async Task<int> LooksAsync(CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var entries = await db.Set<LibraryEntry>().Where(entry => entry.LookVersion != Look.Version && entry.LookVersion != -Look.Version).OrderBy(entry => entry.AssetId).Take(Batch).ToListAsync(cancellationToken);
        foreach (var entry in entries)
        {
            var asset = await db.Set<Asset>().AsNoTracking().FirstAsync(asset => asset.Id == entry.AssetId, cancellationToken);
            var renditions = await db.Set<Rendition>().AsNoTracking().Where(made => made.AssetId == asset.Id).ToListAsync(cancellationToken);
            var looks = await reader.ReadAsync(
                LookReader.SourcesOf(asset, blobs.PathOf(asset.BlobSha256), renditions.Select(made => (made.Kind, made.Tiles, blobs.PathOf(made.BlobSha256)))), cancellationToken);
            var shown = LookReader.LacksThumbnail(asset, renditions.Select(made => made.Kind)) ? await ThumbnailAsync(asset, cancellationToken) : null;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (shown is not null) db.Add(shown);
            await db.Set<LibraryLook>().Where(look => look.AssetId == asset.Id).ExecuteDeleteAsync(cancellationToken);
            foreach (var look in looks) look.AssetId = asset.Id;
            db.AddRange(looks);
            (entry.LookVersion, entry.IsGrouped) = (looks.Count > 0 ? Look.Version : -Look.Version, false);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        return entries.Count;
    }

    /// <summary>What a recipe made without a picture to show it gets one, so that it is seen in the library.</summary>
    private async Task<Rendition?> ThumbnailAsync(Asset asset, CancellationToken cancellationToken)
    {
        if (await reader.ThumbnailAsync(blobs.PathOf(asset.BlobSha256), cancellationToken) is not var (jpeg, width, height)) return null;
        var stored = await blobs.AddAsync(new MemoryStream(jpeg), cancellationToken);
        return new Rendition { AssetId = asset.Id, Kind = RenditionKind.Thumbnail, BlobSha256 = stored.Sha256, MediaType = "image/jpeg", Width = width, Height = height };
    }
}
