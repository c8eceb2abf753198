using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Collapse;
using Answerprint.Web.Clearance;
using Answerprint.Web.Home;
using Answerprint.Web.Library;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using MissingPage = Answerprint.Web.Home.MissingPage;

namespace Answerprint.Web.Make.Collapse;

/// <summary>/make/collapse: choose a plate, draw on it and say how the building falls, see it fall.</summary>
internal static class CollapseRoutes
{
    private static readonly AssetKind[] Plates = [AssetKind.Still, AssetKind.Artwork, AssetKind.Video, AssetKind.Sequence];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/make/collapse").ForRoles(ConsoleRoles.Staff).ExcludeFromDescription();
        pages.MapGet("", PickAsync);
        pages.MapGet("/{id:guid}", OpenAsync);
        pages.MapGet("/jobs/{id:guid}", JobAsync);
        routes.MapPost("/make/collapse/jobs/{id:guid}/cancel", CancelAsync).ForRoles(ConsoleRoles.Operators).ExcludeFromDescription();
        routes.MapPost("/make/collapse/{id:guid}", MakeAsync).ForRoles(ConsoleRoles.Makers).ExcludeFromDescription();
    }

    private static async Task<IResult> PickAsync(AnswerprintDb db, TimeProvider clock, string? production, string? q, CancellationToken cancellationToken) => new RazorComponentResult<CollapseListPage>(new
    {
        Choices = await PlateChoices.FindAsync(db, Plates, production, q, clock.GetUtcNow(), cancellationToken),
        Recent = await RecentAsync(db, cancellationToken),
    });

    /// <summary>By their plates' names, and as their plates where nothing was made yet.</summary>
    private static async Task<IReadOnlyList<LatelyMade>> RecentAsync(AnswerprintDb db, CancellationToken cancellationToken)
    {
        var made = await LatelyMade.ListAsync(db, ["collapse"], (job, look) => new LatelyMade(job, look, CollapseModel.HrefOf(job.Id), CollapseModel.IsRemoval(job) ? $"taken out, {CollapseModel.PassOf(job)}" : CollapseModel.PassOf(job)), cancellationToken);
        var plates = await AssetLook.LoadAsync(db, made.Select(one => CollapseModel.PlateOf(one.Job)).OfType<Guid>(), cancellationToken);
        return [.. made.Select(one => CollapseModel.PlateOf(one.Job) is { } id && plates.TryGetValue(id, out var plate) ? one with { Name = plate.Name, Look = one.Look ?? plate } : one)];
    }

    /// <summary>The plate, to be drawn on; with what an earlier collapse was asked for where one is named.</summary>
    private static async Task<IResult> OpenAsync(Guid id, HttpContext context, AnswerprintDb db, Guid? from)
    {
        var form = new CollapseForm();
        if (from is { } job && await db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(one => one.Id == job && one.Recipe == "collapse", context.RequestAborted) is { } earlier && CollapseModel.PlateOf(earlier) == id)
            form = form with { Scene = CollapseModel.SceneOf(earlier), First = (int)CollapseModel.FirstOf(earlier) };
        return await WorkAsync(id, context, form, null);
    }

    private static async Task<IResult> WorkAsync(Guid id, HttpContext context, CollapseForm form, string? problem)
    {
        var services = context.RequestServices;
        var (db, actor) = (services.GetRequiredService<AnswerprintDb>(), context.User.ToActor());
        if (await PlateChoices.OpenAsync(db, id, Plates, actor, context.RequestAborted) is not { } plate)
            return MissingPage.Show("No such plate", "It does not exist, is no picture, or was taken back.", "/make/collapse", "Collapse");
        var engine = await services.GetRequiredService<CollapseEngine>().AskAsync(context.RequestAborted);
        return new RazorComponentResult<CollapseWorkPage>(new
        {
            Asset = plate.Asset, Look = plate.Look, Form = form, Problem = problem, Questions = CollapseAnswers.Questions, Shots = (IReadOnlyList<CollapseModel.ShotChoice>)await CollapseModel.ShotsAsync(db, plate.Asset.ProductionId, context.RequestAborted),
            Missing = engine.Problem.Length > 0 ? ClearanceWords.Capital(engine.Problem) + "." : "", MayMake = actor.HasAny(ConsoleRoles.Makers),
        }) { StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
    }

    private static async Task<IResult> MakeAsync(Guid id, HttpContext context, RequestCollapse request)
    {
        var form = CollapseForm.Read(await context.Request.ReadFormAsync(context.RequestAborted));
        if (form.Problem.Length > 0) return await WorkAsync(id, context, form, form.Problem);
        var result = await request.HandleAsync(form.ToRequest(id), context.User.ToActor(), context.RequestAborted);
        return result.Job is null ? await WorkAsync(id, context, form, ClearanceWords.Capital(result.Problem) + (result.Problem.EndsWith('.') ? "" : ".")) : Results.LocalRedirect(CollapseModel.HrefOf(result.Job.Id));
    }

    private static async Task<IResult> CancelAsync(Guid id, HttpContext context, CancelJob cancel)
    {
        await cancel.HandleAsync(id, context.User.ToActor(), context.RequestAborted);
        return Results.LocalRedirect($"{CollapseModel.HrefOf(id)}?stopping=1");
    }

    /// <summary>While it runs its progress; when it is done the shot, against its plate or against another take.</summary>
    private static async Task<IResult> JobAsync(Guid id, HttpContext context, AnswerprintDb db, DataFolder folder, string? stopping, Guid? against)
    {
        var actor = context.User.ToActor();
        if (await CollapseModel.LoadAsync(db, id, actor, context.RequestAborted) is not { } model) return MissingPage.Show("No such collapse", "It does not exist.", "/make/collapse", "Collapse");
        return new RazorComponentResult<CollapseJobPage>(new
        {
            Model = model, Preview = MediaRoutes.PreviewUrlOf(folder, id), Against = model.Versions.FirstOrDefault(version => version.Job.Id == against && version.Job.Id != id), MayMake = actor.HasAny(ConsoleRoles.Makers),
            Message = stopping is not null && !model.Job.HasEnded ? "It is being stopped." : null,
        });
    }
}
