using System.Diagnostics;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Jobs;

/// <summary>Keeps one worker process alive beside the server: a crashing codec takes a worker down, never the pages.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="storage">Where records are kept.</param>
/// <param name="logger">Where restarts are noted.</param>
public sealed class WorkerProcess(DataFolder folder, StorageOptions storage, ILogger<WorkerProcess> logger) : IHostedService, IDisposable
{
    /// <summary>The environment variable by which the connection string reaches the worker, so that it shows in no process list.</summary>
    public const string PostgresVariable = "ANSWERPRINT_POSTGRES";

    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource stopping = new();
    private Thread? keeper;
    private volatile Process? process;

    /// <summary>The worker's process id; none while none runs.</summary>
    public int? ProcessId => process is { HasExited: false } running ? running.Id : null;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // One thread starts the worker and outlives it: the kernel's parent-death signal is tied to the thread that forked.
        keeper = new Thread(Keep) { IsBackground = true, Name = "worker keeper" };
        keeper.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        stopping.Cancel();
        try
        {
            process?.StandardInput.Close();
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or ObjectDisposedException)
        {
            // It ended first.
        }
        return Task.Run(() => keeper?.Join(TimeSpan.FromSeconds(10)), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();

    private void Keep()
    {
        var delay = TimeSpan.FromMilliseconds(200);
        while (!stopping.IsCancellationRequested)
        {
            var since = Stopwatch.StartNew();
            var exitCode = RunOnce();
            if (stopping.IsCancellationRequested) return;
            delay = since.Elapsed > TimeSpan.FromSeconds(30) ? TimeSpan.FromMilliseconds(200) : Min(delay * 2, LongestDelay);
            Log.WorkerEnded(logger, exitCode, delay);
            stopping.Token.WaitHandle.WaitOne(delay);
        }
    }

    private int RunOnce()
    {
        var (program, arguments) = Command();
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, UseShellExecute = false };
        if (!string.IsNullOrEmpty(storage.Postgres)) start.Environment[PostgresVariable] = storage.Postgres;
        using var started = Process.Start(start)!;
        process = started;
        started.WaitForExit();
        process = null;
        return started.ExitCode;
    }

    /// <summary>This same program with the verb <c>work</c>, killed by the kernel when this process dies, and yielding the processor to pages.</summary>
    private (string Program, List<string> Arguments) Command()
    {
        var self = new List<string> { Environment.ProcessPath! };
        // Started as "dotnet Program.dll" the assembly is the first argument; as an executable of its own there is none.
        if (Path.GetFileNameWithoutExtension(self[0]).Equals("dotnet", StringComparison.OrdinalIgnoreCase)) self.Add(Environment.GetCommandLineArgs()[0]);
        self.AddRange(["work", "--child", "--data", folder.Root]);
        string[] wrapped = OperatingSystem.IsLinux() ? ["nice", "-n", "10", "setpriv", "--pdeathsig", "KILL", "--", .. self] : [.. self];
        return (wrapped[0], [.. wrapped[1..]]);
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
