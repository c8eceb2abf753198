using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Clearance;
using Answerprint.Provenance;
using Answerprint.Provenance.Claims;
using Answerprint.Provenance.Containers;

namespace Answerprint.Cli.Credentials;

/// <summary><c>sign FILE --out OUT</c>: a plain file, so the credential asserts only that it was opened; what a job made is signed by its release.</summary>
internal static class SignVerb
{
    private static readonly Argument<FileInfo> Source = new("FILE") { Description = "A JPEG, PNG or MP4 file" };
    private static readonly Option<FileInfo> Target = new("--out") { Description = "Where the signed copy goes", HelpName = "OUT", Required = true };

    public static Command Make() => new Command("sign", "Write a signed credential into a copy of a plain file; it asserts only that the file was opened")
        .With(Source, Target).OnData(SignAsync);

    private static async Task<VerbResult> SignAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (source, target) = (parsed.GetValue(Source)!, parsed.GetValue(Target)!);
        if (!source.Exists) return VerbResult.Problem(ExitCode.NothingFound, $"there is no file '{source.FullName}'");
        if (source.FullName == target.FullName) return VerbResult.Problem(ExitCode.WrongUse, "FILE and --out are the same file; the original is never overwritten");
        await using var input = source.OpenRead();
        var mediaType = MediaTypes.Detect(input) ?? "an unknown kind of file";
        if (!ReleaseSigner.CanSign(mediaType)) return VerbResult.Problem(ExitCode.Failed, $"'{source.Name}' is {mediaType}; JPEG, PNG and MP4 can be signed");

        var staged = target.FullName + ".partial";
        try
        {
            SigningResult result;
            await using (var output = new FileStream(staged, FileMode.Create, FileAccess.ReadWrite))
                result = ContentCredential.Sign(input, output, mediaType, await DescribeAsync(source, input, mediaType, cancellationToken), session.Get<StudioKeys>().Identity, DateTimeOffset.UtcNow);
            File.Move(staged, target.FullName, overwrite: true);
            var json = new JsonObject { ["file"] = target.FullName, ["manifest"] = result.ManifestLabel, ["signer"] = session.Get<StudioKeys>().Identity.Leaf.Subject, ["root"] = session.Get<StudioKeys>().RootPath };
            return new VerbResult(ExitCode.Done, json, $"Signed: {target.FullName}\nIt asserts that the file was opened, nothing more. Root: {session.Get<StudioKeys>().RootPath}");
        }
        finally
        {
            File.Delete(staged);
        }
    }

    private static async Task<ManifestDefinition> DescribeAsync(FileInfo source, FileStream input, string mediaType, CancellationToken cancellationToken)
    {
        input.Position = 0;
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(input, cancellationToken));
        input.Position = 0;
        var parent = new Ingredient { Title = source.Name, Relationship = IngredientRelationship.ParentOf, MediaType = mediaType, Sha256 = sha256 };
        return new ManifestDefinition
        {
            ManifestId = Guid.CreateVersion7(),
            Title = source.Name,
            Generator = ReleaseSigner.Generator,
            Actions = [ManifestAction.Opened() with { Ingredients = [parent] }],
            Ingredients = [parent],
        };
    }
}
