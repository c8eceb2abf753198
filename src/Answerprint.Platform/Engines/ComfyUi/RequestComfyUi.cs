using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Engines.ComfyUi.Server;
using Answerprint.Platform.Engines.ComfyUi.Workflows;
using Answerprint.Platform.Engines.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Answerprint.Platform.Engines.ComfyUi;

/// <summary>A wish to run a registered workflow.</summary>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="ProductionId">The production it works for; pictures are its own.</param>
/// <param name="Values">What is filled in, by the key of the mark; what is left out stays as the workflow has it.</param>
/// <param name="Pictures">Stills for the marks that take one, by key; every one of them is needed.</param>
/// <param name="Seed">0 to 2^53.</param>
/// <param name="Use">What it is for.</param>
/// <param name="Declarations">What only the person who asks can say.</param>
public sealed record RequestComfyUiRequest(
    Guid WorkflowId, Guid ProductionId, IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, Guid> Pictures, long Seed, Use Use, Declarations Declarations)
{
    /// <summary>Higher goes first; 0 is usual.</summary>
    public int Priority { get; init; }

    /// <summary>Run finished work again.</summary>
    public bool Again { get; init; }
}

/// <summary>What became of it.</summary>
/// <param name="Submitted">The job and Clearance's answer; none where the wish was not understood.</param>
/// <param name="Problems">Why there is no job, a sentence each; empty where there is one.</param>
public sealed record RequestComfyUiResult(SubmitJobResult? Submitted, IReadOnlyList<string> Problems);

/// <summary>Puts a run of a workflow on record as a job, after everything that can be known beforehand was looked at.</summary>
public sealed class RequestComfyUi
{
    private const long MaxSeed = 1L << 53;
    private readonly AnswerprintDb db;
    private readonly JobDesk desk;
    private readonly ReadWorkflow workflows;
    private readonly ComfyUiStatus status;
    private readonly NodeCatalogue catalogue;
    private readonly ComfyUiOptions options;

    internal RequestComfyUi(AnswerprintDb db, JobDesk desk, ReadWorkflow workflows, ComfyUiStatus status, NodeCatalogue catalogue, IOptions<ComfyUiOptions> options) =>
        (this.db, this.desk, this.workflows, this.status, this.catalogue, this.options) = (db, desk, workflows, status, catalogue, options.Value);

    /// <summary>Puts it on record.</summary>
    public async Task<RequestComfyUiResult> HandleAsync(RequestComfyUiRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var (wish, problems) = await WishAsync(request, cancellationToken);
        return wish is null ? new(null, problems) : Result(await desk.SubmitAsync(wish, actor, cancellationToken));
    }

    /// <summary>What Clearance would say, with nothing put on record.</summary>
    public async Task<RequestComfyUiResult> PreviewAsync(RequestComfyUiRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var (wish, problems) = await WishAsync(request, cancellationToken);
        return wish is null ? new(null, problems) : Result(await desk.PreviewAsync(wish, actor, cancellationToken));
    }

    private static RequestComfyUiResult Result(SubmitJobResult submitted) => submitted.Decision is null && submitted.Job is null ? new(null, [submitted.Problem]) : new(submitted, []);

