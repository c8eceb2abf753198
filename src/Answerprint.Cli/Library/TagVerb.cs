using System.CommandLine;
using System.Text.Json.Nodes;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Library.Find;
using Answerprint.Platform.Library.Tagging;

namespace Answerprint.Cli.Library;

/// <summary><c>library tag</c>, <c>tags</c> and <c>rename-tag</c>.</summary>
internal static class TagVerb
{
    private static readonly Argument<Guid[]> Assets = new("ID") { Description = "Assets", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string[]> Add = new("--add") { Description = "A tag that they get", HelpName = "TAG" };
    private static readonly Option<string[]> Remove = new("--remove") { Description = "A tag that they lose", HelpName = "TAG" };
    private static readonly Argument<string> From = new("FROM") { Description = "The tag" };
    private static readonly Argument<string> To = new("TO") { Description = "What it is to be called" };

    public static Command Make() => new Command("tag", "Add and remove tags of assets").With(Assets, Add, Remove).OnData(async (session, parsed, cancellationToken) =>
    {
        var done = await session.Get<ChangeTags>().HandleAsync(new ChangeTagsRequest(parsed.GetValue(Assets)!, parsed.GetValue(Add) ?? [], parsed.GetValue(Remove) ?? []), session.Actor, cancellationToken);
        return Result(done.Changed, done.Refusal);
    });

    public static Command MakeRename() => new Command("rename-tag", "Rename a tag on every asset that has it").With(From, To).OnData(async (session, parsed, cancellationToken) =>
    {
        var done = await session.Get<RenameTag>().HandleAsync(new RenameTagRequest(parsed.GetValue(From)!, parsed.GetValue(To)!), session.Actor, cancellationToken);
        return Result(done.Changed, done.Refusal);
    });

    public static Command MakeList() => new Command("tags", "List the tags in use, the commonest first").OnData(async (session, _, cancellationToken) =>
    {
        var tags = (await session.Get<LibraryFacets>().HandleAsync(session.Actor, cancellationToken)).Tags;
        return new VerbResult(
            tags.Count == 0 ? ExitCode.NothingFound : ExitCode.Done,
            new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)new JsonObject { ["tag"] = tag.Value, ["count"] = tag.Count })]) },
            tags.Count == 0 ? "no tag is in use" : string.Join('\n', tags.Select(tag => $"{tag.Count,6}  {tag.Value}")));
    });

    private static VerbResult Result(int changed, Refusal? refusal) => refusal switch
    {
        null => new VerbResult(ExitCode.Done, new JsonObject { ["changed"] = changed }, $"{changed} changed"),
        { Kind: RefusalKind.NotFound } => VerbResult.Problem(ExitCode.NothingFound, refusal.Reason),
        { Kind: RefusalKind.NotAllowed } => VerbResult.Problem(ExitCode.RefusedOrWaiting, refusal.Reason),
        _ => VerbResult.Problem(ExitCode.Failed, refusal.Reason),
    };
}
