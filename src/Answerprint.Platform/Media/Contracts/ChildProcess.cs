using Answerprint.Platform.Media.Processes;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>
/// A running program of its own process group, under CPU, memory and time limits, that dies with us: it is started from one thread
/// that lives as long as the program does and asks the kernel for SIGKILL at that thread's end (PR_SET_PDEATHSIG).
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly SpawnedProcess process;

    private ChildProcess(SpawnedProcess process) => this.process = process;

    /// <summary>The process id, which is also its group's.</summary>
    public int Id => process.Id;

    /// <summary>The pipe to its standard input; dispose it to signal the end. Null when not redirected.</summary>
    public Stream? StandardInput => process.Input;

    /// <summary>The pipe from its standard output; must be read to the end. Null when not redirected.</summary>
    public Stream? StandardOutput => process.Output;

    /// <summary>The pipe from its descriptor 3; must be read to the end. Null when not redirected.</summary>
    public Stream? SideOutput => process.Side;

    /// <summary>Ends when the process and its group are gone and standard error is drained; never faults.</summary>
    public Task<ChildProcessResult> Completion => process.Completion;

    /// <summary>Starts a program.</summary>
    /// <exception cref="ProgramMissingException">The program, or one of prlimit, setpriv and nice, is not installed.</exception>
    /// <exception cref="IOException">The system has no process or descriptor to give, or a redirected file cannot be opened.</exception>
    public static ChildProcess Start(ChildProcessOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ChildProcess(SpawnedProcess.Start(options, SpawnThread.Shared));
    }

    /// <summary>Runs a program to its end. On cancellation its group is dead before this throws.</summary>
    /// <exception cref="ProgramMissingException">The program, or one of prlimit, setpriv and nice, is not installed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<ChildProcessResult> RunAsync(ChildProcessOptions options, CancellationToken cancellationToken = default)
    {
        if (options.RedirectInput || options.RedirectOutput || options.RedirectSide)
            throw new ArgumentException("Pipes need somebody to serve them: use Start.", nameof(options));
        cancellationToken.ThrowIfCancellationRequested();
        await using var child = Start(options);
        return await child.WaitAsync(cancellationToken);
    }

    /// <summary>Waits for the end; on cancellation kills the group, waits until it is gone and throws.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before the process ended by itself.</exception>
    public async Task<ChildProcessResult> WaitAsync(CancellationToken cancellationToken = default)
    {
        await using var registration = cancellationToken.UnsafeRegister(static p => ((SpawnedProcess)p!).Kill(ChildProcessEnd.Cancelled), process);
        var result = await Completion;
        if (result.End == ChildProcessEnd.Cancelled) cancellationToken.ThrowIfCancellationRequested();
        return result;
    }

    /// <summary>Kills the whole process group at once. Does nothing after the end.</summary>
    public void Kill() => process.Kill(ChildProcessEnd.Cancelled);

    /// <summary>Kills the group if it still runs, waits until it is gone and closes the pipes.</summary>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await Completion;
        process.Dispose();
    }
}
