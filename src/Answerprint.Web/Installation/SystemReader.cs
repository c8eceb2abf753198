using System.Diagnostics;
using Answerprint.Platform.Jobs;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Installation;

/// <summary>How the installation stands at this moment.</summary>
public sealed record HealthView(
    bool WorkerHolds, string Database, long DatabaseBytes, double DatabaseMilliseconds, long DiskFree, long DiskTotal, string DataFolder,
    IReadOnlyDictionary<JobState, int> Jobs, DateTimeOffset? OldestQueued, TimeSpan Up, long Memory);

/// <summary>What the content-addressed store holds.</summary>
public sealed record StorageView(
    long Blobs, long Bytes, long DiskFree, long DiskTotal, long Staged, long StagedBytes, IReadOnlyList<(AssetKind Kind, int Count, long Bytes)> Assets, int Releases, long ReleaseBytes);

/// <summary>Looks after the machine: reads only.</summary>
internal sealed class SystemReader(AnswerprintDb db, DataFolder folder, StorageOptions storage, TimeProvider clock)
{
    /// <summary>Below this the page warns: a long ingest may not fit.</summary>
    public const long LowDisk = 5L << 30;

    public async Task<HealthView> HealthAsync(CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        var counts = await db.Set<Job>().GroupBy(job => job.State).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var milliseconds = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        var oldest = await db.Set<Job>().Where(job => job.State == JobState.Queued).OrderBy(job => job.CreatedAt).Select(job => (DateTimeOffset?)job.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        // What was written since the last checkpoint lies beside the database.
        var bytes = LengthOf(folder.Database) + LengthOf(folder.Database + "-wal");
        var disk = new DriveInfo(folder.Root);
        using var process = Process.GetCurrentProcess();
        return new HealthView(
            WorkerHolds(), string.IsNullOrEmpty(storage.Postgres) ? "SQLite" : "PostgreSQL", bytes, milliseconds, disk.AvailableFreeSpace, disk.TotalSize,
            folder.Root, counts, oldest, clock.GetUtcNow() - process.StartTime.ToUniversalTime(), process.WorkingSet64);
    }

    public async Task<StorageView> StorageAsync(CancellationToken cancellationToken)
    {
        var (blobs, bytes) = Weigh(folder.Blobs);
        var (staged, stagedBytes) = Weigh(folder.Staging);
        var kinds = await db.Set<Asset>().GroupBy(asset => asset.Kind).Select(group => new { group.Key, Count = group.Count(), Bytes = group.Sum(asset => asset.Length) }).ToListAsync(cancellationToken);
        var disk = new DriveInfo(folder.Root);
        return new StorageView(
            blobs, bytes, disk.AvailableFreeSpace, disk.TotalSize, staged, stagedBytes, [.. kinds.OrderByDescending(kind => kind.Bytes).Select(kind => (kind.Key, kind.Count, kind.Bytes))],
            await db.Set<Release>().CountAsync(cancellationToken), await db.Set<Release>().SumAsync(release => release.Length, cancellationToken));
    }

    /// <summary>A worker lives as long as it holds its lock: the kernel gives the lock back when the process dies.</summary>
    private bool WorkerHolds()
    {
        if (!File.Exists(folder.WorkerLock)) return false;
        using var taken = WorkerLock.TryTake(folder);
        return taken is null;
    }

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static (long Count, long Bytes) Weigh(string path)
    {
        var (count, bytes) = (0L, 0L);
        foreach (var file in new DirectoryInfo(path).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }))
        {
            count++;
            try
            {
                bytes += file.Length;
            }
            catch (FileNotFoundException)
            {
                // Staged files come and go while they are counted.
            }
        }
        return (count, bytes);
    }
}
