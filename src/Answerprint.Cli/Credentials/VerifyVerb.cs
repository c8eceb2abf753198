using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Provenance;
using Answerprint.Provenance.Verification;

namespace Answerprint.Cli.Credentials;

/// <summary><c>verify FILE</c>: exit 0 valid, 1 invalid, 4 no credential.</summary>
internal static class VerifyVerb
{
    private static readonly Argument<FileInfo> File = new("FILE") { Description = "Any file" };
    private static readonly Option<FileInfo[]> Trust = new("--trust") { Description = "Root certificates in PEM to trust beside the studio's own", HelpName = "PEM" };

    public static Command Make() => new Command("verify", "Read and check the credential of a file").With(File, Trust).OnFiles(VerifyAsync);

    private static async Task<VerbResult> VerifyAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetValue(File)!;
        if (!file.Exists) return VerbResult.Problem(ExitCode.NothingFound, $"there is no file '{file.FullName}'");
        var roots = new X509Certificate2Collection();
        var own = Path.Combine(parsed.GetValue(Verb.Data) ?? DataFolder.DefaultRoot, "ca", "root.pem");
        foreach (var pem in (parsed.GetValue(Trust) ?? []).Select(root => root.FullName).Append(own).Where(System.IO.File.Exists)) roots.ImportFromPemFile(pem);
        await using var stream = file.OpenRead();
        var report = ContentCredential.Verify(stream, roots, DateTimeOffset.UtcNow);
        return new VerbResult(CodeOf(report), Describe(file, report), Text(file, report));
    }

    private static int CodeOf(CredentialReport report) => report.Outcome switch
    {
        CredentialOutcome.Valid => ExitCode.Done,
        CredentialOutcome.Invalid => ExitCode.Failed,
        _ => ExitCode.NothingFound,
    };

    private static JsonObject Describe(FileInfo file, CredentialReport report) => new()
    {
        ["file"] = file.FullName,
        ["outcome"] = report.Outcome.ToString().ToLowerInvariant(),
        ["trusted"] = report.IsTrusted,
        ["summary"] = report.Summary,
        ["manifest"] = report.Active?.Label,
        ["title"] = report.Active?.Title,
        ["signer"] = report.Active?.Signer?.Subject,
        ["actions"] = new JsonArray([.. (report.Active?.Actions ?? []).Select(action => (JsonNode)action.Action)]),
        ["ingredients"] = new JsonArray([.. (report.Active?.Ingredients ?? []).Select(ingredient => (JsonNode)(ingredient.Title ?? ""))]),
        ["statuses"] = new JsonArray([.. report.Statuses.Select(status => (JsonNode)status.Code)]),
    };

    private static string Text(FileInfo file, CredentialReport report)
    {
        var lines = new List<string> { $"{file.Name}: {report.Summary}" };
        if (report.Active is { } active)
        {
            lines.Add($"  {active.Label}");
            if (active.Signer is { } signer) lines.Add($"  signed by {signer.Subject}");
            lines.AddRange(active.Actions.Select(action => $"  {action.Action} {action.DigitalSourceType?.Split('/')[^1]} {action.Description}".TrimEnd()));
            lines.AddRange(active.Ingredients.Select(ingredient => $"  from {ingredient.Title}: {ingredient.Description}"));
        }
        lines.AddRange(report.Statuses.Where(status => status.Kind == StatusKind.Failure).Select(status => $"  {status.Code}: {status.Explanation}"));
        return string.Join('\n', lines);
    }
}
