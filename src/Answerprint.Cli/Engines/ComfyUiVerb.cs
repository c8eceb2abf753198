using System.CommandLine;
using System.Text.Json.Nodes;
using Answerprint.Cli.Jobs;
using Answerprint.Cli.Shell;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Engines.ComfyUi;
using Answerprint.Platform.Engines.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Cli.Engines;

/// <summary><c>comfyui</c>: how the server stands; register workflows, list and run them.</summary>
internal static class ComfyUiVerb
{
    private static readonly Argument<FileInfo> WorkflowFile = new("FILE") { Description = "The workflow in API form" };
    private static readonly Argument<string> Workflow = new("WORKFLOW") { Description = "Its name or id" };
    private static readonly Option<string?> Name = new("--name") { Description = "What to call it (default: the file's name)" };
    private static readonly Option<string> Licence = new("--licence") { Description = "Where it is from and under which terms", Required = true };
    private static readonly Option<string[]> Models = new("--model") { Description = "A model that it uses without naming its file; may be repeated" };
    private static readonly Option<string?> ProductionCode = new("--production") { Description = "The production's code; not needed where there is one" };
    private static readonly Option<string[]> Values = new("--set") { Description = "KEY=VALUE of a marked input; may be repeated", HelpName = "KEY=VALUE" };
    private static readonly Option<string[]> Pictures = new("--picture") { Description = "KEY=ASSET of a marked picture or video; may be repeated", HelpName = "KEY=ASSET" };
    private static readonly Option<long> Seed = new("--seed") { Description = "0 to 2^53", DefaultValueFactory = _ => 0 };
    private static readonly Option<Use> For = new("--use") { Description = "What it is for", DefaultValueFactory = _ => Use.Ideation };
    private static readonly Option<bool> Again = new("--again") { Description = "Run finished work again" };
    private static readonly Option<DirectoryInfo?> OutDir = new("--out-dir") { Description = "Also copy the unsigned pictures here", HelpName = "DIR" };

    public static Command Make() => new Command("comfyui", "The studio's ComfyUI server and the workflows registered for it").With(
        new Command("list", "The server's state and the workflows").OnData(ListAsync),
        new Command("add", "Register a workflow").With(WorkflowFile, Name, Licence, Models).OnData(AddAsync),
        new Command("run", "Run a workflow").With(Workflow, ProductionCode, Values, Pictures, Seed, For, Again, OutDir).OnData(RunAsync)).OnData(ListAsync);

