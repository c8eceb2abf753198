using System.Security.Cryptography;
using System.Text;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Answerprint.Platform.Jobs;

/// <summary>
/// Folders of half-finished work that outlive the process that made it, each named by what it was made from: a killed job goes on where it was, and a
/// retake takes over what did not change. They stay while a job that has not ended needs them, then for a while, in bounded space; what came from a
/// source that was taken back goes.
/// </summary>
internal sealed class KeptWork(DataFolder folder, IOptions<JobOptions> options, TimeProvider clock, ILogger<KeptWork> logger)
{
    private const string Users = ".jobs", Held = ".held";

    /// <summary>Opens the folder for a key and holds it until it is disposed; where another run holds it, one of the job's own.</summary>
    /// <param name="job">The job.</param>
    /// <param name="key">Everything that the content depends on.</param>
    public KeptFolder Open(Job job, string key)
    {
        // A second run has to prove the first, so it takes nothing over from it.
        var shared = job.Run == 1 ? key : $"{key}, run {job.Run} of {job.Hash}";
        return TryHold(PathOf(job, shared), job) ?? TryHold(PathOf(job, $"{shared}, job {job.Id}"), job)
            ?? throw new IOException($"the kept work of job {job.Id} is held by another process");
    }

    /// <summary>Removes what is no longer needed.</summary>
    public async Task SweepAsync(AnswerprintDb db, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder.Kept)) return;
        var idle = new List<(string Path, DateTimeOffset Used, long Bytes)>();
        foreach (var path in Directory.EnumerateDirectories(folder.Kept))
        {
            var need = await NeedAsync(db, path, cancellationToken);
            if (need == Need.None) Remove(path);
            else if (need == Need.Retake) idle.Add((path, LastUse(path), Size(path)));
        }
        var left = options.Value.KeptBytes;
        foreach (var (path, used, bytes) in idle.OrderByDescending(one => one.Used))
        {
            left -= bytes;
            if (left < 0 || used < clock.GetUtcNow() - options.Value.KeepFor) Remove(path);
        }
    }

    private string PathOf(Job job, string key) =>
        Path.Combine(folder.Kept, $"{job.Recipe}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32]}");

    private KeptFolder? TryHold(string path, Job job)
    {
        Directory.CreateDirectory(Path.Combine(path, Users));
        if (TryLock(path) is not { } held) return null;
        var user = Path.Combine(path, Users, job.Id.ToString("N"));
        File.WriteAllBytes(user, []);
        File.SetLastWriteTimeUtc(user, clock.GetUtcNow().UtcDateTime);
        return new KeptFolder(path, held);
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(Path.Combine(path, Held), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static async Task<Need> NeedAsync(AnswerprintDb db, string path, CancellationToken cancellationToken)
    {
        var ids = Directory.Exists(Path.Combine(path, Users))
            ? Directory.EnumerateFiles(Path.Combine(path, Users)).Select(file => Guid.TryParseExact(Path.GetFileName(file), "N", out var id) ? id : Guid.Empty).ToList() : [];
        var jobs = await db.Set<Job>().AsNoTracking().Where(job => EF.Parameter(ids).Contains(job.Id)).ToListAsync(cancellationToken);
        foreach (var job in jobs)
            if (await JobEndings.TakenBackAsync(db, job, cancellationToken) is { Length: > 0 }) return Need.None;
        return jobs.Exists(job => !job.HasEnded) ? Need.Job : jobs.Exists(job => job.State == JobState.Done) ? Need.Retake : Need.None;
    }

    private static DateTimeOffset LastUse(string path) => Directory.EnumerateFiles(Path.Combine(path, Users)).Max(File.GetLastWriteTimeUtc);

    private static long Size(string path) => new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    private void Remove(string path)
    {
        // Held means used by a run that is just ending or beginning: the next sweep comes back to it.
        if (TryLock(path) is not { } held) return;
        var bytes = Size(path);
        Directory.Delete(path, recursive: true);
        held.Dispose();
        Log.KeptRemoved(logger, Path.GetFileName(path), bytes);
    }

    private enum Need
    {
        None,
        Retake,
        Job,
    }
}

/// <summary>A folder of kept work, held by one run.</summary>
internal sealed class KeptFolder(string path, FileStream held) : IDisposable
{
    public string Path { get; } = path;

    public void Dispose() => held.Dispose();
}
