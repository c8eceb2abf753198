using System.Text.Json.Nodes;

namespace Answerprint.Cli.Shell;

/// <summary>How a verb ended: an exit code, the one JSON object of <c>--json</c>, and the same in words.</summary>
/// <param name="Code">One of <see cref="ExitCode"/>.</param>
/// <param name="Json">The object; names are camelCase.</param>
/// <param name="Text">For people.</param>
internal sealed record VerbResult(int Code, JsonObject Json, string Text)
{
    public static VerbResult Problem(int code, string problem) => new(code, new JsonObject { ["error"] = problem }, problem);
}
