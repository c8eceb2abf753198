using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Studio.Collapse;
using Answerprint.Web.Clearance;
using Answerprint.Web.Home;
using Answerprint.Web.Jobs;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Answerprint.Web.Make;

/// <summary>Falling buildings under /api/v1.</summary>
internal static class CollapseApi
{
    public sealed record CollapseBody(
        Guid Asset, JsonElement Scene, string? Pass, CollapseAnswers? Answers, int? First, Guid? Shot, string? Use, Declarations? Declarations, bool? Preview, bool? Again);

    public sealed record CollapseDesk(bool Ready, string Version, string Problem, IReadOnlyList<string> Passes, IReadOnlyList<CollapseQuestion> Questions);

    public sealed record Outlined(IReadOnlyList<double[]> Outline);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/collapses").WithTags("Studio");
        api.MapGet("", AskAsync).ForRoles(ConsoleRoles.Staff).WithName("getCollapseDesk").WithSummary("Whether buildings can be brought down here, and what is asked before one is").Produces<CollapseDesk>();
        api.MapPost("", RequestAsync).ForRoles(ConsoleRoles.Makers).WithName("requestCollapse").WithSummary("Brings a building in a plate down; preview true only asks").Produces<JobsApi.Submitted>(202).ProducesProblem(409).ProducesProblem(422);
        api.MapPost("/{asset:guid}/outline", OutlineAsync).ForRoles(ConsoleRoles.Makers).WithName("traceMask").WithSummary("Turns a mask of a plate into the outline of its building: the body is a PNG of the plate's size, light where the building is; nothing is kept")
            .Accepts<byte[]>("image/png").Produces<Outlined>().ProducesProblem(422).WithMetadata(new RequestSizeLimitAttribute(TraceMask.MaxBytes));
    }

    private static async Task<IResult> OutlineAsync(Guid asset, HttpContext context, TraceMask trace)
    {
        if (context.Request.ContentLength is null or 0 or > TraceMask.MaxBytes) return Results.Problem($"A mask has up to {TraceMask.MaxBytes >> 20} MiB and says its length.", statusCode: 422);
        var file = new byte[context.Request.ContentLength.Value];
        await context.Request.Body.ReadExactlyAsync(file, context.RequestAborted);
        var result = await trace.HandleAsync(asset, file, context.RequestAborted);
        return result.Problem.Length > 0 ? Results.Problem(ClearanceWords.Capital(result.Problem) + ".", statusCode: 422) : Results.Ok(new Outlined([.. result.Outline.Select(point => new[] { Math.Round((double)point.X, 2), Math.Round((double)point.Y, 2) })]));
    }

    private static async Task<IResult> AskAsync(CollapseEngine engine, CancellationToken cancellationToken)
    {
        var state = await engine.AskAsync(cancellationToken);
        return Results.Ok(new CollapseDesk(state.Problem.Length == 0, state.Version, state.Problem, [.. Enum.GetValues<CollapsePass>().Select(pass => ClearanceWords.Camel(pass))], CollapseAnswers.Questions));
    }

    private static async Task<IResult> RequestAsync(CollapseBody body, HttpContext context, RequestCollapse request)
    {
        if (!Enum.TryParse<CollapsePass>(body.Pass ?? nameof(CollapsePass.Draft), ignoreCase: true, out var pass) || !Enum.IsDefined(pass)) return Results.Problem($"'{body.Pass}' is no pass; they are draft and final.", statusCode: 422);
        var use = RequestCollapse.UseOf(pass);
        if (body.Use is not null && !UseName.TryParse(body.Use, out use)) return Results.Problem(UseName.Problem(body.Use), statusCode: 422);
        var wish = new RequestCollapseRequest(body.Asset, body.Scene, pass, body.Answers ?? new CollapseAnswers(null, null, null))
        {
            First = body.First ?? 0, ShotId = body.Shot, Use = use, Declarations = body.Declarations ?? DeclarationForm.Careful, Again = body.Again ?? false,
        };
        var actor = context.User.ToActor();
        return body.Preview == true ? StudioApi.Preview(await request.PreviewAsync(wish, actor, context.RequestAborted)) : JobsApi.Answer(await request.HandleAsync(wish, actor, context.RequestAborted));
    }
}
