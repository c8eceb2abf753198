using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Authorship;
using Answerprint.Platform.Studio.Results;
using Answerprint.Web.Accounts;
using Answerprint.Web.Clearance;
using Answerprint.Web.Home;
using Answerprint.Web.Library;
using Answerprint.Web.Promotion;
using Answerprint.Web.Shell;
using Answerprint.Web.Withdrawal;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using MissingPage = Answerprint.Web.Home.MissingPage;

namespace Answerprint.Web.Make;

/// <summary>/make/results: one page for every synthesised picture.</summary>
internal static class ResultRoutes
{
    private static readonly Dictionary<string, string> Messages = new(StringComparer.Ordinal)
    {
        ["again"] = "It is being made again. The pixels must be the same; the answer will stand below.",
        ["promoted"] = "Clearance was asked for the new use. The draft stays a draft.",
        ["released"] = "Released: the signed file is below.",
        ["asked"] = "Clearance was asked. The answer stands below.",
        ["version"] = "It is a version of the shot now, to be reviewed.",
        ["kept"] = "Kept.",
        ["discarded"] = "Discarded. It stays on record and can be kept again.",
        ["undecided"] = "Undecided again.",
        ["noted"] = "The note is saved.",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/make/results/{id:guid}").ExcludeFromDescription();
        pages.MapGet("", (Guid id, HttpContext context, string? done) => PageAsync(id, context, null, Messages.GetValueOrDefault(done ?? ""))).ForRoles(ConsoleRoles.Staff);
        pages.MapGet("/authorship", AuthorshipAsync).ForRoles(ConsoleRoles.Staff);
        pages.MapGet("/download", DownloadAsync).ForRoles(ConsoleRoles.Staff);
        pages.MapPost("/again", AgainAsync).ForRoles(ConsoleRoles.Makers);
        pages.MapPost("/promote", PromoteAsync).ForRoles(ConsoleRoles.Makers);
        pages.MapPost("/release", ReleaseAsync).ForRoles(ConsoleRoles.Makers);
        pages.MapPost("/version", VersionAsync).ForRoles(ConsoleRoles.Planners);
        routes.MapGet("/media/results/{id:guid}/overlay", OverlayAsync).ForRoles(ConsoleRoles.Staff).ExcludeFromDescription();
    }

    private static async Task<IResult> PageAsync(Guid id, HttpContext context, string? problem, string? message)
    {
        var services = context.RequestServices;
        var actor = context.User.ToActor();
        var model = await ResultModel.LoadAsync(services.GetRequiredService<AnswerprintDb>(), services.GetRequiredService<PixelStory>(), id, actor, context.RequestAborted);
        if (model is null) return MissingPage.Show("No such result", "It does not exist, it was not synthesised here, or it was taken back.", "/make/variations", "Variations");
        RequestShell.BelongsTo(context, model.Section);
        return new RazorComponentResult<ResultPage>(new
        {
            Model = model, MayMake = actor.HasAny(ConsoleRoles.Makers), MayPlan = actor.HasAny(ConsoleRoles.Planners), Problem = problem, Message = message,
            Said = model.Decision is { } asked ? Declarations.FromFacts(asked.FactsJson) : DeclarationForm.Careful,
        }) { StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict };
    }

    private static async Task<IResult> AuthorshipAsync(Guid id, HttpContext context, GetAuthorship authorship)
    {
        var sheet = await authorship.HandleAsync(id, context.RequestAborted);
        if (sheet is not null) RequestShell.BelongsTo(context, ResultModel.SectionOf(sheet.Recipe.Split(' ')[0]));
        return sheet is not null
            ? new RazorComponentResult<AuthorshipPage>(new { Sheet = sheet })
            : MissingPage.Show("No such result", "It does not exist, it was not made here, or it was taken back.", "/make/variations", "Variations");
    }

