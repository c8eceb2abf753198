using System.Diagnostics;
using System.Runtime.InteropServices;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Media.Processes;

/// <summary>One child from start to reaping. A thread waits for it, so that the kernel's account of its CPU time is read exactly once.</summary>
internal sealed class SpawnedProcess : IDisposable
{
    private readonly TaskCompletionSource<ChildProcessResult> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private readonly ChildProcessLimits limits;
    private readonly Pipe?[] pipes;
    private readonly ErrorTail tail;
    private readonly long startedAt = Stopwatch.GetTimestamp();
    private ChildProcessEnd end = ChildProcessEnd.Exited;
    private bool gone;
    private Timer? clock;

    private SpawnedProcess(ChildProcessOptions options)
    {
        limits = options.Limits;
        tail = new ErrorTail(limits.ErrorTailBytes, options.ErrorLine);
        pipes =
        [
            options.RedirectInput ? new Pipe(childReads: true) : null,
            options.RedirectOutput ? new Pipe(childReads: false) : null,
            new Pipe(childReads: false),
            options.RedirectSide ? new Pipe(childReads: false) : null,
        ];
    }

    public int Id { get; private set; }

    public Stream? Input => pipes[0]?.Stream;

    public Stream? Output => pipes[1]?.Stream;

    public Stream? Side => pipes[3]?.Stream;

    public Task<ChildProcessResult> Completion => completion.Task;

    public static SpawnedProcess Start(ChildProcessOptions options, SpawnThread starter)
    {
        var line = CommandLine.Build(options);
        var process = new SpawnedProcess(options);
        try
        {
            process.Id = starter.Run(() => Spawn.Start(line, CommandLine.Environment(options), options.WorkingDirectory, process.Redirections(options)));
        }
        catch
        {
            process.Dispose();
            throw;
        }

        foreach (var pipe in process.pipes) pipe?.CloseChildEnd();
        var drain = new Thread(() => process.tail.Drain(process.pipes[2]!.Stream), 256 * 1024) { IsBackground = true, Name = "child stderr" };
        drain.Start();
        process.clock = new Timer(_ => process.Kill(ChildProcessEnd.WallClockLimit), null, options.Limits.WallClock, Timeout.InfiniteTimeSpan);
        new Thread(() => process.Reap(drain), 256 * 1024) { IsBackground = true, Name = "child wait" }.Start();
        return process;
    }

    public void Kill(ChildProcessEnd reason)
    {
        lock (gate)
        {
            if (gone) return;
            if (end == ChildProcessEnd.Exited) end = reason;
            // Not reaped yet, so neither the id nor the group can have been given to somebody else.
            _ = Libc.kill(-Id, Libc.SigKill);
        }
    }

    public void Dispose()
    {
        clock?.Dispose();
        foreach (var pipe in pipes) pipe?.Dispose();
    }

    private List<Spawn.Redirection> Redirections(ChildProcessOptions options)
    {
        List<Spawn.Redirection> list =
        [
            pipes[0] is { } input ? new(0, input.ChildEnd, null, 0) : new(0, -1, options.InputFile ?? "/dev/null", Libc.ReadOnly),
            pipes[1] is { } output ? new(1, output.ChildEnd, null, 0) : new(1, -1, options.OutputFile ?? "/dev/null", Libc.WriteCreateTruncate),
            new(2, pipes[2]!.ChildEnd, null, 0),
        ];
        if (pipes[3] is { } side) list.Add(new(3, side.ChildEnd, null, 0));
        return list;
    }

    private unsafe void Reap(Thread drain)
    {
        var info = stackalloc byte[128];
        while (Libc.waitid(Libc.ByPid, Id, info, Libc.WaitExited | Libc.WaitNoReap) != 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted) { }
        int status;
        ResourceUsage usage = default;
        lock (gate)
        {
            // While the leader is unreaped its group id is taken: whatever it left running goes now.
            _ = Libc.kill(-Id, Libc.SigKill);
            while (Libc.wait4(Id, &status, 0, &usage) < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted) { }
            gone = true;
        }

        clock?.Dispose();
        drain.Join();
        completion.SetResult(Result(status, usage));
    }

    private ChildProcessResult Result(int status, ResourceUsage usage)
    {
        var signal = status & 0x7F;
        var reason = end;
        if (signal == 0) reason = ChildProcessEnd.Exited;
        else if (reason == ChildProcessEnd.Exited)
            reason = signal is Libc.SigKill or Libc.SigXCpu && usage.Cpu >= limits.Cpu - TimeSpan.FromSeconds(0.5)
                ? ChildProcessEnd.CpuLimit
                : ChildProcessEnd.Signalled;
        return new ChildProcessResult
        {
            End = reason,
            ExitCode = signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
            Cpu = usage.Cpu,
            Elapsed = Stopwatch.GetElapsedTime(startedAt),
            PeakResidentBytes = usage.PeakResidentKilobytes * 1024,
            ErrorTail = tail.ToString(),
        };
    }
}
