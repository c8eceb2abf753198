using System.Runtime.InteropServices;

namespace Answerprint.Platform.Jobs.Contracts;

/// <summary>Processor time of the calling thread (POSIX <c>CLOCK_THREAD_CPUTIME_ID</c>).</summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    /// <summary>In seconds.</summary>
    public static double Seconds => ClockGetTime(ThreadCpuTime, out var time) == 0 ? time.Seconds + time.Nanoseconds * 1e-9 : 0;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
