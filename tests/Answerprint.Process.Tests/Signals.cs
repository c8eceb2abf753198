using System.Runtime.InteropServices;

namespace Answerprint.Process.Tests;

/// <summary>POSIX signals.</summary>
internal static partial class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Sends one; false where there is no such process any more.</summary>
    public static bool Send(int processId, int signal) => SysKill(processId, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SysKill(int process, int signal);
}
