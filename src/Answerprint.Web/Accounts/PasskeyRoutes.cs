using System.Buffers.Text;
using System.Text.Json;
using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Answerprint.Web.Accounts;

/// <summary>The two WebAuthn ceremonies (W3C Web Authentication Level 3): registering a passkey and signing in by one.</summary>
internal static class PasskeyRoutes
{
    private const int MaxBody = 64 * 1024;

    public sealed record Credential(JsonElement Value, string? Name, string? ReturnTo);

    public sealed record Entered(string Location);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var signIn = routes.MapGroup("/sign-in/passkey").AllowAnonymous().RequireRateLimiting(Schemes.SignInLimit).ExcludeFromDescription();
        signIn.MapPost("/options", async (SignInManager<Account> ceremonies) => Json(await ceremonies.MakePasskeyRequestOptionsAsync(null)));
        signIn.MapPost("", SignInAsync).WithMetadata(new RequestSizeLimitAttribute(MaxBody));

        var own = routes.MapGroup("/account/passkeys").ForSignedIn().ExcludeFromDescription();
        own.MapPost("/options", OfferAsync);
        own.MapPost("", AddAsync).WithMetadata(new RequestSizeLimitAttribute(MaxBody));
        own.MapPost("/remove", RemoveAsync);
    }

    private static async Task<IResult> SignInAsync(Credential body, HttpContext context, SignInManager<Account> ceremonies, SignIn signIn)
    {
        if (!await IsUnderWayAsync(context)) return TooLate();
        var checkedKey = await ceremonies.PerformPasskeyAssertionAsync(body.Value.GetRawText());
        if (!checkedKey.Succeeded)
        {
            Log.PasskeyRefused(ceremonies.Logger, checkedKey.Failure.Message);
            return Refusal.NotAllowed("This passkey does not belong to an account here.").ToProblem();
        }
        // The authenticator's counter is kept, so that a copied key is noticed.
        await ceremonies.UserManager.AddOrUpdatePasskeyAsync(checkedKey.User, checkedKey.Passkey);
        var result = await signIn.WithPasskeyAsync(checkedKey.User.Id, context.RequestAborted);
        if (result.Refusal is { } refusal) return refusal.ToProblem();
        await Sessions.BeginAsync(context, result.Account!.Id);
        return Results.Ok(new Entered(ReturnTo.Safe(body.ReturnTo)));
    }

    private static async Task<IResult> OfferAsync(HttpContext context, SignInManager<Account> ceremonies, AccountDirectory directory)
    {
        var account = (await directory.FindAsync(context.User.ToActor().AccountId, context.RequestAborted))!;
        var person = new PasskeyUserEntity { Id = account.Id.ToString(), Name = account.Email, DisplayName = account.Name };
        return Json(await ceremonies.MakePasskeyCreationOptionsAsync(person));
    }

    private static async Task<IResult> AddAsync(Credential body, HttpContext context, SignInManager<Account> ceremonies, Passkeys passkeys)
    {
        if (!await IsUnderWayAsync(context)) return TooLate();
        var actor = context.User.ToActor();
        var attested = await ceremonies.PerformPasskeyAttestationAsync(body.Value.GetRawText());
        if (!attested.Succeeded)
        {
            Log.PasskeyRefused(ceremonies.Logger, attested.Failure.Message);
            return Refusal.Invalid("value", "The passkey could not be verified. Try again.").ToProblem();
        }
        if (attested.UserEntity.Id != actor.AccountId.ToString()) return Refusal.NotAllowed("This passkey was made for another account.").ToProblem();
        var added = await passkeys.AddAsync(attested.Passkey, body.Name ?? "", actor, context.RequestAborted);
        return added.Refusal is { } refusal ? refusal.ToProblem() : Results.Ok(new Entered(AccountRoutes.Done("passkey-added")));
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, Passkeys passkeys)
    {
        var form = await PageForm.ReadAsync(context);
        var id = form["id"];
        var bytes = Base64Url.IsValid(id) ? Base64Url.DecodeFromChars(id) : [];
        var removed = await passkeys.RemoveAsync(bytes, context.User.ToActor(), context.RequestAborted);
        return removed.Refusal is { } refusal
            ? PlainPage.Show("Not removed", refusal.Reason, refusal.StatusOf(), "/account", "Account")
            : Results.LocalRedirect(AccountRoutes.Done("passkey-removed"));
    }

    private static async Task<bool> IsUnderWayAsync(HttpContext context) =>
        (await context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Succeeded;

    private static IResult TooLate() => Refusal.Conflict("", "The request to use a passkey is older than five minutes. Try again.").ToProblem();

    private static IResult Json(string json) => Results.Text(json, "application/json");
}
