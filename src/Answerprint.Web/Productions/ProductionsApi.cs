using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Productions;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Home;
using Answerprint.Web.Shell;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Productions;

/// <summary>Productions, shots and versions under /api/v1.</summary>
internal static class ProductionsApi
{
    public sealed record ProductionAnswer(Guid Id, string Code, string Name, string ColourConfig, bool IsSample, DateTimeOffset CreatedAt);

    public sealed record ShotAnswer(Guid Id, string Code, string Scene, string Description, string Status, int Versions);

    public sealed record VersionAnswer(
        Guid Id, Guid Shot, int Number, Guid Asset, string Status, Guid CreatedBy, DateTimeOffset CreatedAt, Guid? ReviewedBy, DateTimeOffset? ReviewedAt);

    public sealed record NoteAnswer(Guid Id, Guid Author, string Text, long? Frame, System.Text.Json.JsonElement Drawing, DateTimeOffset CreatedAt);

    public sealed record NewProduction(string? Code, string? Name);

    public sealed record NewShot(string? Scene, string? SceneName, string? Shot, string? Description);

    public sealed record ReviewBody(Verdict? Verdict, string? Text, long? Frame, System.Text.Json.JsonElement? Drawing);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("Productions");
        var read = api.MapGroup("").ForRoles(ConsoleRoles.Staff);
        read.MapGet("/productions", ListAsync).WithName("listProductions").WithSummary("Productions, latest first");
        read.MapGet("/productions/{code}", GetAsync).WithName("getProduction").WithSummary("A production by its code").ProducesProblem(404);
        read.MapGet("/productions/{code}/shots", ShotsAsync).WithName("listShots").WithSummary("The shots of a production").ProducesProblem(404);
        read.MapGet("/productions/{code}/shots/{shot}", ShotAsync).WithName("getShot").WithSummary("A shot with its versions").ProducesProblem(404);
        read.MapGet("/versions/{id:guid}", VersionAsync).WithName("getVersion").WithSummary("A version with its notes").ProducesProblem(404);
        read.MapPost("/versions/{id:guid}/review", ReviewAsync).WithName("reviewVersion").WithSummary("Submits, notes, approves, asks to take again, publishes or withdraws a version")
            .ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        api.MapPost("/productions", CreateAsync).ForRoles(Roles.Producer).WithName("createProduction").WithSummary("Makes a production").ProducesProblem(422);
        api.MapPost("/productions/{code}/shots", AddShotAsync).ForRoles(ConsoleRoles.Planners).WithName("addShot").WithSummary("Adds a shot, and its scene where it is missing")
            .ProducesProblem(404).ProducesProblem(422);
    }

    private static async Task<IResult> ListAsync(AnswerprintDb db, CancellationToken cancellationToken)
    {
        var all = await db.Set<Production>().AsNoTracking().OrderByDescending(production => production.CreatedAt).Take(500).ToListAsync(cancellationToken);
        return Results.Ok(all.ConvertAll(Answer));
    }

    private static async Task<IResult> GetAsync(string code, AnswerprintDb db, CancellationToken cancellationToken) =>
        await FindAsync(db, code, cancellationToken) is { } production ? Results.Ok(Answer(production)) : NoProduction(code);

    private static async Task<IResult> CreateAsync(NewProduction body, HttpContext context, CreateProduction create, CancellationToken cancellationToken)
    {
        var made = await create.HandleAsync(new CreateProductionRequest(body.Code ?? "", body.Name ?? ""), context.User.ToActor(), cancellationToken);
        return made.Production is { } production
            ? Results.Created($"/api/v1/productions/{production.Code}", Answer(production))
            : Refusal.Invalid("", Sentence(made.Problem)).ToProblem();
    }

    private static async Task<IResult> ShotsAsync(string code, AnswerprintDb db, CancellationToken cancellationToken)
    {
        if (await FindAsync(db, code, cancellationToken) is not { } production) return NoProduction(code);
        var shots = await (
            from shot in db.Set<Shot>()
            join scene in db.Set<Scene>() on shot.SceneId equals scene.Id
            where scene.ProductionId == production.Id
            orderby shot.Code
            select new { Shot = shot, Scene = scene.Code, Versions = db.Set<ShotVersion>().Count(version => version.ShotId == shot.Id) }).ToListAsync(cancellationToken);
        return Results.Ok(shots.ConvertAll(row => new ShotAnswer(row.Shot.Id, row.Shot.Code, row.Scene, row.Shot.Description, row.Shot.Status.ToString(), row.Versions)));
    }

    private static async Task<IResult> AddShotAsync(string code, NewShot body, HttpContext context, AnswerprintDb db, AddShot add, CancellationToken cancellationToken)
    {
        if (await FindAsync(db, code, cancellationToken) is not { } production) return NoProduction(code);
        var request = new AddShotRequest(production.Id, body.Scene ?? "", body.SceneName ?? "", body.Shot ?? "", body.Description ?? "");
        var added = await add.HandleAsync(request, context.User.ToActor(), cancellationToken);
        return added.Shot is { } shot
            ? Results.Created($"/api/v1/productions/{code}/shots/{shot.Code}", new ShotAnswer(shot.Id, shot.Code, request.SceneCode, shot.Description, shot.Status.ToString(), 0))
            : Refusal.Invalid("", Sentence(added.Problem)).ToProblem();
    }

    private static async Task<IResult> ShotAsync(string code, string shot, AnswerprintDb db, CancellationToken cancellationToken)
    {
        var found = await (
            from each in db.Set<Shot>()
            join scene in db.Set<Scene>() on each.SceneId equals scene.Id
            join production in db.Set<Production>() on scene.ProductionId equals production.Id
            where each.Code == shot && production.Code == code
            select new { Shot = each, Scene = scene.Code }).FirstOrDefaultAsync(cancellationToken);
        if (found is null) return Refusal.NotFound($"There is no shot '{shot}' in '{code}'.").ToProblem();
        var versions = await db.Set<ShotVersion>().AsNoTracking().Where(version => version.ShotId == found.Shot.Id).OrderBy(version => version.Number).ToListAsync(cancellationToken);
        return Results.Ok(new
        {
            Shot = new ShotAnswer(found.Shot.Id, found.Shot.Code, found.Scene, found.Shot.Description, found.Shot.Status.ToString(), versions.Count),
            Versions = versions.ConvertAll(Answer),
        });
    }

    private static async Task<IResult> VersionAsync(Guid id, AnswerprintDb db, CancellationToken cancellationToken)
    {
        if (await db.Set<ShotVersion>().AsNoTracking().FirstOrDefaultAsync(version => version.Id == id, cancellationToken) is not { } version) return NoVersion(id);
        var notes = await db.Set<ReviewNote>().AsNoTracking().Where(note => note.VersionId == id).OrderBy(note => note.CreatedAt).ToListAsync(cancellationToken);
        return Results.Ok(new
        {
            Version = Answer(version),
            Notes = notes.ConvertAll(note => new NoteAnswer(
                note.Id, note.AuthorId, note.Text, note.Frame, System.Text.Json.JsonDocument.Parse(note.DrawingJson).RootElement, note.CreatedAt)),
        });
    }

    private static async Task<IResult> ReviewAsync(Guid id, ReviewBody body, HttpContext context, AnswerprintDb db, ReviewVersion review, CancellationToken cancellationToken)
    {
        var actor = context.User.ToActor();
        if (body.Verdict is not { } verdict) return Refusal.Invalid("verdict", $"The verdict is one of {string.Join(", ", Enum.GetNames<Verdict>())}.").ToProblem();
        if (!ReviewRights.MayDo(verdict, actor)) return Refusal.NotAllowed($"To {verdict.ToString().ToLowerInvariant()} is for {string.Join(", ", ReviewRights.RolesFor(verdict))}.").ToProblem();
        if (!await db.Set<ShotVersion>().AnyAsync(version => version.Id == id, cancellationToken)) return NoVersion(id);
        var done = await review.HandleAsync(new ReviewVersionRequest(id, verdict, body.Text ?? "", body.Frame, body.Drawing?.GetRawText() ?? ""), actor, cancellationToken);
        return done.Problem.Length == 0 ? Results.Ok(Answer(done.Version!)) : Refusal.Conflict("", Sentence(done.Problem)).ToProblem();
    }

    /// <summary>The production with a code; none where there is none.</summary>
    public static Task<Production?> FindAsync(AnswerprintDb db, string code, CancellationToken cancellationToken) =>
        db.Set<Production>().AsNoTracking().FirstOrDefaultAsync(production => production.Code == code, cancellationToken);

    /// <summary>A use case's problem as a sentence of its own.</summary>
    public static string Sentence(string problem) => problem.Length == 0 ? "" : $"{char.ToUpperInvariant(problem[0])}{problem[1..].TrimEnd('.')}.";

    private static ProductionAnswer Answer(Production production) =>
        new(production.Id, production.Code, production.Name, production.ColourConfig, production.IsSample, production.CreatedAt);

    private static VersionAnswer Answer(ShotVersion version) => new(
        version.Id, version.ShotId, version.Number, version.AssetId, version.Status.ToString(), version.CreatedBy, version.CreatedAt, version.ReviewedBy, version.ReviewedAt);

    private static IResult NoProduction(string code) => Refusal.NotFound($"There is no production '{code}'.").ToProblem();

    private static IResult NoVersion(Guid id) => Refusal.NotFound($"There is no version {id}.").ToProblem();
}
