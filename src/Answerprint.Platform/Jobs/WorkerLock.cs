using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Jobs;

/// <summary>One worker for one data folder: an exclusive file lock that the kernel gives back when the process dies.</summary>
public sealed class WorkerLock : IDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);
    private readonly FileStream file;

    private WorkerLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock if it is free.</summary>
    public static WorkerLock? TryTake(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            return new WorkerLock(new FileStream(folder.WorkerLock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Waits until the lock is free: an earlier worker may be ending.</summary>
    public static async Task<WorkerLock> WaitAsync(DataFolder folder, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(folder) is { } taken) return taken;
            await Task.Delay(Retry, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
