using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Answerprint.Rules;
using Microsoft.Extensions.Options;

namespace Answerprint.Cli.Shell;

/// <summary>What every verb shares: <c>--json</c>, <c>--data</c>, how results are printed and how failures become exit codes.</summary>
internal static class Verb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Option<bool> Json { get; } = new("--json") { Description = "Print exactly one JSON object on standard output", Recursive = true };

    public static Option<string?> Data { get; } = new("--data") { Description = "The data folder (default: the XDG data home)", HelpName = "DIR", Recursive = true };

    public static Option<string?> As { get; } = new("--as") { Description = "Act as this account (default: the first owner)", HelpName = "EMAIL", Recursive = true };

    /// <summary>Makes a command whose action opens a session on the data folder.</summary>
    public static Command OnData(this Command command, Func<Session, ParseResult, CancellationToken, Task<VerbResult>> act)
    {
        command.SetAction((parsed, cancellationToken) => GuardAsync(parsed, async () =>
        {
            await using var session = await Session.OpenAsync(parsed.GetValue(Data), parsed.GetValue(As), cancellationToken);
            return await act(session, parsed, cancellationToken);
        }));
        return command;
    }

    /// <summary>Makes a command that needs no data folder.</summary>
    public static Command OnFiles(this Command command, Func<ParseResult, CancellationToken, Task<VerbResult>> act)
    {
        command.SetAction((parsed, cancellationToken) => GuardAsync(parsed, () => act(parsed, cancellationToken)));
        return command;
    }

    public static Command With(this Command command, params IEnumerable<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (symbol is Option option) command.Options.Add(option);
            else if (symbol is Argument argument) command.Arguments.Add(argument);
            else if (symbol is Command child) command.Subcommands.Add(child);
        }
        return command;
    }

    private static async Task<int> GuardAsync(ParseResult parsed, Func<Task<VerbResult>> act)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var result = await act();
            Print(parsed, result, watch.Elapsed.TotalSeconds);
            return result.Code;
        }
        catch (OperationCanceledException)
        {
            Print(parsed, VerbResult.Problem(ExitCode.Cancelled, "cancelled; nothing acknowledged is lost"), watch.Elapsed.TotalSeconds);
            return ExitCode.Cancelled;
        }
        catch (VerbException problem)
        {
            Print(parsed, VerbResult.Problem(problem.Code, problem.Message), watch.Elapsed.TotalSeconds);
            return problem.Code;
        }
        catch (Exception error)
        {
            // What a person can mend is said in one line; anything else is our fault and keeps its trace.
            var expected = error is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or FormatException or PolicyFormatException or OptionsValidationException;
            if (!expected) await Console.Error.WriteLineAsync(error.ToString());
            Print(parsed, VerbResult.Problem(ExitCode.Failed, Sentence(error)), watch.Elapsed.TotalSeconds);
            return ExitCode.Failed;
        }
    }

    /// <summary>What went wrong, without the name of the program's own parameter, which says nothing to the person.</summary>
    private static string Sentence(Exception error) =>
        error is ArgumentException { ParamName: { } name } ? error.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : error.Message;

    private static void Print(ParseResult parsed, VerbResult result, double seconds)
    {
        if (!parsed.GetValue(Json))
        {
            var writer = result.Code is ExitCode.Done ? Console.Out : Console.Error;
            writer.WriteLine(result.Text);
            return;
        }
        if (result.Code != ExitCode.Done && result.Text.Length > 0) Console.Error.WriteLine(result.Text);
        result.Json.TryAdd("seconds", Math.Round(seconds, 3));
        Console.Out.WriteLine(result.Json.ToJsonString(Indented));
    }
}
