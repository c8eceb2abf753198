using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Library.Keeping;

namespace Answerprint.Cli.Library;

/// <summary><c>library index</c>: brings the index up to date now, which a worker does by itself.</summary>
internal static class IndexVerb
{
    public static Command Make() => new Command("index", "Bring looks, words and groups of copies up to date now; a worker does it by itself").OnData(async (session, _, cancellationToken) =>
    {
        var (done, before) = (0, Process.GetCurrentProcess().TotalProcessorTime);
        for (int some; (some = await session.Get<BringUpToDate>().HandleAsync(cancellationToken)) > 0; await Console.Error.WriteLineAsync($"{done}")) done += some;
        return new VerbResult(ExitCode.Done, new JsonObject { ["done"] = done, ["cpuSeconds"] = Math.Round((Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds, 3) }, $"{done} brought up to date");
    });
}
