using System.Net;
using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Answerprint.Web.Accounts;

/// <summary>/sign-in and /sign-out.</summary>
internal static class SignInRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", ShowAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/sign-in", SignInAsync).AllowAnonymous().RequireRateLimiting(Schemes.SignInLimit).ExcludeFromDescription();
        routes.MapGet("/sign-out", (HttpContext context) => new RazorComponentResult<SignOutPage>(new { context.User.ToActor().Name }))
            .ForSignedIn().ExcludeFromDescription();
        routes.MapPost("/sign-out", (Delegate)SignOutAsync).ForSignedIn().ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(HttpContext context, AccountDirectory directory, string? returnTo)
    {
        if (!await directory.HasOwnerAsync(context.RequestAborted))
            return FirstVisit.IsOnThisMachine(context) ? Results.LocalRedirect("/setup") : new RazorComponentResult<SignInPage>(new { NoOwner = true });
        if (context.User.TryToActor() is not null) return Results.LocalRedirect(ReturnTo.Safe(returnTo));
        return Page(context, ReturnTo.Safe(returnTo), null, null, StatusCodes.Status200OK);
    }

    private static async Task<IResult> SignInAsync(HttpContext context, SignIn signIn)
    {
        var form = await PageForm.ReadAsync(context);
        var destination = ReturnTo.Safe(form["returnTo"]);
        var result = await signIn.HandleAsync(new SignInRequest(form["email"], form["password"]), context.RequestAborted);
        if (result.Account is null) return Page(context, destination, form["email"], result.Refusal!.Reason, StatusCodes.Status401Unauthorized);
        await Sessions.BeginAsync(context, result.Account.Id);
        return Results.LocalRedirect(destination);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context)
    {
        await Sessions.EndAsync(context);
        return Results.LocalRedirect("/sign-in");
    }

    private static RazorComponentResult<SignInPage> Page(HttpContext context, string destination, string? email, string? problem, int status) =>
        new(new { Destination = destination, Email = email, Problem = problem, PasskeyAddress = PasskeyAddress(context, destination) }) { StatusCode = status };

    /// <summary>WebAuthn knows no numeric hosts (its RP ID is a domain string); on this machine there is a name for the same server.</summary>
    internal static string? PasskeyAddress(HttpContext context, string path)
    {
        var host = context.Request.Host;
        if (!IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) || !IPAddress.IsLoopback(address)) return null;
        return $"{context.Request.Scheme}://localhost{(host.Port is { } port ? $":{port}" : "")}{path}";
    }
}
