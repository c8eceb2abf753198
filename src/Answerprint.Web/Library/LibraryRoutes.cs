using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Home;
using Answerprint.Web.Productions;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Library;

/// <summary>/library: all assets, and each with its rights and lineage.</summary>
internal static class LibraryRoutes
{
    private static readonly Dictionary<string, string> Messages = new()
    {
        ["rights"] = "The rights are saved.",
        ["down"] = "It is taken down.",
        ["back"] = "It is put back.",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/library").ExcludeFromDescription();
        pages.MapGet("", ListAsync).ForRoles(ConsoleRoles.Staff);
        pages.MapGet("/{id:guid}", (Guid id, string? done, HttpContext context) => PageAsync(id, context, said: Messages.GetValueOrDefault(done ?? ""))).ForRoles(ConsoleRoles.Staff);
        pages.MapPost("/{id:guid}/rights", SetRightsAsync).ForRoles(ConsoleRoles.Keepers);
        pages.MapPost("/{id:guid}/take-down", (Guid id, HttpContext context, TakeDown take) => TakeAsync(id, true, context, take)).ForRoles(ConsoleRoles.Keepers);
        pages.MapPost("/{id:guid}/restore", (Guid id, HttpContext context, TakeDown take) => TakeAsync(id, false, context, take)).ForRoles(ConsoleRoles.Keepers);
    }

    private static async Task<IResult> ListAsync(HttpContext context, AnswerprintDb db, CancellationToken cancellationToken)
    {
        var (actor, filter) = (context.User.ToActor(), LibraryFilter.From(context.Request.Query));
        var page = await LibraryQuery.RunAsync(db, filter, actor, cancellationToken);
        var looks = await AssetLook.LoadAsync(db, page.Assets, actor, cancellationToken);
        var productions = await db.Set<Production>().AsNoTracking().OrderBy(production => production.Name).Take(500).ToListAsync(cancellationToken);
        return new RazorComponentResult<LibraryPage>(
            new { Found = page.Assets, Looks = looks, Filter = filter, Productions = (IReadOnlyList<Production>)productions, page.Total, page.Pages, IsKeeper = actor.HasAny(ConsoleRoles.Keepers) });
    }

    private static async Task<IResult> SetRightsAsync(Guid id, HttpContext context, SetRights set)
    {
        var form = await PageForm.ReadAsync(context);
        if (!Enum.TryParse<RightsKind>(form["rights"], out var rights)) return await PageAsync(id, context, Refusal.Invalid("rights", $"'{form["rights"]}' is no kind of rights."));
        if (!Enum.TryParse<PerformerPresence>(form["performers"], out var performers))
            return await PageAsync(id, context, Refusal.Invalid("performers", $"'{form["performers"]}' says nothing of performers."));
        var request = new SetRightsRequest(
            id, form["owner"], rights, form["licence"], ProductionsRoutes.Day(form["from"]), ProductionsRoutes.Day(form["until"])?.AddDays(1).AddTicks(-10), form["contributorRelease"], performers);
        var done = await set.HandleAsync(request, context.User.ToActor(), context.RequestAborted);
        return done.Refusal is null ? Results.LocalRedirect($"/library/{id}?done=rights") : await PageAsync(id, context, done.Refusal);
    }

    private static async Task<IResult> TakeAsync(Guid id, bool quarantine, HttpContext context, TakeDown take)
    {
        var form = await PageForm.ReadAsync(context);
        var done = await take.HandleAsync(new TakeDownRequest(id, quarantine, form["reason"]), context.User.ToActor(), context.RequestAborted);
        return done.Refusal is null ? Results.LocalRedirect($"/library/{id}?done={(quarantine ? "down" : "back")}") : await PageAsync(id, context, done.Refusal);
    }

    private static async Task<IResult> PageAsync(Guid id, HttpContext context, Refusal? refusal = null, string? said = null)
    {
        var db = context.RequestServices.GetRequiredService<AnswerprintDb>();
        var blobs = context.RequestServices.GetRequiredService<BlobStore>();
        return await AssetModel.LoadAsync(db, blobs, id, context.User.ToActor(), context.RequestAborted) is { } model
            ? new RazorComponentResult<AssetPage>(new { Model = model, Refusal = refusal, Said = said }) { StatusCode = refusal?.StatusOf() ?? StatusCodes.Status200OK }
            : MissingPage.Show("No such asset", "It does not exist, or it was taken down.", "/library", "Library");
    }
}