    private static async Task<IResult> DownloadAsync(Guid id, HttpContext context, AnswerprintDb db, BlobStore blobs)
    {
        // Asked for anew on every request, so that a withdrawal holds at once.
        if (await Quarantined.HoldsAsync(db, id, context.RequestAborted)) return Quarantined.Gone(context);
        var asset = await LibraryQuery.FindAsync(db, id, context.User.ToActor(), context.RequestAborted);
        if (asset is not { JobId: not null } || !blobs.Exists(asset.BlobSha256)) return Results.NotFound();
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers["X-Answerprint-State"] = "draft, unsigned";
        return Results.File(blobs.PathOf(asset.BlobSha256), asset.MediaType, asset.FileName, entityTag: new EntityTagHeaderValue($"\"{asset.BlobSha256}\""), enableRangeProcessing: true);
    }

    private static async Task<IResult> OverlayAsync(Guid id, HttpContext context, AnswerprintDb db, PixelStory pixels)
    {
        if (await Quarantined.HoldsAsync(db, id, context.RequestAborted)) return Quarantined.Gone(context);
        var asset = await LibraryQuery.FindAsync(db, id, context.User.ToActor(), context.RequestAborted);
        if (asset is not { AttributionId: { } attribution } || await pixels.MapAsync(attribution, context.RequestAborted) is not { } map) return Results.NotFound();
        context.Response.Headers.CacheControl = "private, no-cache";
        return Results.Bytes(OriginTint.Draw(map), "image/png");
    }

    private static async Task<IResult> AgainAsync(Guid id, HttpContext context, AnswerprintDb db, RunAgain again)
    {
        var actor = context.User.ToActor();
        if (await LibraryQuery.FindAsync(db, id, actor, context.RequestAborted) is not { JobId: { } jobId }) return await PageAsync(id, context, null, null);
        var result = await again.HandleAsync(jobId, actor, context.RequestAborted);
        return result.Job is null ? await PageAsync(id, context, ClearanceWords.Capital(result.Problem), null) : Results.LocalRedirect($"{ResultModel.HrefOf(id)}?done=again");
    }

    private static async Task<IResult> PromoteAsync(Guid id, HttpContext context, PromoteResult promote, PolicyLibrary library)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!UseName.TryParse(form["use"], out var use)) return await PageAsync(id, context, UseName.Problem(form["use"]), null);
        var said = DeclarationForm.Read(form);
        if (DeclarationForm.Problem(library, said) is { Length: > 0 } misfit) return await PageAsync(id, context, ClearanceWords.Capital(misfit), null);
        var result = await promote.HandleAsync(new PromoteResultRequest(id, use, said), context.User.ToActor(), context.RequestAborted);
        return result.Job is null ? await PageAsync(id, context, ClearanceWords.Capital(result.Problem), null) : Results.LocalRedirect($"{ResultModel.HrefOf(id)}?done=promoted");
    }

    private static async Task<IResult> ReleaseAsync(Guid id, HttpContext context, ReleaseDesk desk, PolicyLibrary library)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!UseName.TryParse(form["use"], out var use)) return await PageAsync(id, context, UseName.Problem(form["use"]), null);
        var said = DeclarationForm.Read(form);
        if (DeclarationForm.Problem(library, said) is { Length: > 0 } misfit) return await PageAsync(id, context, ClearanceWords.Capital(misfit), null);
        var result = await desk.RequestAsync(new RequestRelease(id, use, said), context.User.ToActor(), context.RequestAborted);
        return result.Decision is null
            ? await PageAsync(id, context, ClearanceWords.Capital(result.Problem), null)
            : Results.LocalRedirect($"{ResultModel.HrefOf(id)}?done={(result.Release is null ? "asked" : "released")}");
    }

    private static async Task<IResult> VersionAsync(Guid id, HttpContext context, AcceptAsVersion accept)
    {
        var form = await PageForm.ReadAsync(context);
        if (!Guid.TryParse(form["shot"], out var shot)) return await PageAsync(id, context, "Choose a shot.", null);
        var result = await accept.HandleAsync(new AcceptAsVersionRequest(id, shot), context.User.ToActor(), context.RequestAborted);
        return result.Refusal is { } refusal ? await PageAsync(id, context, ClearanceWords.Capital(refusal.Reason), null) : Results.LocalRedirect($"{ResultModel.HrefOf(id)}?done=version");
    }
}