    private async Task<(SubmitJob? Wish, IReadOnlyList<string> Problems)> WishAsync(RequestComfyUiRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var state = await status.AskAsync(cancellationToken);
        if (!state.IsReady) return (null, [state.Reason]);
        var record = await db.Set<ComfyUiWorkflow>().AsNoTracking().FirstOrDefaultAsync(workflow => workflow.Id == request.WorkflowId, cancellationToken);
        if (record is null) return (null, [$"There is no workflow {request.WorkflowId}."]);
        if (record.RetiredAt is not null) return (null, [$"'{record.Name}' is retired."]);
        if (await workflows.GraphAsync(record, cancellationToken) is not { } graph) return (null, [$"The bytes of '{record.Name}' are no longer in the store."]);
        if (request.Seed is < 0 or > MaxSeed) return (null, [$"The seed is {request.Seed}; 0 to {MaxSeed} are taken."]);

        var problems = new List<string>();
        var values = WorkflowValues.Read(graph.Marks, request.Values, problems);
        var inputs = await PicturesAsync(graph, request.Pictures, problems, cancellationToken);
        if (problems.Count > 0) return (null, problems);
        var filled = JsonSerializer.SerializeToElement(graph.Fill(ForCheck(graph, values, request.Seed)));
        IReadOnlyDictionary<string, NodeClass> classes;
        try
        {
            classes = await catalogue.OfAsync(graph.Nodes.Values.Select(node => node.ClassType), cancellationToken);
        }
        catch (ComfyUiException error)
        {
            return (null, [error.Message]);
        }
        if (WorkflowCheck.Problems(graph, filled, classes) is { Count: > 0 } refused) return (null, refused);

        var models = ModelNames.In(filled).Union(ReadWorkflow.ModelsOf(record)).Order(StringComparer.Ordinal).ToList();
        var parameters = ComfyUiParameters.ToJson(record.BlobSha256, record.Id, record.Name, values, models, ToolsOf(models, graph, classes));
        return (new SubmitJob(ComfyUiRecipe.RecipeName, request.ProductionId, record.Name, inputs, parameters, request.Seed, request.Use, request.Declarations)
        {
            Priority = request.Priority, Again = request.Again,
        }, []);
    }

    private static Dictionary<string, JsonNode> ForCheck(WorkflowGraph graph, JsonObject values, long seed)
    {
        var all = values.ToDictionary(value => value.Key, value => value.Value!);
        foreach (var mark in graph.Marks.Where(mark => mark.Kind == MarkKind.Seed)) all[mark.Key] = seed;
        return all;
    }

    /// <summary>Everything that takes part, the models first, since they synthesise; what the registry does not know makes Clearance ask.</summary>
    private List<string> ToolsOf(IReadOnlyList<string> models, WorkflowGraph graph, IReadOnlyDictionary<string, NodeClass> classes)
    {
        var used = graph.Nodes.Values.Select(node => classes[node.ClassType]).DistinctBy(node => node.Name).ToList();
        return
        [
            .. models.Select(ModelNames.ToolId)
                .Concat(used.Where(node => node.CallsOut).Select(node => ModelNames.IdOf("service", node.Name)))
                .Concat(used.Where(node => node.Package.Length > 0).Select(node => ModelNames.IdOf("nodes", node.Package)))
                .Append(options.IsNear ? ComfyUiRecipe.ToolId : ComfyUiRecipe.ElsewhereToolId).Distinct(),
        ];
    }

    private async Task<List<SubmitInput>> PicturesAsync(WorkflowGraph graph, IReadOnlyDictionary<string, Guid> pictures, List<string> problems, CancellationToken cancellationToken)
    {
        var inputs = new List<SubmitInput>();
        foreach (var unknown in pictures.Keys.Where(key => !graph.Marks.Any(mark => mark.Key == key && mark.IsPicture)))
            problems.Add($"The workflow takes no picture '{OutsideText.Clean(unknown, 80)}'; it takes {WorkflowValues.List(graph.Marks.Where(mark => mark.IsPicture))}.");
        foreach (var mark in graph.Marks.Where(mark => mark.IsPicture))
        {
            if (!pictures.TryGetValue(mark.Key, out var id))
            {
                problems.Add($"{mark.Label} is needed.");
                continue;
            }
            var asset = await db.Set<Asset>().AsNoTracking().FirstOrDefaultAsync(asset => asset.Id == id, cancellationToken);
            if (asset is null) problems.Add($"{mark.Label}: there is no asset {id}.");
            else if (mark.Kind == MarkKind.Video && asset.Kind != AssetKind.Video) problems.Add($"{mark.Label}: '{asset.Name}' is not a video.");
            else if (mark.Kind != MarkKind.Video && asset.Kind is not (AssetKind.Still or AssetKind.Artwork)) problems.Add($"{mark.Label}: '{asset.Name}' is not a still.");
            else inputs.Add(new SubmitInput(mark.Key, id));
        }
        return inputs;
    }
}
