using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Accounts;

/// <summary>/setup, the first visit on this machine, and /setup/{token}, the one-time links.</summary>
internal static class SetupRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/setup", ShowFirstAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/setup", CreateFirstAsync).AllowAnonymous().RequireRateLimiting(Schemes.SignInLimit).ExcludeFromDescription();
        routes.MapGet("/setup/{token}", ShowLinkAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/setup/{token}", UseLinkAsync).AllowAnonymous().RequireRateLimiting(Schemes.SignInLimit).ExcludeFromDescription();
    }

    private static async Task<IResult> ShowFirstAsync(HttpContext context, AccountDirectory directory) =>
        await ClosedAsync(context, directory) ?? Page(true, "/setup", null, null, null);

    private static async Task<IResult> CreateFirstAsync(HttpContext context, AccountDirectory directory, CreateOwner createOwner)
    {
        if (await ClosedAsync(context, directory) is { } closed) return closed;
        return await CreateOwnerAsync(context, createOwner, "/setup", linkSecret: null);
    }

    private static async Task<IResult> ShowLinkAsync(string token, HttpContext context, SetupLinks links) =>
        await links.InspectAsync(token, context.RequestAborted) is { } invitation
            ? Page(invitation.AccountId is null, SetupLinks.PathOf(token), invitation.Name, invitation.Email, null)
            : DeadLink();

    private static async Task<IResult> UseLinkAsync(string token, HttpContext context, SetupLinks links, AcceptSetup accept, CreateOwner createOwner)
    {
        if (await links.InspectAsync(token, context.RequestAborted) is not { } invitation) return DeadLink();
        var path = SetupLinks.PathOf(token);
        if (invitation.AccountId is null) return await CreateOwnerAsync(context, createOwner, path, token);
        var form = await PageForm.ReadAsync(context);
        var result = await accept.HandleAsync(new AcceptSetupRequest(token, form["name"], form["password"]), context.RequestAborted);
        if (result.AccountId is { } id) return await EnterAsync(context, id);
        return result.Refusal!.Kind == RefusalKind.NotFound ? DeadLink() : Page(false, path, form["name"], invitation.Email, result.Refusal);
    }

    private static async Task<IResult> CreateOwnerAsync(HttpContext context, CreateOwner createOwner, string path, string? linkSecret)
    {
        var form = await PageForm.ReadAsync(context);
        var request = new CreateOwnerRequest(form["name"], form["email"], form["password"], linkSecret);
        var result = await createOwner.HandleAsync(request, context.RequestAborted);
        return result.AccountId is { } id ? await EnterAsync(context, id) : Page(true, path, request.Name, request.Email, result.Refusal);
    }

    private static async Task<IResult> EnterAsync(HttpContext context, Guid accountId)
    {
        await Sessions.BeginAsync(context, accountId);
        return Results.LocalRedirect("/");
    }

    private static async Task<IResult?> ClosedAsync(HttpContext context, AccountDirectory directory)
    {
        if (await directory.HasOwnerAsync(context.RequestAborted)) return Results.LocalRedirect("/sign-in");
        return FirstVisit.IsOnThisMachine(context)
            ? null
            : PlainPage.Show("Not from here", "The first owner is made on the machine that runs the server, or by the one-time link printed there.",
                StatusCodes.Status403Forbidden, "/sign-in", "Sign in");
    }

    private static RazorComponentResult<PlainPage> DeadLink() =>
        PlainPage.Show("This link does not work", SetupLinks.Gone().Reason, StatusCodes.Status404NotFound, "/sign-in", "Sign in");

    private static RazorComponentResult<SetupPage> Page(bool isOwner, string action, string? name, string? email, Refusal? refusal) =>
        new(new { IsOwner = isOwner, Action = action, Name = name, Email = email, Refusal = refusal }) { StatusCode = refusal?.StatusOf() ?? StatusCodes.Status200OK };
}
