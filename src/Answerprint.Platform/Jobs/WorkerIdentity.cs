using System.Diagnostics;

namespace Answerprint.Platform.Jobs;

/// <summary>The name by which a worker process holds leases: machine, process id and the process's start time, which together never recur.</summary>
internal sealed record WorkerIdentity(string Machine, int ProcessId, long StartedTicks)
{
    public static WorkerIdentity Current { get; } = Make();

    public override string ToString() => $"{Machine}/{ProcessId}/{StartedTicks}";

    /// <summary>Whether the owner was a process of this machine that is gone: its leases are free at once.</summary>
    public static bool IsDeadHere(string owner)
    {
        var parts = owner.Split('/');
        if (parts.Length != 3 || parts[0] != Environment.MachineName || !int.TryParse(parts[1], out var id) || !long.TryParse(parts[2], out var started))
            return false;
        return StartOf(id) != started;
    }

    private static WorkerIdentity Make() => new(Environment.MachineName, Environment.ProcessId, StartOf(Environment.ProcessId));

    /// <summary>Start time in clock ticks since boot (field 22 of /proc/PID/stat); 0 where there is no such process.</summary>
    private static long StartOf(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            // A killed process that nobody has waited for yet is dead as well.
            return fields[0] == "Z" ? 0 : long.Parse(fields[19]);
        }
        catch (IOException)
        {
            return OperatingSystem.IsLinux() ? 0 : FallbackStart(processId);
        }
    }

    private static long FallbackStart(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.StartTime.ToUniversalTime().Ticks;
        }
        catch (ArgumentException)
        {
            return 0;
        }
    }
}
