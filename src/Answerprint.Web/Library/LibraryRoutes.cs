using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Library.Find;
using Answerprint.Platform.Library.Tagging;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Accounts;
using Answerprint.Web.Home;
using Answerprint.Web.Productions;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Library;

/// <summary>/library: all assets, and each with its rights and lineage.</summary>
internal static class LibraryRoutes
{
    private static readonly Dictionary<string, string> Messages = new()
    {
        ["rights"] = "The rights are saved.",
        ["down"] = "It is taken down.",
        ["back"] = "It is put back.",
        ["tags"] = "The tags are saved.",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/library").ExcludeFromDescription();
        pages.MapGet("", ListAsync).ForRoles(ConsoleRoles.Staff);
        pages.MapPost("/look", LookAsync).ForRoles(ConsoleRoles.Staff);
        pages.MapPost("/tagging", TagAsync).ForRoles([.. LibraryAccess.Curators]);
        pages.MapGet("/{id:guid}", (Guid id, string? done, HttpContext context) => PageAsync(id, context, said: Messages.GetValueOrDefault(done ?? ""))).ForRoles(ConsoleRoles.Staff);
        pages.MapPost("/{id:guid}/rights", SetRightsAsync).ForRoles(ConsoleRoles.Keepers);
        pages.MapPost("/{id:guid}/take-down", (Guid id, HttpContext context, TakeDown take) => TakeAsync(id, true, context, take)).ForRoles(ConsoleRoles.Keepers);
        pages.MapPost("/{id:guid}/restore", (Guid id, HttpContext context, TakeDown take) => TakeAsync(id, false, context, take)).ForRoles(ConsoleRoles.Keepers);
    }

    private static Task<IResult> ListAsync(HttpContext context, string? done) => ShowAsync(context, said: done is { Length: > 0 } && int.TryParse(done, out var count) ? Tagged(count) : null);

    private static string Tagged(int count) => count == 0 ? "Nothing had to be changed." : $"The tags of {Words.Count(count, "reference", "references")} are changed.";

    private static async Task<IResult> ShowAsync(HttpContext context, LibraryFilter? filter = null, Refusal? refusal = null, string? said = null)
    {
        var model = await LibraryModel.LoadAsync(filter ?? LibraryFilter.From(context.Request.Query), context.User.ToActor(), context.RequestServices, context.RequestAborted);
        return new RazorComponentResult<LibraryPage>(new { Model = model, Refusal = refusal?.Reason, Said = said }) { StatusCode = refusal?.StatusOf() ?? StatusCodes.Status200OK };
    }

    private static async Task<IResult> LookAsync(HttpContext context, LookOfPicture look)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = LookOfPicture.MaxBytes + (1 << 20);
        var file = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(context.RequestAborted)).Files.GetFile("picture") : null;
        if (file is null) return await ShowAsync(context, new LibraryFilter(), Refusal.Invalid("picture", "No picture was chosen."));
        await using var bytes = file.OpenReadStream();
        var seen = await look.HandleAsync(bytes, context.RequestAborted);
        return seen.Look is { } found ? Results.LocalRedirect(new LibraryFilter { Look = LibraryFilter.TextOf(found) }.Url) : await ShowAsync(context, new LibraryFilter(), seen.Refusal);
    }

    private static async Task<IResult> TagAsync(HttpContext context, ChangeTags change)
    {
        var form = await PageForm.ReadAsync(context);
        var (add, remove) = (Tag.ParseList(form["add"], out var problem), Tag.ParseList(form["remove"], out var other));
        var refusal = problem.Length + other.Length > 0 ? Refusal.Invalid("add", problem.Length > 0 ? problem : other) : null;
        var assets = form.All("asset").Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).ToList();
        var done = refusal is null ? await change.HandleAsync(new ChangeTagsRequest(assets, add, remove), context.User.ToActor(), context.RequestAborted) : new ChangeTagsResult(0, refusal);
        if (done.Refusal is not null) return await ShowAsync(context, new LibraryFilter(), done.Refusal);
        var back = form["back"] is { } address && (address == "/library" || address.StartsWith("/library?", StringComparison.Ordinal) || address.StartsWith("/library/", StringComparison.Ordinal)) ? address : "/library";
        return Results.LocalRedirect(back + (back.Contains('?', StringComparison.Ordinal) ? '&' : '?') + (back.StartsWith("/library/", StringComparison.Ordinal) ? "done=tags" : $"done={done.Changed}"));
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
        if (await AssetModel.LoadAsync(db, blobs, id, context.User.ToActor(), context.RequestAborted) is not { } model) return MissingPage.Show("No such asset", "It does not exist, or it was taken down.", "/library", "Library");
        var reference = await ReferenceModel.LoadAsync(model.Asset, context.User.ToActor(), context.RequestServices, context.RequestAborted);
        return new RazorComponentResult<AssetPage>(new { Model = model, Reference = reference, Refusal = refusal, Said = said }) { StatusCode = refusal?.StatusOf() ?? StatusCodes.Status200OK };
    }
}
