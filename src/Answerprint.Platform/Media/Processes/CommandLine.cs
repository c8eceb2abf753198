using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Media.Processes;

/// <summary>Builds the full argument list: prlimit sets the limits, setpriv the parent-death signal, nice the priority, then the program.</summary>
internal static class CommandLine
{
    public static List<string> Build(ChildProcessOptions options)
    {
        var limits = options.Limits;
        var program = Find(options.Program) ?? throw new ProgramMissingException(options.Program, options.DebianPackage);
        var seconds = Math.Max(1, (long)Math.Ceiling(limits.Cpu.TotalSeconds));
        List<string> line = [Require("prlimit"), $"--cpu={seconds}:{seconds}", "--core=0:0"];
        if (limits.AddressSpaceBytes > 0) line.Add($"--as={limits.AddressSpaceBytes}:{limits.AddressSpaceBytes}");
        if (limits.FileBytes > 0) line.Add($"--fsize={limits.FileBytes}:{limits.FileBytes}");
        line.AddRange(["--", Require("setpriv"), "--no-new-privs", "--pdeathsig", "KILL", "--"]);
        if (limits.Niceness > 0) line.AddRange([Require("nice", "coreutils"), "-n", $"{limits.Niceness}", "--"]);
        line.Add(program);
        line.AddRange(options.Arguments);
        return line;
    }

    public static string[] Environment(ChildProcessOptions options)
    {
        // A clean slate: variables such as FFREPORT or OCIO would change what a program does from outside the record.
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = SearchPath,
            ["HOME"] = System.Environment.GetEnvironmentVariable("HOME") ?? "/",
            ["TMPDIR"] = Path.GetTempPath(),
            ["LC_ALL"] = "C.UTF-8",
            ["TZ"] = "UTC",
        };
        foreach (var (name, value) in options.Environment) variables[name] = value;
        return [.. variables.Select(pair => $"{pair.Key}={pair.Value}")];
    }

    private static string SearchPath => System.Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin";

    private static string Require(string program, string package = "util-linux") =>
        Find(program) ?? throw new ProgramMissingException(program, package);

    private static string? Find(string program)
    {
        if (Path.IsPathRooted(program)) return File.Exists(program) ? program : null;
        return SearchPath.Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
    }
}
