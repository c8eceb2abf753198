using System.Globalization;
using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Accounts;

/// <summary>/watch/profiles: who of a household is watching.</summary>
internal static class ProfileRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var profiles = routes.MapGroup("/watch/profiles").ForSignedIn().ExcludeFromDescription();
        profiles.MapGet("", ListAsync);
        profiles.MapPost("/choose", ChooseAsync);
        profiles.MapGet("/new", async (ViewerProfileAccessor accessor, CancellationToken cancellationToken) =>
            new RazorComponentResult<ProfilePage>(new { Palette = FreePalette(await accessor.AllAsync(cancellationToken)) }));
        profiles.MapPost("", CreateAsync);
        profiles.MapGet("/{id:guid}", EditPageAsync);
        profiles.MapPost("/{id:guid}", EditAsync);
        profiles.MapPost("/{id:guid}/delete", DeleteAsync);
    }

    private static async Task<RazorComponentResult<ProfilesPage>> ListAsync(ViewerProfileAccessor accessor, string? returnTo, CancellationToken cancellationToken)
    {
        var current = await accessor.CurrentAsync(cancellationToken);
        var all = await accessor.AllAsync(cancellationToken);
        return new(new { Profiles = all, CurrentId = current?.Id, Destination = returnTo is null ? "/watch" : ReturnTo.Safe(returnTo) });
    }

    private static async Task<IResult> ChooseAsync(HttpContext context, ViewerProfileAccessor accessor)
    {
        var form = await PageForm.ReadAsync(context);
        var all = await accessor.AllAsync(context.RequestAborted);
        if (!Guid.TryParse(form["id"], out var id) || all.All(profile => profile.Id != id)) return Missing();
        ViewerProfileAccessor.Choose(context, id);
        return Results.LocalRedirect(ReturnTo.Safe(form["returnTo"]));
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ViewerProfiles profiles)
    {
        var request = await ReadAsync(context);
        var result = await profiles.CreateAsync(request, context.User.ToActor(), context.RequestAborted);
        return result.Refusal is { } refusal ? Page(null, request, false, refusal) : Results.LocalRedirect("/watch/profiles");
    }

    private static async Task<IResult> EditPageAsync(Guid id, ViewerProfileAccessor accessor, CancellationToken cancellationToken)
    {
        var all = await accessor.AllAsync(cancellationToken);
        return all.FirstOrDefault(profile => profile.Id == id) is { } profile
            ? Page(id, new ViewerProfileRequest(profile.Name, profile.Palette), all.Count > 1, null)
            : Missing();
    }

    private static async Task<IResult> EditAsync(Guid id, HttpContext context, ViewerProfiles profiles, ViewerProfileAccessor accessor)
    {
        var request = await ReadAsync(context);
        var result = await profiles.EditAsync(id, request, context.User.ToActor(), context.RequestAborted);
        if (result.Refusal is null) return Results.LocalRedirect("/watch/profiles");
        return result.Refusal.Kind == RefusalKind.NotFound ? Missing() : Page(id, request, (await accessor.AllAsync(context.RequestAborted)).Count > 1, result.Refusal);
    }

    private static async Task<IResult> DeleteAsync(Guid id, HttpContext context, ViewerProfiles profiles)
    {
        var result = await profiles.DeleteAsync(id, context.User.ToActor(), context.RequestAborted);
        if (result.Refusal is null) return Results.LocalRedirect("/watch/profiles");
        return PlainPage.Show("Not deleted", result.Refusal.Reason, result.Refusal.StatusOf(), "/watch/profiles", "Profiles");
    }

    private static async Task<ViewerProfileRequest> ReadAsync(HttpContext context)
    {
        var form = await PageForm.ReadAsync(context);
        return new ViewerProfileRequest(form["name"], int.TryParse(form["palette"], NumberStyles.None, CultureInfo.InvariantCulture, out var palette) ? palette : 0);
    }

    private static int FreePalette(IReadOnlyList<ViewerProfile> taken) =>
        Enumerable.Range(0, ViewerProfiles.Palettes).First(palette => taken.All(profile => profile.Palette != palette));

    private static RazorComponentResult<PlainPage> Missing() =>
        PlainPage.Show("No such profile", "There is no viewer profile of yours with this id.", StatusCodes.Status404NotFound, "/watch/profiles", "Profiles");

    private static RazorComponentResult<ProfilePage> Page(Guid? id, ViewerProfileRequest request, bool canDelete, Refusal? refusal) =>
        new(new { Id = id, request.Name, request.Palette, CanDelete = canDelete, Refusal = refusal }) { StatusCode = refusal?.StatusOf() ?? StatusCodes.Status200OK };
}
