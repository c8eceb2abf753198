using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Engines.ComfyUi;
using Answerprint.Platform.Engines.ComfyUi.Workflows;
using Answerprint.Platform.Engines.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Clearance;
using Answerprint.Web.Home;
using Answerprint.Web.Promotion;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using MissingPage = Answerprint.Web.Home.MissingPage;

namespace Answerprint.Web.Engines.ComfyUi;

/// <summary>/make/comfyui: the studio's workflows, the form of each, what was made with them.</summary>
internal static class ComfyUiWeb
{
    private static readonly Dictionary<string, string> Messages = new(StringComparer.Ordinal)
    {
        ["registered"] = "Registered. Its form is below.",
        ["retired"] = "Retired. What was made with it keeps its record.",
    };

    public static IServiceCollection AddComfyUiWeb(this IServiceCollection services) => services.AddScoped<ComfyUiReader>();

    public static void MapComfyUi(this IEndpointRouteBuilder routes)
    {
        string[] keepers = [.. RegisterWorkflow.ForRoles];
        var pages = routes.MapGroup("/make/comfyui").ForRoles(ConsoleRoles.Staff).ExcludeFromDescription();
        pages.MapGet("", (HttpContext context, string? done) => ListAsync(context, null, null, Messages.GetValueOrDefault(done ?? "")));
        pages.MapGet("/{id:guid}", (Guid id, HttpContext context, string? done) => WorkflowAsync(id, context, null, [], Messages.GetValueOrDefault(done ?? "")));
        pages.MapGet("/{id:guid}/workflow.json", FileAsync);
        var keeping = routes.MapGroup("/make/comfyui").ForRoles(keepers).ExcludeFromDescription();
        keeping.MapPost("", RegisterAsync);
        keeping.MapPost("/{id:guid}/retire", RetireAsync);
        var making = routes.MapGroup("/make/comfyui").ForRoles(ConsoleRoles.Makers).ExcludeFromDescription();
        making.MapPost("/{id:guid}", RunAsync);
        making.MapPost("/{id:guid}/ask", AskAsync);
        ComfyUiApi.Map(routes, ConsoleRoles.Staff, ConsoleRoles.Makers, keepers);
    }

