using System.Text;
using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Engines.ComfyUi;
using Answerprint.Platform.Engines.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Clearance;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Engines.ComfyUi;

/// <summary>ComfyUI under /api/v1.</summary>
internal static class ComfyUiApi
{
    public sealed record DeviceJson(string Name, string Type, long Memory, long Free);

    public sealed record StateJson(string State, string Address, string? Version, IReadOnlyList<DeviceJson> Devices, string Reason);

    public sealed record WorkflowJson(Guid Id, string Name, string Sha256, string Licence, IReadOnlyList<string> Models, string AddedBy, DateTimeOffset AddedAt, DateTimeOffset? RetiredAt);

    public sealed record FieldJson(string Key, string Label, string Kind, string Default, double? Minimum, double? Maximum, double? Step, IReadOnlyList<string> Options);

    public sealed record WorkflowDetailJson(WorkflowJson Workflow, IReadOnlyList<FieldJson> Fields, int Nodes, IReadOnlyList<string> Problems);

    public sealed record RegisterBody(string? Name, string? Licence, IReadOnlyList<string>? Models, JsonElement? Workflow);

    public sealed record RunBody(
        Guid? Production, IReadOnlyDictionary<string, JsonElement>? Values, IReadOnlyDictionary<string, Guid>? Pictures, long? Seed, string? Use, Declarations? Declarations, bool? Again, bool? Preview);

    public sealed record RunAnswer(Guid? Job, string? JobState, bool Existing, Guid? Decision, string Answer, string WaitsFor, string Summary);

    public static void Map(IEndpointRouteBuilder routes, string[] readers, string[] makers, string[] keepers)
    {
        var reading = routes.MapGroup("/api/v1/comfyui").WithTags("Engines").ForRoles(readers);
        reading.MapGet("", StateAsync).WithName("getComfyUi").WithSummary("Whether a ComfyUI server is configured and reachable, with version and devices");
        reading.MapGet("/workflows", ListAsync).WithName("listComfyUiWorkflows").WithSummary("The registered workflows that are not retired");
        reading.MapGet("/workflows/{id:guid}", GetAsync).WithName("getComfyUiWorkflow").WithSummary("One workflow with the form that its marks make").ProducesProblem(404);
        var keeping = routes.MapGroup("/api/v1/comfyui").WithTags("Engines").ForRoles(keepers);
        keeping.MapPost("/workflows", RegisterAsync).WithName("registerComfyUiWorkflow").WithSummary("Registers a workflow in API form").Produces<WorkflowJson>(201).ProducesProblem(409).ProducesProblem(422);
        keeping.MapDelete("/workflows/{id:guid}", RetireAsync).WithName("retireComfyUiWorkflow").WithSummary("Retires a workflow; what was made with it keeps its record").Produces(204).ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/api/v1/comfyui/workflows/{id:guid}/runs", RunAsync).WithTags("Engines").ForRoles(makers)
            .WithName("runComfyUiWorkflow").WithSummary("Asks Clearance and runs a workflow; preview true only asks").ProducesProblem(404).ProducesProblem(422);
    }

    private static async Task<Ok<StateJson>> StateAsync(ComfyUiStatus status, CancellationToken cancellationToken)
    {
        var state = await status.AskAsync(cancellationToken);
        return TypedResults.Ok(new StateJson(state.IsReady ? "ready" : state.IsConfigured ? "notReachable" : "notConfigured", status.Address, state.Facts?.Version,
            [.. (state.Facts?.Devices ?? []).Select(device => new DeviceJson(device.Name, device.Type, device.Memory, device.Free))], state.Reason));
    }

    private static async Task<Ok<List<WorkflowJson>>> ListAsync(ReadWorkflow workflows, CancellationToken cancellationToken) =>
        TypedResults.Ok((await workflows.ListAsync(cancellationToken)).Select(Show).ToList());

