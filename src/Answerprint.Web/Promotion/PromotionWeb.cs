using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Promotion;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Clearance;
using Answerprint.Web.Home;
using Answerprint.Web.Shell;
using Answerprint.Web.Withdrawal;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Answerprint.Web.Promotion;

/// <summary>/make/artwork: the board of a title, the form, one picture; and the drafts, to console roles only.</summary>
internal static class PromotionWeb
{
    private static readonly string[] Readers = [.. Roles.All.Where(role => role != Roles.Viewer)];
    private static readonly string[] Makers = [Roles.Producer, Roles.Artist, Roles.Marketing];
    private static readonly string[] Publishers = [Roles.Producer, Roles.Marketing];

    private static readonly Dictionary<string, string> Messages = new(StringComparer.Ordinal)
    {
        ["kept"] = "Kept.",
        ["dropped"] = "Dropped. It stays on record and can be kept again.",
        ["published"] = "The title's pages show it.",
        ["unpublished"] = "The title's pages show it no longer. Copies that left the house cannot be recalled.",
        ["released"] = "Released: the file is signed and on the title's pages.",
        ["asked"] = "Clearance was asked. The answer stands below.",
        ["made"] = "It is on its way; the board fills as soon as it is done.",
        ["existing"] = "This very work was done before; here is its result.",
    };

    public static IServiceCollection AddPromotionWeb(this IServiceCollection services) =>
        services.AddScoped<ArtworkReader>().AddScoped<PixelStory>().AddSingleton<AttributionCache>();

    public static void MapPromotion(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/make/artwork").ForRoles(Readers).ExcludeFromDescription();
        pages.MapGet("", async (ArtworkReader reader, AnswerprintDb db, CancellationToken cancellationToken) =>
            new RazorComponentResult<TitlesPage>(new { Titles = (IReadOnlyList<BoardSummary>)await reader.TitlesAsync(cancellationToken), Untitled = await NewTitle.WantedAsync(db, cancellationToken) }));
        pages.MapGet("/{slug}", (string slug, HttpContext context, string? done) => BoardAsync(slug, context, null, Messages.GetValueOrDefault(done ?? "")));
        pages.MapGet("/{slug}/compare", CompareAsync);
        pages.MapGet("/{slug}/{id:guid}", (string slug, Guid id, HttpContext context, string? done) => ArtworkAsync(slug, id, context, null, Messages.GetValueOrDefault(done ?? "")));
        pages.MapGet("/by-id/{id:guid}", ByIdAsync);

        var making = routes.MapGroup("/make/artwork").ForRoles(Makers).ExcludeFromDescription();
        making.MapGet("/{slug}/new", NewAsync);
        making.MapPost("/{slug}", MakeAsync);
        NewTitle.Map(routes, Makers);
        making.MapPost("/{slug}/ask", AskAsync);
        making.MapPost("/{slug}/again", AgainAsync);
        making.MapPost("/{slug}/{id:guid}/keep", KeepAsync);
        making.MapPost("/{slug}/{id:guid}/release", ReleaseAsync);
        routes.MapPost("/make/artwork/{slug}/{id:guid}/publish", PublishAsync).ForRoles(Publishers).ExcludeFromDescription();

        var media = routes.MapGroup("/media/artwork").ForRoles(Readers).ExcludeFromDescription();
        media.MapGet("/{id:guid}/draft", DraftAsync);
        media.MapGet("/{id:guid}/thumbnail", ThumbnailAsync);
        media.MapGet("/{id:guid}/overlay", OverlayAsync);
        ArtworkApi.Map(routes, Readers, Makers, Publishers);
    }

    private static IResult NoTitle(string slug) => MissingPage.Show("No such title", $"There is no title '{slug}'.", "/make/artwork", "Artwork");