    private static async Task<VerbResult> ListAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var state = await session.Get<ComfyUiStatus>().AskAsync(cancellationToken);
        var workflows = await session.Get<ReadWorkflow>().ListAsync(cancellationToken);
        var json = new JsonObject
        {
            ["state"] = state.IsReady ? "ready" : state.IsConfigured ? "notReachable" : "notConfigured", ["reason"] = state.Reason, ["server"] = state.Facts?.ToJson(),
            ["workflows"] = new JsonArray([.. workflows.Select(workflow => (JsonNode)Describe(workflow))]),
        };
        string[] lines = [state.Facts is { } facts ? $"ComfyUI {facts.Version} is ready." : $"{state.Reason}.", .. workflows.Select(workflow => $"{workflow.Id}  {workflow.Name}: {workflow.Licence}")];
        return new VerbResult(workflows.Count == 0 ? ExitCode.NothingFound : ExitCode.Done, json, string.Join('\n', lines));
    }

    private static async Task<VerbResult> AddAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetValue(WorkflowFile)!;
        if (!file.Exists) return VerbResult.Problem(ExitCode.NothingFound, $"there is no file {file.FullName}");
        if (file.Length > ComfyUiLimits.MaxWorkflowBytes) return VerbResult.Problem(ExitCode.Failed, $"{file.Name} has {file.Length} bytes; the limit is {ComfyUiLimits.MaxWorkflowBytes}");
        var request = new RegisterWorkflowRequest(
            parsed.GetValue(Name) ?? Path.GetFileNameWithoutExtension(file.Name), await File.ReadAllBytesAsync(file.FullName, cancellationToken), parsed.GetValue(Licence)!, parsed.GetValue(Models) ?? []);
        var result = await session.Get<RegisterWorkflow>().HandleAsync(request, session.Actor, cancellationToken);
        if (result.Workflow is not { } workflow) return VerbResult.Problem(ExitCode.Failed, result.Refusal!.Reason);
        var view = (await session.Get<ReadWorkflow>().FindAsync(workflow.Id, cancellationToken))!;
        var json = Describe(workflow);
        json["inputs"] = new JsonArray([.. view.Fields.Select(field => (JsonNode)new JsonObject { ["key"] = field.Key, ["label"] = field.Label, ["default"] = field.Default })]);
        return new VerbResult(ExitCode.Done, json, $"Registered '{workflow.Name}'. Its inputs: {(view.Fields.Count == 0 ? "none" : string.Join(", ", view.Fields.Select(field => field.Key)))}.");
    }

    private static async Task<VerbResult> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var named = parsed.GetValue(Workflow)!;
        var workflow = (await session.Get<ReadWorkflow>().ListAsync(cancellationToken)).Find(workflow => workflow.Name == named || workflow.Id.ToString() == named);
        if (workflow is null) return VerbResult.Problem(ExitCode.NothingFound, $"there is no workflow '{named}'");
        var production = await ProductionAsync(session, parsed.GetValue(ProductionCode), cancellationToken);
        var pictures = new Dictionary<string, Guid>();
        foreach (var (key, asset) in Pairs(parsed.GetValue(Pictures)))
            pictures[key] = Guid.TryParse(asset, out var id) ? id : throw new VerbException(ExitCode.WrongUse, $"'{asset}' is no asset's id");
        var request = new RequestComfyUiRequest(workflow.Id, production.Id, Pairs(parsed.GetValue(Values)), pictures, parsed.GetValue(Seed), parsed.GetValue(For), new Declarations { Alteration = "asRecorded" })
        {
            Again = parsed.GetValue(Again), Priority = 10,
        };
        var result = await session.Get<RequestComfyUi>().HandleAsync(request, session.Actor, cancellationToken);
        if (result.Submitted is not { Job: { } submitted }) return VerbResult.Problem(ExitCode.Failed, string.Join(" ", result.Problems.DefaultIfEmpty(result.Submitted?.Problem ?? "")));
        var job = submitted.HasEnded ? submitted : await session.WaitAsync(submitted.Id, cancellationToken);
        var made = await session.Db.Set<Asset>().AsNoTracking().Where(asset => asset.JobId == job.Id && (asset.Kind == AssetKind.Still || asset.Kind == AssetKind.Video)).OrderBy(asset => asset.Id).ToListAsync(cancellationToken);
        if (parsed.GetValue(OutDir) is { } folder)
        {
            folder.Create();
            foreach (var asset in made) File.Copy(session.Get<BlobStore>().PathOf(asset.BlobSha256), Path.Combine(folder.FullName, asset.FileName), overwrite: true);
        }
        var json = JobsVerb.Describe(job);
        json["assets"] = new JsonArray([.. made.Select(asset => (JsonNode)new JsonObject { ["asset"] = asset.Id.ToString(), ["file"] = asset.FileName, ["sha256"] = asset.BlobSha256, ["width"] = asset.Width, ["height"] = asset.Height })]);
        var waits = job.State == JobState.AwaitingClearance && result.Submitted.Decision is { } decision ? ClearanceDoor.Summary(decision) : "";
        return new VerbResult(JobsVerb.CodeOf(job), json, job.State == JobState.Done ? $"{made.Count} picture{(made.Count == 1 ? "" : "s")} of '{workflow.Name}' in {job.Seconds:F1} s." : $"{job.State}: {job.Error}{waits}");
    }

    private static async Task<Production> ProductionAsync(Session session, string? code, CancellationToken cancellationToken)
    {
        var productions = await session.Db.Set<Production>().AsNoTracking().ToListAsync(cancellationToken);
        if (code is not null) return productions.Find(production => production.Code == code) ?? throw new VerbException(ExitCode.NothingFound, $"there is no production '{code}'");
        return productions is [var only] ? only : throw new VerbException(ExitCode.WrongUse, $"there are {productions.Count} productions; name one with --production");
    }

    private static Dictionary<string, string> Pairs(string[]? given)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in given ?? [])
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 1) throw new VerbException(ExitCode.WrongUse, $"'{pair}' is not KEY=VALUE");
            pairs[pair[..at]] = pair[(at + 1)..];
        }
        return pairs;
    }

    private static JsonObject Describe(ComfyUiWorkflow workflow) => new()
    {
        ["workflow"] = workflow.Id.ToString(), ["name"] = workflow.Name, ["sha256"] = workflow.BlobSha256, ["licence"] = workflow.Licence, ["models"] = JsonNode.Parse(workflow.ModelsJson), ["addedBy"] = workflow.AddedByName,
    };
}