    private static async Task<Results<Ok<WorkflowDetailJson>, ProblemHttpResult>> GetAsync(Guid id, ReadWorkflow workflows, CancellationToken cancellationToken) =>
        await workflows.FindAsync(id, cancellationToken) is { } view
            ? TypedResults.Ok(new WorkflowDetailJson(Show(view.Record),
                [.. view.Fields.Select(field => new FieldJson(field.Key, field.Label, ClearanceWords.Camel(field.Kind), field.Default, field.Minimum, field.Maximum, field.Step, field.Options))], view.Nodes, view.Problems))
            : Missing(id);

    private static async Task<IResult> RegisterAsync(RegisterBody body, HttpContext context, RegisterWorkflow register, CancellationToken cancellationToken)
    {
        if (body.Workflow is not { ValueKind: JsonValueKind.Object } workflow) return TypedResults.Problem("workflow must be the workflow's JSON object in API form", statusCode: 422);
        var request = new RegisterWorkflowRequest(body.Name ?? "", Encoding.UTF8.GetBytes(workflow.GetRawText()), body.Licence ?? "", body.Models ?? []);
        var result = await register.HandleAsync(request, context.User.ToActor(), cancellationToken);
        return result.Workflow is { } made ? TypedResults.Created($"/api/v1/comfyui/workflows/{made.Id}", Show(made)) : result.Refusal!.ToProblem();
    }

    private static async Task<IResult> RetireAsync(Guid id, HttpContext context, RetireWorkflow retire, CancellationToken cancellationToken) =>
        (await retire.HandleAsync(new RetireWorkflowRequest(id), context.User.ToActor(), cancellationToken)).Refusal is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    private static async Task<Results<Ok<RunAnswer>, ProblemHttpResult>> RunAsync(
        Guid id, RunBody body, HttpContext context, ReadWorkflow workflows, RequestComfyUi request, PolicyLibrary library, CancellationToken cancellationToken)
    {
        if (await workflows.FindAsync(id, cancellationToken) is null) return Missing(id);
        if (body.Production is not { } production) return TypedResults.Problem("production must be the id of a production", statusCode: 422);
        if (!UseName.TryParse(body.Use, out var use)) return TypedResults.Problem(UseName.Problem(body.Use), statusCode: 422);
        var said = body.Declarations ?? DeclarationForm.Careful;
        if (DeclarationForm.Problem(library, said) is { Length: > 0 } misfit) return TypedResults.Problem(misfit, statusCode: 422);
        var values = (body.Values ?? new Dictionary<string, JsonElement>()).ToDictionary(value => value.Key, value => value.Value.ToString());
        var wish = new RequestComfyUiRequest(id, production, values, body.Pictures ?? new Dictionary<string, Guid>(), body.Seed ?? 0, use, said) { Again = body.Again ?? false };
        var actor = context.User.ToActor();
        var result = body.Preview == true ? await request.PreviewAsync(wish, actor, cancellationToken) : await request.HandleAsync(wish, actor, cancellationToken);
        if (result.Submitted is not { Decision: { } decision } submitted) return TypedResults.Problem(string.Join(" ", result.Problems), statusCode: 422);
        return TypedResults.Ok(new RunAnswer(submitted.Job?.Id, submitted.Job is { } job ? ClearanceWords.Camel(job.State) : null, submitted.Existing, submitted.Job is null ? null : decision.Id,
            ClearanceWords.Camel(decision.Answer), decision.State == DecisionState.Pending ? decision.EscalatedTo : "", ClearanceDoor.Summary(decision)));
    }

    private static WorkflowJson Show(ComfyUiWorkflow record) => new(
        record.Id, record.Name, record.BlobSha256, record.Licence, JsonSerializer.Deserialize<List<string>>(record.ModelsJson) ?? [], record.AddedByName, record.AddedAt, record.RetiredAt);

    private static ProblemHttpResult Missing(Guid id) => TypedResults.Problem($"there is no workflow {id}", statusCode: 404);
}
