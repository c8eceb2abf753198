using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Variation;
using Answerprint.Web.Accounts;
using Answerprint.Web.Clearance;
using Answerprint.Web.Home;
using Answerprint.Web.Productions;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using MissingPage = Answerprint.Web.Home.MissingPage;

namespace Answerprint.Web.Make;

/// <summary>/make/variations: boards of drafts.</summary>
internal static class VariationRoutes
{
    private const int LikeCount = 6;
    private const double LikeStrength = 0.45;
    private const int RefinedSize = 2048;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/make/variations").ForRoles(ConsoleRoles.Staff).ExcludeFromDescription();
        pages.MapGet("", ListAsync);
        pages.MapGet("/{id:guid}", (Guid id, HttpContext context) => BoardAsync(id, context, null, null));
        pages.MapGet("/{id:guid}/drafts/{draft:guid}", TileAsync);
        pages.MapGet("/{id:guid}/compare", CompareAsync);
        var making = routes.MapGroup("/make/variations").ForRoles(ConsoleRoles.Makers).ExcludeFromDescription();
        making.MapGet("/new", (HttpContext context, string? production, Guid? from) => NewAsync(context, production, from, null));
        making.MapGet("/references", ReferencesAsync);
        making.MapPost("", MakeAsync);
        making.MapPost("/{id:guid}", MoreAsync);
        making.MapPost("/{id:guid}/cancel", CancelAsync);
        making.MapPost("/{id:guid}/drafts/{draft:guid}/decide", DecideAsync);
        making.MapPost("/{id:guid}/drafts/{draft:guid}/like", (Guid id, Guid draft, HttpContext context, RequestVariations request) => FollowAsync(id, draft, refine: false, context, request));
        making.MapPost("/{id:guid}/drafts/{draft:guid}/refine", (Guid id, Guid draft, HttpContext context, RequestVariations request) => FollowAsync(id, draft, refine: true, context, request));
    }

    private static IResult NoBoard() => MissingPage.Show("No such board", "It does not exist.", "/make/variations", "Variations");

    private static async Task<IResult> ListAsync(HttpContext context, AnswerprintDb db) => new RazorComponentResult<BoardsPage>(new
    {
        Boards = await BoardCard.ListAsync(db, context.RequestAborted), MayMake = context.User.ToActor().HasAny(ConsoleRoles.Makers),
    });

    private static async Task<IResult> BoardAsync(Guid id, HttpContext context, VariationForm? form, string? problem)
    {
        var services = context.RequestServices;
        var (db, actor) = (services.GetRequiredService<AnswerprintDb>(), context.User.ToActor());
        if (await BoardModel.LoadAsync(db, services.GetRequiredService<DataFolder>(), id, context.RequestAborted) is not { } model) return NoBoard();
        var shown = form ?? new VariationForm { Wish = model.Wish with { Seed = model.Wish.Seed + model.Wish.Count } };
        var choices = await ReferencePicker.FindAsync(db, model.Board.ProductionId, "", shown.Wish.References, services.GetRequiredService<TimeProvider>().GetUtcNow(), context.RequestAborted);
        return new RazorComponentResult<VariationBoardPage>(new { Model = model, Form = shown, Choices = choices, MayMake = actor.HasAny(ConsoleRoles.Makers), Problem = problem })
        {
            StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };
    }

    private static async Task<IResult> TileAsync(Guid id, Guid draft, HttpContext context, AnswerprintDb db, DataFolder folder) =>
        await BoardModel.DraftAsync(db, folder, id, draft, context.RequestAborted) is { } view
            ? new RazorComponentResult<DraftTile>(new { View = view, BoardId = id, MayMake = context.User.ToActor().HasAny(ConsoleRoles.Makers) })
            : Results.NotFound();

    private static async Task<IResult> CompareAsync(Guid id, Guid[] pick, HttpContext context, AnswerprintDb db, DataFolder folder)
    {
        if (await BoardModel.LoadAsync(db, folder, id, context.RequestAborted) is not { } model) return NoBoard();
        var pair = pick.Distinct().Take(2).Select(draft => model.Drafts.FirstOrDefault(view => view.Draft.Id == draft)).OfType<DraftView>().Where(view => view.Look?.Poster is not null).ToList();
        return new RazorComponentResult<DraftComparePage>(new { Model = model, Pair = (IReadOnlyList<DraftView>)pair, MayMake = context.User.ToActor().HasAny(ConsoleRoles.Makers) });
    }

    private static async Task<IResult> NewAsync(HttpContext context, string? code, Guid? from, VariationForm? form, string? problem = null)
    {
        var services = context.RequestServices;
        var db = services.GetRequiredService<AnswerprintDb>();
        var productions = await ProductionChoice.ListAsync(db, context.RequestAborted);
        var home = code is null && from is { } picture ? await HomeOfAsync(db, productions, picture, context.RequestAborted) : null;
        var chosen = home ?? await ProductionChoice.PickAsync(db, productions, code, [Platform.Assets.Contracts.AssetKind.Still], context.RequestAborted);
        form ??= new VariationForm { Wish = new VariationWish { Seed = FirstSeed(services), References = from is { } id ? [id] : [] } };
        var choices = chosen is null ? []
            : await ReferencePicker.FindAsync(db, chosen.Id, "", form.Wish.References, services.GetRequiredService<TimeProvider>().GetUtcNow(), context.RequestAborted);
        return new RazorComponentResult<VariationNewPage>(new { Productions = (IReadOnlyList<Production>)productions, Chosen = chosen, Choices = choices, Form = form, Problem = problem })
        {
            StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };
    }

    /// <summary>The production of a picture that a board is begun from.</summary>
    private static async Task<Production?> HomeOfAsync(AnswerprintDb db, List<Production> productions, Guid picture, CancellationToken cancellationToken)
    {
        var home = await db.Set<Platform.Assets.Contracts.Asset>().Where(asset => asset.Id == picture).Select(asset => (Guid?)asset.ProductionId).FirstOrDefaultAsync(cancellationToken);
        return productions.Find(production => production.Id == home);
    }

    /// <summary>A seed that is likely new and short enough to be said aloud.</summary>
    private static long FirstSeed(IServiceProvider services) => services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds() % 100_000;

    private static async Task<IResult> ReferencesAsync(HttpContext context, AnswerprintDb db, TimeProvider clock, string production, string? q)
    {
        var found = await db.Set<Production>().AsNoTracking().FirstOrDefaultAsync(one => one.Code == production, context.RequestAborted);
        if (found is null) return Results.NotFound();
        var choices = await ReferencePicker.FindAsync(db, found.Id, q ?? "", [], clock.GetUtcNow(), context.RequestAborted);
        return new RazorComponentResult<ReferenceTiles>(new { Choices = choices, Chosen = (IReadOnlyList<Guid>)[], Searched = q ?? "" });
    }

    private static async Task<IResult> MakeAsync(HttpContext context, AnswerprintDb db, RequestVariations request)
    {
        var fields = await context.Request.ReadFormAsync(context.RequestAborted);
        var form = VariationForm.Read(fields);
        var code = fields["production"].ToString();
        var production = await db.Set<Production>().AsNoTracking().FirstOrDefaultAsync(production => production.Code == code, context.RequestAborted);
        var problem = production is null ? $"There is no production '{code}'." : form.Problem;
        if (problem.Length > 0) return await NewAsync(context, code, null, form, problem);
        var made = await request.HandleAsync(new RequestVariationsRequest(production!.Id, form.Wish) { BoardName = form.Name }, context.User.ToActor(), context.RequestAborted);
        return made.Board is null ? await NewAsync(context, code, null, form, ClearanceWords.Capital(made.Problem)) : Results.LocalRedirect($"/make/variations/{made.Board.Id}");
    }

    private static async Task<IResult> MoreAsync(Guid id, HttpContext context, AnswerprintDb db, RequestVariations request)
    {
        var form = VariationForm.Read(await context.Request.ReadFormAsync(context.RequestAborted));
        if (form.Problem.Length > 0) return await BoardAsync(id, context, form, form.Problem);
        var board = await db.Set<Platform.Studio.Contracts.StudioBoard>().AsNoTracking().FirstOrDefaultAsync(board => board.Id == id, context.RequestAborted);
        if (board is null) return NoBoard();
        var made = await request.HandleAsync(new RequestVariationsRequest(board.ProductionId, form.Wish) { BoardId = id }, context.User.ToActor(), context.RequestAborted);
        return made.Problem.Length > 0 ? await BoardAsync(id, context, form, ClearanceWords.Capital(made.Problem)) : Results.LocalRedirect($"/make/variations/{id}#draft-{made.Drafts[0].Id}");
    }

    private static async Task<IResult> FollowAsync(Guid id, Guid draftId, bool refine, HttpContext context, RequestVariations request)
    {
        var services = context.RequestServices;
        var (db, actor) = (services.GetRequiredService<AnswerprintDb>(), context.User.ToActor());
        if (await BoardModel.LoadAsync(db, services.GetRequiredService<DataFolder>(), id, context.RequestAborted) is not { } model) return NoBoard();
        if (model.Drafts.FirstOrDefault(view => view.Draft.Id == draftId) is not { } parent) return await BoardAsync(id, context, null, "There is no such draft on this board.");
        var wish = WishOf(parent, model.Wish) with { LayoutId = null };
        wish = refine
            ? wish with { Size = RefinedSize, Count = 1, Seed = parent.Job.Seed }
            : wish with { Count = LikeCount, Strength = LikeStrength, Seed = parent.Job.Seed + 1 };
        var made = await request.HandleAsync(new RequestVariationsRequest(model.Board.ProductionId, wish) { BoardId = id, LikeDraftId = draftId, Refine = refine }, actor, context.RequestAborted);
        return made.Problem.Length > 0 ? await BoardAsync(id, context, null, ClearanceWords.Capital(made.Problem)) : Results.LocalRedirect($"/make/variations/{id}#draft-{made.Drafts[0].Id}");
    }

    /// <summary>What a draft was made with, read back from its job: the board may have moved on since.</summary>
    private static VariationWish WishOf(DraftView view, VariationWish board)
    {
        var wish = VariationWish.FromJson(view.Job.ParametersJson);
        using var inputs = System.Text.Json.JsonDocument.Parse(view.Job.InputsJson);
        var references = inputs.RootElement.EnumerateArray().Where(input => input.GetProperty("part").GetString() == "reference").Select(input => input.GetProperty("asset").GetGuid()).ToList();
        return board with { References = references, Size = wish.Size, Aspect = wish.Aspect, Strength = wish.Strength, Palette = wish.Palette };
    }

    private static async Task<IResult> CancelAsync(Guid id, HttpContext context, AnswerprintDb db, DataFolder folder, CancelJob cancel)
    {
        var actor = context.User.ToActor();
        if (await BoardModel.LoadAsync(db, folder, id, context.RequestAborted) is not { } model) return NoBoard();
        // From the end, so that none begins while the others are being stopped.
        foreach (var view in model.Drafts.Where(view => view.IsWaiting).Reverse()) await cancel.HandleAsync(view.Job.Id, actor, context.RequestAborted);
        return Results.LocalRedirect(model.Href);
    }

    private static async Task<IResult> DecideAsync(Guid id, Guid draft, HttpContext context, DecideDraft decide, string? back)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        bool? kept = bool.TryParse(form["kept"], out var said) ? said : null;
        var result = await decide.HandleAsync(new DecideDraftRequest(draft, kept, form.ContainsKey("note") ? form["note"].ToString() : null), context.User.ToActor(), context.RequestAborted);
        if (result.Refusal is { } refusal) return refusal.ToProblem();
        var services = context.RequestServices;
        var view = await BoardModel.DraftAsync(services.GetRequiredService<AnswerprintDb>(), services.GetRequiredService<DataFolder>(), id, draft, context.RequestAborted);
        if (back is "result" or "note" && view?.Look is { } look)
            return Results.LocalRedirect($"{ResultModel.HrefOf(look.Id)}?done={(back == "note" ? "noted" : kept switch { true => "kept", false => "discarded", null => "undecided" })}");
        if (back == "compare" && form["pick"] is { Count: 2 } pair && Guid.TryParse(pair[0], out var one) && Guid.TryParse(pair[1], out var other)) return Results.LocalRedirect($"/make/variations/{id}/compare?pick={one}&pick={other}");
        return view is not null && context.Request.Headers["X-Answerprint-Part"] == "tile"
            ? new RazorComponentResult<DraftTile>(new { View = view, BoardId = id, MayMake = true })
            : Results.LocalRedirect($"/make/variations/{id}#draft-{draft}");
    }
}