    private static async Task<IResult> BoardAsync(string slug, HttpContext context, string? problem, string? message)
    {
        var reader = context.RequestServices.GetRequiredService<ArtworkReader>();
        if (await reader.TitleAsync(slug, context.RequestAborted) is not { } title) return NoTitle(slug);
        return new RazorComponentResult<BoardPage>(new
        {
            Board = await reader.BoardAsync(title, context.RequestAborted), MayMake = context.User.ToActor().HasAny(Makers), Problem = problem, Message = message,
        }) { StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict };
    }

    private static async Task<IResult> ByIdAsync(Guid id, ArtworkReader reader, CancellationToken cancellationToken) =>
        await reader.FindAsync(id, cancellationToken) is { } view && await reader.TitleOfAsync(view.Record, cancellationToken) is { } title
            ? Results.LocalRedirect($"/make/artwork/{title.Slug}/{id}")
            : MissingPage.Show("No such artwork", $"There is no artwork with the id {id}.", "/make/artwork", "Artwork");

    private static async Task<IResult> CompareAsync(string slug, Guid[] pick, ArtworkReader reader, CancellationToken cancellationToken)
    {
        if (await reader.TitleAsync(slug, cancellationToken) is not { } title) return NoTitle(slug);
        var chosen = pick.Distinct().Take(2).ToList();
        var found = await reader.FindAsync(chosen, cancellationToken);
        var pair = chosen.Select(id => found.Find(view => view.Record.Id == id)).OfType<ArtworkView>().Where(view => view.Record.TitleId == title.Id && !view.IsQuarantined).ToList();
        return new RazorComponentResult<ComparePage>(new { Title = title, Pair = (IReadOnlyList<ArtworkView>)pair });
    }

    private static async Task<IResult> ArtworkAsync(string slug, Guid id, HttpContext context, string? problem, string? message)
    {
        var services = context.RequestServices;
        var (reader, cancellationToken) = (services.GetRequiredService<ArtworkReader>(), context.RequestAborted);
        if (await reader.TitleAsync(slug, cancellationToken) is not { } title) return NoTitle(slug);
        if (await reader.FindAsync(id, cancellationToken) is not { } view || view.Record.TitleId != title.Id)
            return MissingPage.Show("No such artwork", $"'{title.Name}' has no artwork with the id {id}.", $"/make/artwork/{slug}", title.Name);
        var pixels = services.GetRequiredService<PixelStory>();
        var map = view.IsQuarantined ? null : await pixels.MapAsync(view.Record, cancellationToken);
        var run = await reader.RunDecisionAsync(view.Job.DecisionId, cancellationToken);
        var actor = context.User.ToActor();
        return new RazorComponentResult<ArtworkPage>(new
        {
            View = view, Title = title, Sources = map is null ? [] : await pixels.SharesAsync(view.Record, map, cancellationToken),
            Decisions = (IReadOnlyList<Decision>)await reader.ReleaseDecisionsAsync(view.Asset.Id, cancellationToken),
            Runs = (IReadOnlyList<Job>)await reader.RunsAsync(view.Job.Hash, cancellationToken),
            Said = run is null ? DeclarationForm.Careful : Declarations.FromFacts(run.FactsJson),
            MayMake = actor.HasAny(Makers), MayPublish = actor.HasAny(Publishers), Problem = problem, Message = message,
        }) { StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict };
    }

    private static async Task<IResult> NewAsync(string slug, HttpContext context, ArtworkReader reader, CancellationToken cancellationToken)
    {
        if (await reader.TitleAsync(slug, cancellationToken) is not { } title) return NoTitle(slug);
        return await FormAsync(title, new ArtworkForm { TitleText = title.Name }, null, context);
    }

