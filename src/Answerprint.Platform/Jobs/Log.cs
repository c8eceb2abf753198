using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Jobs;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Job {JobId} ({Recipe}) started, attempt {Attempt}")]
    public static partial void JobStarted(ILogger logger, Guid jobId, string recipe, int attempt);

    [LoggerMessage(2, LogLevel.Information, "Job {JobId} done in {Seconds:F1} s, {CpuSeconds:F1} CPU-seconds")]
    public static partial void JobDone(ILogger logger, Guid jobId, double seconds, double cpuSeconds);

    [LoggerMessage(3, LogLevel.Warning, "Job {JobId} failed: {Reason}")]
    public static partial void JobFailed(ILogger logger, Guid jobId, string reason);

    [LoggerMessage(4, LogLevel.Warning, "Job {JobId} will be tried again at {At}")]
    public static partial void JobRetried(ILogger logger, Exception error, Guid jobId, DateTimeOffset at);

    [LoggerMessage(5, LogLevel.Information, "Job {JobId} cancelled")]
    public static partial void JobCancelled(ILogger logger, Guid jobId);

    [LoggerMessage(6, LogLevel.Warning, "Job {JobId} was taken over by another worker; this run is dropped")]
    public static partial void LeaseLost(ILogger logger, Guid jobId);

    [LoggerMessage(7, LogLevel.Error, "The dispatcher could not look for work")]
    public static partial void DispatchFailed(ILogger logger, Exception error);

    [LoggerMessage(8, LogLevel.Warning, "The worker process ended with {ExitCode}; starting it again in {Delay}")]
    public static partial void WorkerEnded(ILogger logger, int exitCode, TimeSpan delay);

    [LoggerMessage(9, LogLevel.Information, "Worker {Owner} takes jobs, {Concurrency} at a time")]
    public static partial void WorkerReady(ILogger logger, string owner, int concurrency);

    [LoggerMessage(10, LogLevel.Information, "Removed {Count} blobs that nothing names, {Bytes} bytes")]
    public static partial void Swept(ILogger logger, int count, long bytes);

    [LoggerMessage(11, LogLevel.Information, "Removed the kept work {Folder}, {Bytes} bytes")]
    public static partial void KeptRemoved(ILogger logger, string folder, long bytes);

    [LoggerMessage(12, LogLevel.Error, "Kept work could not be swept")]
    public static partial void KeptSweepFailed(ILogger logger, Exception error);
}
