using System.Globalization;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Home;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Productions;

/// <summary>/productions: the list, a production, its shots, and what is brought in.</summary>
internal static class ProductionsRoutes
{
    private const int MostCards = 120;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/productions").ExcludeFromDescription();
        pages.MapGet("", ListAsync).ForRoles(ConsoleRoles.Staff);
        pages.MapPost("", CreateAsync).ForRoles(Roles.Producer);
        pages.MapGet("/{code}", (string code, HttpContext context, AnswerprintDb db) => PageAsync(code, context, db)).ForRoles(ConsoleRoles.Staff);
        pages.MapPost("/{code}/shots", AddShotAsync).ForRoles(ConsoleRoles.Planners);
        pages.MapPost("/{code}/ingest", IngestAsync).ForRoles(ConsoleRoles.Makers);
    }

    private static async Task<IResult> ListAsync(HttpContext context, AnswerprintDb db, CancellationToken cancellationToken)
    {
        var actor = context.User.ToActor();
        return new RazorComponentResult<ProductionsPage>(new { Cards = await ProductionCard.LoadAsync(db, MostCards, cancellationToken), MayCreate = actor.HasAny(Roles.Producer) });
    }

    private static async Task<IResult> CreateAsync(HttpContext context, AnswerprintDb db, CreateProduction create, CancellationToken cancellationToken)
    {
        var (form, actor) = (await PageForm.ReadAsync(context), context.User.ToActor());
        var made = await create.HandleAsync(new CreateProductionRequest(form["code"].Trim(), form["name"]), actor, cancellationToken);
        if (made.Production is { } production) return Results.LocalRedirect($"/productions/{production.Code}");
        var cards = await ProductionCard.LoadAsync(db, MostCards, cancellationToken);
        return new RazorComponentResult<ProductionsPage>(new { Cards = cards, MayCreate = true, Problem = ProductionsApi.Sentence(made.Problem), Code = form["code"], Name = form["name"] })
        { StatusCode = StatusCodes.Status422UnprocessableEntity };
    }

    private static async Task<IResult> AddShotAsync(string code, HttpContext context, AnswerprintDb db, AddShot add)
    {
        var form = await PageForm.ReadAsync(context);
        if (await ProductionsApi.FindAsync(db, code, context.RequestAborted) is not { } production) return Missing(code);
        var request = new AddShotRequest(production.Id, form["scene"].Trim(), form["sceneName"], form["shot"].Trim(), form["description"]);
        var added = await add.HandleAsync(request, context.User.ToActor(), context.RequestAborted);
        return added.Shot is not null ? Results.LocalRedirect($"/productions/{code}") : await PageAsync(code, context, db, [ProductionsApi.Sentence(added.Problem)]);
    }

    private static async Task<IResult> IngestAsync(string code, HttpContext context, AnswerprintDb db, IngestUploads ingest)
    {
        var form = await PageForm.ReadAsync(context);
        if (await ProductionsApi.FindAsync(db, code, context.RequestAborted) is not { } production) return Missing(code);
        var ids = form.All("upload").Select(IngestUploads.IdIn).OfType<Guid>().Take(IngestUploads.MaxFiles).ToList();
        if (ids.Count == 0) return await PageAsync(code, context, db, ["No file has arrived yet: choose some, and wait until each is complete."]);
        if (!TryRights(form, out var rights, out var problem)) return await PageAsync(code, context, db, [problem]);
        var shot = await ShotAsync(db, production, form["shot"], context.RequestAborted);
        if (form["shot"].Length > 0 && shot is null) return await PageAsync(code, context, db, [$"There is no shot '{form["shot"]}' in {code}."]);
        try
        {
            var taken = await ingest.HandleAsync(ids, production.Id, shot?.Id, rights, 0, context.User.ToActor(), context.RequestAborted);
            var problems = taken.Where(file => file.Problem.Length > 0).Select(file => ProductionsApi.Sentence(file.Problem)).Distinct().ToList();
            if (problems.Count > 0) return await PageAsync(code, context, db, problems);
        }
        catch (StorageFullException full)
        {
            return await PageAsync(code, context, db, [full.Message], StatusCodes.Status507InsufficientStorage);
        }
        return Results.LocalRedirect(shot is null ? $"/productions/{code}" : $"/productions/{code}/shots/{shot.Code}");
    }

    internal static bool TryRights(PageForm form, out IngestRights rights, out string problem)
    {
        var (kind, performers) = (RightsKind.Unknown, PerformerPresence.Unknown);
        problem = form["rights"].Length > 0 && !Enum.TryParse(form["rights"], out kind) ? $"'{form["rights"]}' is no kind of rights."
            : form["performers"].Length > 0 && !Enum.TryParse(form["performers"], out performers) ? $"'{form["performers"]}' says nothing of performers."
            : "";
        rights = new IngestRights(form["owner"], kind, form["licence"], Day(form["from"]), Day(form["until"])?.AddDays(1).AddTicks(-10), form["contributorRelease"], performers);
        return problem.Length == 0;
    }

    /// <summary>The first instant of a day in UTC; none where no day is given.</summary>
    public static DateTimeOffset? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null;

    private static async Task<Shot?> ShotAsync(AnswerprintDb db, Production production, string code, CancellationToken cancellationToken) => code.Length == 0 ? null : await (
        from shot in db.Set<Shot>()
        join scene in db.Set<Scene>() on shot.SceneId equals scene.Id
        where scene.ProductionId == production.Id && shot.Code == code
        select shot).FirstOrDefaultAsync(cancellationToken);

    private static async Task<IResult> PageAsync(string code, HttpContext context, AnswerprintDb db, IReadOnlyList<string>? problems = null, int status = StatusCodes.Status422UnprocessableEntity)
    {
        if (await ProductionsApi.FindAsync(db, code, context.RequestAborted) is not { } production) return Missing(code);
        var model = await ProductionModel.LoadAsync(db, production, context.User.ToActor(), context.RequestAborted);
        return new RazorComponentResult<ProductionPage>(new { Model = model, Problems = problems ?? [] }) { StatusCode = problems is null ? StatusCodes.Status200OK : status };
    }

    public static IResult Missing(string code) => MissingPage.Show("No such production", $"There is no production with the code {code}.", "/productions", "Productions");
}
