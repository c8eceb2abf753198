using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;
using Microsoft.AspNetCore.Authentication;

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

    /// <summary>Takes the session cookie and the chosen viewer profile back.</summary>
    public static Task EndAsync(HttpContext context)
    {
        context.Response.Cookies.Delete(Schemes.ProfileCookie);
        return context.SignOutAsync(Schemes.Session);
    }
}