    private static async Task<IResult> ListAsync(HttpContext context, RegisterFields? fields, string? problem, string? message)
    {
        var (services, actor) = (context.RequestServices, context.User.ToActor());
        return new RazorComponentResult<WorkflowsPage>(new
        {
            State = await services.GetRequiredService<ComfyUiStatus>().AskAsync(context.RequestAborted), services.GetRequiredService<ComfyUiStatus>().Address,
            Workflows = (IReadOnlyList<ComfyUiWorkflow>)await services.GetRequiredService<ReadWorkflow>().ListAsync(context.RequestAborted),
            Runs = await services.GetRequiredService<ComfyUiReader>().RunsAsync(null, context.RequestAborted),
            MayRegister = actor.HasAny([.. RegisterWorkflow.ForRoles]), Fields = fields ?? new RegisterFields("", "", "", ""), Problem = problem, Message = message,
        }) { StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
    }

    private static async Task<IResult> RegisterAsync(HttpContext context, RegisterWorkflow register)
    {
        var form = await FieldsAsync(context);
        var (bytes, problem) = await WorkflowBytesAsync(form, context.RequestAborted);
        var fields = new RegisterFields(form["name"].ToString(), form["licence"].ToString(), form["models"].ToString(), form["workflow"].ToString());
        if (problem.Length > 0) return await ListAsync(context, fields, problem, null);
        var models = fields.Models.Split(['\n', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var result = await register.HandleAsync(new RegisterWorkflowRequest(fields.Name, bytes, fields.Licence, models), context.User.ToActor(), context.RequestAborted);
        return result.Workflow is { } workflow ? Results.LocalRedirect($"/make/comfyui/{workflow.Id}?done=registered") : await ListAsync(context, fields, result.Refusal!.Reason, null);
    }

    /// <summary>The file, or what was pasted.</summary>
    private static async Task<(ReadOnlyMemory<byte> Bytes, string Problem)> WorkflowBytesAsync(IFormCollection form, CancellationToken cancellationToken)
    {
        if (form.Files.GetFile("file") is not { Length: > 0 } file)
            return form["workflow"].ToString() is { Length: > 0 } text ? (System.Text.Encoding.UTF8.GetBytes(text), "") : (default, "Choose the workflow's file, or paste it.");
        if (file.Length > ComfyUiLimits.MaxWorkflowBytes) return (default, $"The file has {file.Length} bytes; the limit is {ComfyUiLimits.MaxWorkflowBytes}.");
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancellationToken);
        return (bytes.ToArray(), "");
    }

    private static async Task<IResult> RetireAsync(Guid id, HttpContext context, RetireWorkflow retire)
    {
        var result = await retire.HandleAsync(new RetireWorkflowRequest(id), context.User.ToActor(), context.RequestAborted);
        return result.Refusal is null ? Results.LocalRedirect("/make/comfyui?done=retired") : await WorkflowAsync(id, context, null, [ClearanceWords.Capital(result.Refusal.Reason)], null);
    }

    private static async Task<IResult> FileAsync(Guid id, ReadWorkflow workflows, BlobStore blobs, CancellationToken cancellationToken) =>
        await workflows.FindAsync(id, cancellationToken) is { } view
            ? Results.File(blobs.PathOf(view.Record.BlobSha256), "application/json", $"{view.Record.Id:N}.json") : Missing(id);

    private static async Task<IResult> WorkflowAsync(Guid id, HttpContext context, ComfyUiForm? form, IReadOnlyList<string> problems, string? message)
    {
        var (services, cancellationToken, actor) = (context.RequestServices, context.RequestAborted, context.User.ToActor());
        if (await services.GetRequiredService<ReadWorkflow>().FindAsync(id, cancellationToken) is not { } view) return Missing(id);
        var reader = services.GetRequiredService<ComfyUiReader>();
        var productions = await reader.ProductionsAsync(cancellationToken);
        var production = ProductionOf(productions, await CodeOf(context));
        form ??= ComfyUiForm.Of(view);
        var asked = production is null || view.Record.RetiredAt is not null ? null : await AskRulesAsync(view, form, production.Id, context);
        return new RazorComponentResult<WorkflowPage>(new
        {
            View = view, State = await services.GetRequiredService<ComfyUiStatus>().AskAsync(cancellationToken), services.GetRequiredService<ComfyUiStatus>().Address,
            Productions = (IReadOnlyList<Production>)productions, Production = production,
            Stills = production is null ? [] : await reader.StillsAsync(production.Id, cancellationToken), Videos = production is null || view.Fields.All(field => field.Kind != MarkKind.Video) ? [] : await reader.VideosAsync(production.Id, cancellationToken), Form = form, services.GetRequiredService<PolicyLibrary>().Tools,
            Runs = await reader.RunsAsync(id, cancellationToken), asked?.Submitted, AskProblem = string.Join(" ", asked?.Problems ?? []),
            MayMake = actor.HasAny(ConsoleRoles.Makers), MayRetire = actor.HasAny([.. RegisterWorkflow.ForRoles]), Problems = problems, Message = message,
        }) { StatusCode = problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
    }

    private static async Task<RequestComfyUiResult> AskRulesAsync(WorkflowView view, ComfyUiForm form, Guid production, HttpContext context)
    {
        var problem = form.Problem.Length > 0 ? form.Problem : DeclarationForm.Problem(context.RequestServices.GetRequiredService<PolicyLibrary>(), form.Said);
        return problem.Length > 0
            ? new RequestComfyUiResult(null, [problem])
            : await context.RequestServices.GetRequiredService<RequestComfyUi>().PreviewAsync(form.ToRequest(view.Record.Id, production), context.User.ToActor(), context.RequestAborted);
    }

    private static async Task<IResult> AskAsync(Guid id, HttpContext context, ReadWorkflow workflows, ComfyUiReader reader)
    {
        var fields = await FieldsAsync(context);
        if (await workflows.FindAsync(id, context.RequestAborted) is not { } view || ProductionOf(await reader.ProductionsAsync(context.RequestAborted), fields["production"]) is not { } production) return Results.NotFound();
        var asked = await AskRulesAsync(view, ComfyUiForm.Read(fields, view), production.Id, context);
        return new RazorComponentResult<AskedBefore>(new { Answer = asked.Submitted?.Decision, Existing = asked.Submitted?.Existing ?? false, Problem = string.Join(" ", asked.Problems) });
    }

    private static async Task<IResult> RunAsync(Guid id, HttpContext context, ReadWorkflow workflows, ComfyUiReader reader, RequestComfyUi request, PolicyLibrary library)
    {
        var fields = await FieldsAsync(context);
        if (await workflows.FindAsync(id, context.RequestAborted) is not { } view) return Missing(id);
        var form = ComfyUiForm.Read(fields, view);
        if (ProductionOf(await reader.ProductionsAsync(context.RequestAborted), fields["production"]) is not { } production) return await WorkflowAsync(id, context, form, ["Choose a production."], null);
        var problem = form.Problem.Length > 0 ? form.Problem : DeclarationForm.Problem(library, form.Said);
        if (problem.Length > 0) return await WorkflowAsync(id, context, form, [ClearanceWords.Capital(problem)], null);
        var result = await request.HandleAsync(form.ToRequest(id, production.Id), context.User.ToActor(), context.RequestAborted);
        return result.Submitted?.Job is { } job ? Results.LocalRedirect($"/make/jobs/{job.Id}")
            : await WorkflowAsync(id, context, form, [.. result.Problems.DefaultIfEmpty(result.Submitted?.Problem ?? "").Select(ClearanceWords.Capital)], null);
    }

    private static Production? ProductionOf(List<Production> productions, string? code) => productions.Find(production => production.Code == code) ?? (string.IsNullOrEmpty(code) ? productions.FirstOrDefault() : null);

    private static async Task<string?> CodeOf(HttpContext context) => HttpMethods.IsPost(context.Request.Method) ? (await FieldsAsync(context))["production"] : context.Request.Query["production"];

    private static async Task<IFormCollection> FieldsAsync(HttpContext context) => context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;

    private static IResult Missing(Guid id) => MissingPage.Show("No such workflow", $"There is no workflow with the id {id}, or its bytes are gone.", "/make/comfyui", "ComfyUI");
}

/// <summary>What was written into the form that registers a workflow.</summary>
public sealed record RegisterFields(string Name, string Licence, string Models, string Workflow);
