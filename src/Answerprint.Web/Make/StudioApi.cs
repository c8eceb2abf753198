using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Authorship;
using Answerprint.Platform.Studio.Contracts;
using Answerprint.Platform.Studio.Paintings;
using Answerprint.Platform.Studio.Repair;
using Answerprint.Platform.Studio.Results;
using Answerprint.Platform.Studio.Variation;
using Answerprint.Web.Accounts;
using Answerprint.Web.Clearance;
using Answerprint.Web.Home;
using Answerprint.Web.Jobs;
using Answerprint.Web.Library;
using Answerprint.Web.Promotion;
using Answerprint.Web.Shell;
using Answerprint.Web.Withdrawal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Answerprint.Web.Make;

/// <summary>The studio's recipes under /api/v1.</summary>
internal static class StudioApi
{
    public sealed record PaintingJson(Guid Id, string Kind, int Width, int Height, int Strokes, string Sha256);

    public sealed record RepairWish(
        Guid Asset, string? Kind, string? Use, Guid? Mask, int? Left, int? Top, int? Right, int? Bottom, int? Width, int? Height, long? Frame, bool? Copy, long? Seed, Declarations? Declarations, bool? Preview,
        bool? Shot, IReadOnlyList<KeyframeJson>? Keyframes, bool? Passing);

    public sealed record KeyframeJson(long Frame, Guid Mask);

    public sealed record VariationBody(Guid Production, VariationWish? Wish, Guid? Board, string? Name, Guid? LikeDraft, bool? Refine, string? Use, Declarations? Declarations, bool? Preview);

    public sealed record DraftJson(Guid Id, Guid Job, int Number, long Seed, string State, double Progress, bool? Kept, string Note, Guid? Asset, Guid? Parent);

    public sealed record BoardJson(Guid Id, string Name, Guid Production, VariationWish Wish, IReadOnlyList<DraftJson> Drafts);

    public sealed record DecisionBody(bool? Kept, string? Note);

    public sealed record PromotionBody(string? Use, Declarations? Declarations, bool? Preview);

    public sealed record PreviewAnswer(string Answer, string WaitsFor, string Summary);

    public static void Map(IEndpointRouteBuilder routes)
    {
        CollapseApi.Map(routes);
        var api = routes.MapGroup("/api/v1").WithTags("Studio");
        api.MapPost("/paintings", PaintAsync).ForRoles(ConsoleRoles.Makers).WithName("addPainting").WithSummary("Puts a painted mask or layout on record: the body is a PNG").Accepts<byte[]>("image/png").Produces<PaintingJson>().ProducesProblem(422);
        api.MapPost("/repairs", RepairAsync).ForRoles(ConsoleRoles.Makers).WithName("requestRepair").WithSummary("Fills, extends or retargets a still, a frame for finals or a frame of footage; shot true fills a whole locked-off shot; preview true only asks").ProducesProblem(409);
        api.MapPost("/variations", VaryAsync).ForRoles(ConsoleRoles.Makers).WithName("requestVariations").WithSummary("Puts drafts on a board, one job each; preview true only asks").ProducesProblem(409).ProducesProblem(422);
        api.MapGet("/boards/{id:guid}", BoardAsync).ForRoles(ConsoleRoles.Staff).WithName("getBoard").WithSummary("A board with its drafts").Produces<BoardJson>().ProducesProblem(404);
        api.MapPut("/drafts/{id:guid}/decision", DecideAsync).ForRoles(ConsoleRoles.Makers).WithName("decideDraft").WithSummary("Keeps, discards or annotates a draft").ProducesProblem(404).ProducesProblem(422);
        api.MapPost("/assets/{id:guid}/promotion", PromoteAsync).ForRoles(ConsoleRoles.Makers).WithName("promoteResult").WithSummary("Asks for the same picture for another use").ProducesProblem(409).ProducesProblem(422);
        api.MapGet("/assets/{id:guid}/attribution", PixelAsync).ForRoles(ConsoleRoles.Staff).WithName("getAssetAttribution").WithSummary("Where the pixel x, y came from; without them, the shares of each source").ProducesProblem(404).ProducesProblem(422);
        api.MapGet("/assets/{id:guid}/authorship", AuthorshipAsync).ForRoles(ConsoleRoles.Staff).WithName("getAuthorship").WithSummary("Who did what: the disclosure sheet of a made picture").Produces<AuthorshipSheet>().ProducesProblem(404);
        routes.MapGet("/media/paintings/{id:guid}", PaintingAsync).ForRoles(ConsoleRoles.Staff).ExcludeFromDescription();
    }