    private static async Task<IResult> FormAsync(Title title, ArtworkForm form, string? problem, HttpContext context)
    {
        var services = context.RequestServices;
        var sources = await services.GetRequiredService<ArtworkReader>().SourcesAsync(title, context.RequestAborted);
        var asked = sources.Count == 0 ? null : await AskRulesAsync(title, form, context);
        return new RazorComponentResult<MakePage>(new
        {
            Title = title, Production = sources.Count > 0 ? null : await services.GetRequiredService<ArtworkReader>().ProductionCodeAsync(title, context.RequestAborted), Sources = (IReadOnlyList<Asset>)sources, Form = form, Answer = asked?.Decision, Existing = asked?.Existing ?? false, AskProblem = asked?.Problem, Problem = problem,
        }) { StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
    }

    private static async Task<SubmitJobResult> AskRulesAsync(Title title, ArtworkForm form, HttpContext context)
    {
        var library = context.RequestServices.GetRequiredService<PolicyLibrary>();
        var problem = form.Problem.Length > 0 ? form.Problem : DeclarationForm.Problem(library, form.Said);
        return problem.Length > 0
            ? new SubmitJobResult(null, null, problem, Existing: false)
            : await context.RequestServices.GetRequiredService<RequestArtwork>().PreviewAsync(form.ToRequest(title.Id), context.User.ToActor(), context.RequestAborted);
    }

    private static async Task<IResult> AskAsync(string slug, HttpContext context, ArtworkReader reader)
    {
        if (await reader.TitleAsync(slug, context.RequestAborted) is not { } title) return Results.NotFound();
        var asked = await AskRulesAsync(title, ArtworkForm.Read(await FieldsAsync(context)), context);
        return new RazorComponentResult<AskedBefore>(new { Answer = asked.Decision, asked.Existing, Problem = asked.Problem });
    }

    private static async Task<IResult> MakeAsync(string slug, HttpContext context, ArtworkReader reader, RequestArtwork request, PolicyLibrary library)
    {
        if (await reader.TitleAsync(slug, context.RequestAborted) is not { } title) return NoTitle(slug);
        var form = ArtworkForm.Read(await FieldsAsync(context));
        var problem = form.Problem.Length > 0 ? form.Problem : DeclarationForm.Problem(library, form.Said);
        if (problem.Length > 0) return await FormAsync(title, form, problem, context);
        var result = await request.HandleAsync(form.ToRequest(title.Id), context.User.ToActor(), context.RequestAborted);
        return result.Job is null
            ? await FormAsync(title, form, ClearanceWords.Capital(result.Problem), context)
            : Results.LocalRedirect($"/make/artwork/{slug}?done={(result.Existing && result.Job.HasEnded ? "existing" : "made")}");
    }

    private static async Task<IResult> AgainAsync(string slug, HttpContext context, ArtworkReader reader, MakeArtworkAgain again)
    {
        if (await reader.TitleAsync(slug, context.RequestAborted) is not { } title) return NoTitle(slug);
        var form = await FieldsAsync(context);
        if (!Guid.TryParse(form["job"], out var job)) return await BoardAsync(slug, context, $"'{form["job"]}' names no job", null);
        var result = await again.HandleAsync(new MakeArtworkAgainRequest(title.Id, job), context.User.ToActor(), context.RequestAborted);
        return result.Job is null ? await BoardAsync(slug, context, ClearanceWords.Capital(result.Problem), null) : Results.LocalRedirect($"/make/artwork/{slug}?done=made");
    }

    private static async Task<IResult> KeepAsync(string slug, Guid id, HttpContext context, KeepArtwork keep)
    {
        var form = await FieldsAsync(context);
        bool? kept = bool.TryParse(form["kept"], out var said) ? said : null;
        var result = await keep.HandleAsync(new KeepArtworkRequest(id, kept), context.User.ToActor(), context.RequestAborted);
        return await AfterAsync(slug, id, context, result.Refusal, kept == true ? "kept" : "dropped");
    }

    private static async Task<IResult> PublishAsync(string slug, Guid id, HttpContext context, PublishArtwork publish)
    {
        var published = (await FieldsAsync(context))["published"] == "true";
        var result = await publish.HandleAsync(new PublishArtworkRequest(id, published), context.User.ToActor(), context.RequestAborted);
        return await AfterAsync(slug, id, context, result.Refusal, published ? "published" : "unpublished");
    }

    private static async Task<IResult> ReleaseAsync(string slug, Guid id, HttpContext context, ArtworkReader reader, ReleaseDesk desk, PolicyLibrary library)
    {
        if (await reader.FindAsync(id, context.RequestAborted) is not { } view) return await ArtworkAsync(slug, id, context, null, null);
        var form = await FieldsAsync(context);
        if (!UseName.TryParse(form["use"], out var use)) return await ArtworkAsync(slug, id, context, UseName.Problem(form["use"]), null);
        var said = DeclarationForm.Read(form);
        if (DeclarationForm.Problem(library, said) is { Length: > 0 } misfit) return await ArtworkAsync(slug, id, context, ClearanceWords.Capital(misfit), null);
        var result = await desk.RequestAsync(new RequestRelease(view.Asset.Id, use, said), context.User.ToActor(), context.RequestAborted);
        return result.Decision is null
            ? await ArtworkAsync(slug, id, context, ClearanceWords.Capital(result.Problem), null)
            : Results.LocalRedirect($"/make/artwork/{slug}/{id}?done={(result.Release is null ? "asked" : "released")}");
    }

    private static async Task<IResult> AfterAsync(string slug, Guid id, HttpContext context, Refusal? refusal, string done)
    {
        if (refusal is null) return Results.LocalRedirect($"/make/artwork/{Uri.EscapeDataString(slug)}/{id}?done={done}");
        return refusal.StatusOf() == StatusCodes.Status404NotFound
            ? MissingPage.Show("No such artwork", $"There is no artwork with the id {id}.", "/make/artwork", "Artwork")
            : await ArtworkAsync(slug, id, context, ClearanceWords.Capital(refusal.Reason), null);
    }

    private static async Task<IResult> DraftAsync(Guid id, HttpContext context, ArtworkReader reader, BlobStore blobs, CancellationToken cancellationToken)
    {
        // Asked for anew on every request, so that a take-down holds at once.
        if (await reader.FindAsync(id, cancellationToken) is not { } view) return Results.NotFound();
        if (view.IsQuarantined) return Quarantined.Gone(context);
        if (!blobs.Exists(view.Asset.BlobSha256)) return Results.NotFound();
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers["X-Answerprint-State"] = "draft, unsigned";
        return Results.File(blobs.PathOf(view.Asset.BlobSha256), view.Asset.MediaType, entityTag: new EntityTagHeaderValue($"\"{view.Asset.BlobSha256}\""));
    }

    private static async Task<IResult> ThumbnailAsync(Guid id, HttpContext context, ArtworkReader reader, AnswerprintDb db, BlobStore blobs, CancellationToken cancellationToken)
    {
        if (await reader.FindAsync(id, cancellationToken) is not { } view) return Results.NotFound();
        if (view.IsQuarantined) return Quarantined.Gone(context);
        var made = await db.Set<Rendition>().AsNoTracking().FirstOrDefaultAsync(made => made.AssetId == view.Asset.Id && made.Kind == RenditionKind.Thumbnail, cancellationToken);
        var (sha256, type) = made is null ? (view.Asset.BlobSha256, view.Asset.MediaType) : (made.BlobSha256, made.MediaType);
        if (!blobs.Exists(sha256)) return Results.NotFound();
        context.Response.Headers.CacheControl = "private, no-cache";
        return Results.File(blobs.PathOf(sha256), type, entityTag: new EntityTagHeaderValue($"\"{sha256}\""));
    }

    private static async Task<IResult> OverlayAsync(Guid id, HttpContext context, ArtworkReader reader, PixelStory pixels, CancellationToken cancellationToken)
    {
        if (await reader.FindAsync(id, cancellationToken) is not { } view) return Results.NotFound();
        if (view.IsQuarantined) return Quarantined.Gone(context);
        if (await pixels.MapAsync(view.Record, cancellationToken) is not { } map) return Results.NotFound();
        context.Response.Headers.CacheControl = "private, no-cache";
        return Results.Bytes(PixelStory.Overlay(map), "image/png");
    }

    private static async Task<IFormCollection> FieldsAsync(HttpContext context) =>
        context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
}
