using System.Text;

namespace Answerprint.Process.Tests;

/// <summary>A process of this machine.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Arguments">Its command line.</param>
internal sealed record RunningProcess(int Id, IReadOnlyList<string> Arguments)
{
    public bool IsWorker => Arguments.Contains("work");

    public bool IsServer => Arguments.Contains("up");

    public bool IsMediaProgram => Path.GetFileName(Arguments[0]) is "ffmpeg" or "ffprobe";
}

/// <summary>What runs on a data folder, by the command lines in /proc.</summary>
internal static class ProcessTable
{
    public static List<RunningProcess> On(string dataFolder)
    {
        var found = new List<RunningProcess>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id) || id == Environment.ProcessId) continue;
            // A dead process that nobody has waited for has an empty command line.
            var arguments = Read(Path.Combine(folder, "cmdline")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
            if (arguments.Length > 0 && arguments.Any(argument => argument.Contains(dataFolder, StringComparison.Ordinal))) found.Add(new RunningProcess(id, arguments));
        }
        return found;
    }

    private static string Read(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(path));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