    private static async Task<IResult> PaintAsync(HttpContext context, Guid production, string? kind, Guid? over, string? tools, StorePainting store)
    {
        if (!Enum.TryParse<PaintingKind>(kind, ignoreCase: true, out var painted) || !Enum.IsDefined(painted)) return Results.Problem($"'{kind}' is no kind of painting; they are mask and layout.", statusCode: 422);
        if (context.Request.ContentLength is null or > StorePainting.MaxBytes) return Results.Problem($"A painting has up to {StorePainting.MaxBytes >> 20} MiB and says its length.", statusCode: 422);
        var png = new byte[context.Request.ContentLength.Value];
        await context.Request.Body.ReadExactlyAsync(png, context.RequestAborted);
        var counted = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var tool in (tools ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = tool.Split(':');
            if (parts.Length != 2 || !int.TryParse(parts[1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var strokes) || !counted.TryAdd(parts[0], strokes))
                return Results.Problem("Tools are counted as in brush:4,lasso:1.", statusCode: 422);
        }
        var result = await store.HandleAsync(new StorePaintingRequest(production, painted, png, over, counted), context.User.ToActor(), context.RequestAborted);
        return result.Asset is { } asset ? Results.Ok(new PaintingJson(asset.Id, ClearanceWords.Camel(painted), asset.Width, asset.Height, counted.Values.Sum(), asset.BlobSha256)) : result.Refusal!.ToProblem();
    }

    private static async Task<IResult> PaintingAsync(Guid id, HttpContext context, AnswerprintDb db, BlobStore blobs)
    {
        if (await Quarantined.HoldsAsync(db, id, context.RequestAborted)) return Quarantined.Gone(context);
        var asset = await LibraryQuery.FindAsync(db, id, context.User.ToActor(), context.RequestAborted);
        if (asset is not { Kind: AssetKind.Painting } || !blobs.Exists(asset.BlobSha256)) return Results.NotFound();
        context.Response.Headers.CacheControl = "private, no-cache";
        return Results.File(blobs.PathOf(asset.BlobSha256), "image/png", entityTag: new EntityTagHeaderValue($"\"{asset.BlobSha256}\""));
    }

    private static async Task<IResult> RepairAsync(RepairWish body, HttpContext context, RequestRepair request)
    {
        if (!Enum.TryParse<RepairKind>(body.Kind, ignoreCase: true, out var kind) || !Enum.IsDefined(kind)) return Results.Problem($"'{body.Kind}' is no repair; they are fill, extend and retarget.", statusCode: 422);
        if (!UseName.TryParse(body.Use ?? nameof(Use.Ideation), out var use)) return Results.Problem(UseName.Problem(body.Use), statusCode: 422);
        var wish = new RequestRepairRequest(body.Asset, kind, use)
        {
            MaskId = body.Mask, Margins = (body.Left ?? 0, body.Top ?? 0, body.Right ?? 0, body.Bottom ?? 0), Width = body.Width ?? 0, Height = body.Height ?? 0, Frame = body.Frame ?? 0,
            Copy = body.Copy ?? false, Seed = body.Seed ?? 0, Declarations = body.Declarations ?? DeclarationForm.Careful,
            WholeShot = body.Shot ?? false, Keyframes = [.. (body.Keyframes ?? []).Select(mask => new ShotMask(mask.Frame, mask.Mask))], Passing = body.Passing ?? false,
        };
        return body.Preview == true ? Preview(await request.PreviewAsync(wish, context.User.ToActor(), context.RequestAborted)) : JobsApi.Answer(await request.HandleAsync(wish, context.User.ToActor(), context.RequestAborted));
    }

    private static async Task<IResult> VaryAsync(VariationBody body, HttpContext context, RequestVariations request, AnswerprintDb db, DataFolder folder)
    {
        if (!UseName.TryParse(body.Use ?? nameof(Use.Ideation), out var use)) return Results.Problem(UseName.Problem(body.Use), statusCode: 422);
        var actor = context.User.ToActor();
        var wish = new RequestVariationsRequest(body.Production, body.Wish ?? new VariationWish())
        {
            BoardId = body.Board, BoardName = body.Name ?? "", LikeDraftId = body.LikeDraft, Refine = body.Refine ?? false, Use = use, Declarations = body.Declarations ?? DeclarationForm.Careful,
        };
        if (body.Preview == true) return Preview(await request.PreviewAsync(wish, actor, context.RequestAborted));
        var made = await request.HandleAsync(wish, actor, context.RequestAborted);
        if (made.Problem.Length > 0) return Results.Problem(made.Problem, statusCode: StatusCodes.Status409Conflict);
        return Results.Accepted($"/api/v1/boards/{made.Board!.Id}", Show((await BoardModel.LoadAsync(db, folder, made.Board.Id, context.RequestAborted))!));
    }

    private static async Task<IResult> BoardAsync(Guid id, HttpContext context, AnswerprintDb db, DataFolder folder) =>
        await BoardModel.LoadAsync(db, folder, id, context.RequestAborted) is { } model ? Results.Ok(Show(model)) : Results.Problem($"There is no board {id}.", statusCode: 404);

    private static async Task<IResult> DecideAsync(Guid id, DecisionBody body, HttpContext context, DecideDraft decide)
    {
        var result = await decide.HandleAsync(new DecideDraftRequest(id, body.Kept, body.Note), context.User.ToActor(), context.RequestAborted);
        return result.Refusal is { } refusal ? refusal.ToProblem() : Results.Ok(new { id, kept = result.Draft!.Kept, note = result.Draft.Note });
    }

    private static async Task<IResult> PromoteAsync(Guid id, PromotionBody body, HttpContext context, PromoteResult promote)
    {
        if (!UseName.TryParse(body.Use, out var use)) return Results.Problem(UseName.Problem(body.Use), statusCode: 422);
        var wish = new PromoteResultRequest(id, use, body.Declarations ?? DeclarationForm.Careful with { KeyVisual = true });
        return body.Preview == true ? Preview(await promote.PreviewAsync(wish, context.User.ToActor(), context.RequestAborted)) : JobsApi.Answer(await promote.HandleAsync(wish, context.User.ToActor(), context.RequestAborted));
    }

    private static async Task<IResult> PixelAsync(Guid id, int? x, int? y, HttpContext context, AnswerprintDb db, PixelStory pixels)
    {
        if (await Quarantined.HoldsAsync(db, id, context.RequestAborted)) return Quarantined.Gone(context);
        var asset = await LibraryQuery.FindAsync(db, id, context.User.ToActor(), context.RequestAborted);
        if (asset is not { AttributionId: { } attribution } || await pixels.MapAsync(attribution, context.RequestAborted) is not { } map) return Results.Problem($"There is no picture {id} with an attribution map.", statusCode: 404);
        if (x is null && y is null) return Results.Ok(await pixels.SharesAsync(id, map, context.RequestAborted));
        if (x is not (>= 0) || y is not (>= 0) || x >= map.Width || y >= map.Height) return Results.Problem($"({x}, {y}) is outside the picture of {map.Width} x {map.Height} pixels.", statusCode: 422);
        return Results.Ok(await pixels.AtAsync(id, map, x.Value, y.Value, context.RequestAborted));
    }

    private static async Task<IResult> AuthorshipAsync(Guid id, GetAuthorship authorship, CancellationToken cancellationToken) =>
        await authorship.HandleAsync(id, cancellationToken) is { } sheet ? Results.Ok(sheet) : Results.Problem($"There is no made picture {id}.", statusCode: 404);

    internal static IResult Preview(SubmitJobResult result) => result.Decision is { } decision
        ? Results.Ok(new PreviewAnswer(ClearanceWords.Camel(decision.Answer), decision.EscalatedTo, ClearanceDoor.Summary(decision)))
        : Results.Problem(result.Problem, statusCode: StatusCodes.Status409Conflict);

    private static BoardJson Show(BoardModel model) => new(model.Board.Id, model.Board.Name, model.Board.ProductionId, model.Wish, [.. model.Drafts.Select(view => new DraftJson(
        view.Draft.Id, view.Job.Id, view.Draft.Number, view.Job.Seed, ClearanceWords.Camel(view.Job.State), view.Job.Progress, view.Draft.Kept, view.Draft.Note, view.Look?.Id, view.Draft.ParentId))]);
}
