using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Answerprint.Web.Accounts;

/// <summary>Begins and ends the session of a browser.</summary>
internal static class Sessions
{
    /// <summary>Gives the browser a session cookie for an account as it is now.</summary>
    public static async Task BeginAsync(HttpContext context, Guid accountId)
    {
        var directory = context.RequestServices.GetRequiredService<AccountDirectory>();
        var account = await directory.FindAsync(accountId, context.RequestAborted)
            ?? throw new InvalidOperationException($"the account {accountId} is not in the database");
        context.Response.Cookies.Delete(Schemes.ProfileCookie);
        await context.SignInAsync(Schemes.Session, account.ToActor(ActorVia.Session).ToPrincipal(account.Stamp), new AuthenticationProperties { IsPersistent = true });
    }

    /// <summary>The cookie header of a session, for the program's own look at its pages; it lasts an hour.</summary>
    internal static async Task<string> CookieForAsync(IServiceProvider services, Guid accountId, CancellationToken cancellationToken)
    {
        var account = await services.GetRequiredService<AccountDirectory>().FindAsync(accountId, cancellationToken)
            ?? throw new InvalidOperationException($"the account {accountId} is not in the database");
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var properties = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddHours(1) };
        var ticket = new AuthenticationTicket(account.ToActor(ActorVia.Session).ToPrincipal(account.Stamp), properties, Schemes.Session);
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Schemes.Session);
        return $"{Schemes.SessionCookie}={options.TicketDataFormat.Protect(ticket)}";
    }

    /// <summary>Takes the session cookie and the chosen viewer profile back.</summary>
    public static Task EndAsync(HttpContext context)
    {
        context.Response.Cookies.Delete(Schemes.ProfileCookie);
        return context.SignOutAsync(Schemes.Session);
    }
}
