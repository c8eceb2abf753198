namespace Answerprint.Platform.Media.Contracts;

/// <summary>A program to run under limits.</summary>
public sealed record ChildProcessOptions
{
    /// <summary>The program, by name on PATH or by absolute path.</summary>
    public required string Program { get; init; }

    /// <summary>Arguments, passed as they are; no shell reads them.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The Debian package that brings the program, for the error when it is missing.</summary>
    public string? DebianPackage { get; init; }

    /// <summary>The folder it runs in; null for the current one.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables set beside PATH, HOME, TMPDIR and a C.UTF-8 locale. Nothing else of our own environment is passed on.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether <see cref="ChildProcess.StandardInput"/> is a pipe. Otherwise the program reads <see cref="InputFile"/> or nothing.</summary>
    public bool RedirectInput { get; init; }

    /// <summary>A file to read as standard input.</summary>
    public string? InputFile { get; init; }

    /// <summary>Whether <see cref="ChildProcess.StandardOutput"/> is a pipe. Otherwise output goes to <see cref="OutputFile"/> or nowhere.</summary>
    public bool RedirectOutput { get; init; }

    /// <summary>A file that takes standard output; it is created or emptied.</summary>
    public string? OutputFile { get; init; }

    /// <summary>Whether file descriptor 3 is a pipe that is read through <see cref="ChildProcess.SideOutput"/>.</summary>
    public bool RedirectSide { get; init; }

    /// <summary>Sees each line of standard error as it comes, on the draining thread; true keeps it out of the tail.</summary>
    public Func<string, bool>? ErrorLine { get; init; }

    /// <summary>What it may cost.</summary>
    public ChildProcessLimits Limits { get; init; } = new();
}

/// <summary>What one child process may cost. Enforced by the kernel (prlimit), except the wall clock, which is ours.</summary>
public sealed record ChildProcessLimits
{
    /// <summary>CPU time over all threads, user and system, rounded up to seconds. Default 1 hour.</summary>
    public TimeSpan Cpu { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Address space in bytes; 0 for no limit. Default 8 GiB.</summary>
    public long AddressSpaceBytes { get; init; } = 1L << 33;

    /// <summary>Largest file it may write, in bytes; 0 for no limit. Default none.</summary>
    public long FileBytes { get; init; }

    /// <summary>Wall-clock time, after which the whole process group is killed. Default 2 hours.</summary>
    public TimeSpan WallClock { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How far it steps back, 0 to 19. Default 0.</summary>
    public int Niceness { get; init; }

    /// <summary>Bytes of standard error that are kept, counted from its end. Default 16 KiB.</summary>
    public int ErrorTailBytes { get; init; } = 16 * 1024;
}
