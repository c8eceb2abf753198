using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Answerprint.Web.Accounts;

/// <summary>Keeps session cookies true to the account: ended sessions end at once, changed names and roles are taken over, and neither costs a query.</summary>
internal sealed class SessionEvents(AccountDirectory directory) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var actor = context.Principal?.TryToActor();
        var account = actor is null ? null : await directory.FindAsync(actor.AccountId, context.HttpContext.RequestAborted);
        if (account is null or { IsClosed: true } || context.Principal!.FindFirst(ActorClaims.Stamp)?.Value != account.Stamp)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
            return;
        }
        context.HttpContext.Items[typeof(AccountSnapshot)] = account;
        if (actor!.Name == account.Name && actor.Roles.SequenceEqual(account.Roles)) return;
        context.ReplacePrincipal(account.ToActor(ActorVia.Session).ToPrincipal(account.Stamp));
        context.ShouldRenew = true;
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (Schemes.IsApi(request)) return Refusals.Write(context.HttpContext, StatusCodes.Status401Unauthorized, "Sign in, or send an API key as bearer token.");
        var signIn = SignInPath(request);
        if (!request.Headers.ContainsKey("HX-Request"))
        {
            context.Response.Redirect(signIn);
            return Task.CompletedTask;
        }
        // A part of a page was asked for: the whole page goes to the sign-in.
        context.Response.Headers["HX-Redirect"] = "/sign-in";
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) => Refusals.WriteForbidden(context.HttpContext);

    private static string SignInPath(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return "/sign-in";
        var here = request.PathBase + request.Path + request.QueryString;
        return here == "/" ? "/sign-in" : $"/sign-in?returnTo={Uri.EscapeDataString(here)}";
    }
}
