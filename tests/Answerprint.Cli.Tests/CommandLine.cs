using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Answerprint.Cli.Tests;

/// <summary>How a verb ended: its exit code, and the one JSON object it printed.</summary>
internal sealed record VerbRun(int Code, JsonObject? Json, string Said);

/// <summary>The built program, started as scripts start it.</summary>
internal static partial class CommandLine
{
    private const int Interrupt = 2;

    /// <summary>Runs a verb with <c>--json</c>.</summary>
    public static Task<VerbRun> RunAsync(params string[] arguments) => RunAsync([], arguments);

    /// <summary>Runs a verb with <c>--json</c> and further environment variables.</summary>
    public static async Task<VerbRun> RunAsync((string Name, string Value)[] environment, string[] arguments)
    {
        using var process = Start(environment, arguments);
        var said = process.StandardError.ReadToEndAsync();
        return await EndAsync(process, said);
    }

    /// <summary>Interrupts a verb as Ctrl-C does, once it has said how far it is; and says how long it then took to end.</summary>
    public static async Task<(VerbRun Run, TimeSpan Took)> InterruptAsync(params string[] arguments)
    {
        using var process = Start([], arguments);
        var character = new char[1];
        while (await process.StandardError.ReadAsync(character) == 1 && character[0] != '%')
        {
        }
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, SysKill(process.Id, Interrupt));
        var run = await EndAsync(process, process.StandardError.ReadToEndAsync());
        return (run, watch.Elapsed);
    }

    private static Process Start((string Name, string Value)[] environment, string[] arguments)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var assembly = Path.Combine(output.Parent!.Parent!.FullName, "Answerprint.Cli", output.Name, "Answerprint.Cli.dll");
        // A shell that runs the tests in the background has its children ignore interrupts; the program is to be what a person would start.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", assembly, .. arguments, "--json"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["VIPSHOME"] = "/nonexistent";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<VerbRun> EndAsync(Process process, Task<string> said)
    {
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new VerbRun(process.ExitCode, printed.Length == 0 ? null : JsonNode.Parse(printed)!.AsObject(), await said);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SysKill(int process, int signal);
}
