namespace Answerprint.Platform.Media.Contracts;

/// <summary>How a child process came to its end.</summary>
public enum ChildProcessEnd
{
    /// <summary>It ended by itself, with <see cref="ChildProcessResult.ExitCode"/>.</summary>
    Exited,

    /// <summary>It was killed because its caller cancelled or disposed it.</summary>
    Cancelled,

    /// <summary>It was killed because the wall clock ran out.</summary>
    WallClockLimit,

    /// <summary>The kernel killed it because its CPU time ran out.</summary>
    CpuLimit,

    /// <summary>A signal that we did not send ended it: a crash, or somebody else's kill.</summary>
    Signalled,
}

/// <summary>What is left of a child process.</summary>
public sealed record ChildProcessResult
{
    /// <summary>How it ended.</summary>
    public required ChildProcessEnd End { get; init; }

    /// <summary>The exit status, or 128 plus the signal number.</summary>
    public required int ExitCode { get; init; }

    /// <summary>User and system time of the process and of all its descendants that it waited for, from the kernel's account (wait4).</summary>
    public required TimeSpan Cpu { get; init; }

    /// <summary>Time from start to end.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Largest resident set in bytes.</summary>
    public required long PeakResidentBytes { get; init; }

    /// <summary>The end of standard error, bounded by <see cref="ChildProcessLimits.ErrorTailBytes"/>.</summary>
    public required string ErrorTail { get; init; }

    /// <summary>Whether it ended by itself with status 0.</summary>
    public bool Succeeded => End == ChildProcessEnd.Exited && ExitCode == 0;
}

/// <summary>Thrown when a program is not installed; the message names the Debian package that brings it.</summary>
public sealed class ProgramMissingException(string program, string? debianPackage)
    : Exception(debianPackage is null
        ? $"The program '{program}' is not installed."
        : $"The program '{program}' is not installed; Debian's package '{debianPackage}' brings it.")
{
    /// <summary>The program's name.</summary>
    public string Program { get; } = program;

    /// <summary>The Debian package; null when not known.</summary>
    public string? DebianPackage { get; } = debianPackage;
}
