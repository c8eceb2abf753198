using System.Globalization;
using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Accounts;

/// <summary>/account: what people look after themselves.</summary>
internal static class AccountRoutes
{
    private static readonly Dictionary<string, string> Messages = new()
    {
        ["renamed"] = "Your name is changed.",
        ["password-set"] = "Your password is changed. Every other session has ended.",
        ["passkey-added"] = "The passkey is added.",
        ["passkey-removed"] = "The passkey is removed.",
        ["key-revoked"] = "The key is revoked.",
    };

    public static string Done(string what) => $"/account?done={what}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/account").ForSignedIn().ExcludeFromDescription();
        own.MapGet("", (HttpContext context, string? done) => PageAsync(context, new View { Message = Messages.GetValueOrDefault(done ?? "") }));
        own.MapPost("/name", RenameAsync);
        own.MapPost("/password", SetPasswordAsync);
        own.MapPost("/end-sessions", EndSessionsAsync);
        own.MapPost("/keys", CreateKeyAsync);
        own.MapPost("/keys/revoke", RevokeKeyAsync);
    }

    private static async Task<IResult> RenameAsync(HttpContext context, ChangeAccount change)
    {
        var form = await PageForm.ReadAsync(context);
        var result = await change.RenameAsync(form["name"], context.User.ToActor(), context.RequestAborted);
        return await AnswerAsync(context, result.Refusal, "renamed");
    }

    private static async Task<IResult> SetPasswordAsync(HttpContext context, ChangeAccount change)
    {
        var form = await PageForm.ReadAsync(context);
        var actor = context.User.ToActor();
        var result = await change.SetPasswordAsync(form["present"], form["password"], actor, context.RequestAborted);
        if (result.Refusal is null) await Sessions.BeginAsync(context, actor.AccountId);
        return await AnswerAsync(context, result.Refusal, "password-set");
    }

    private static async Task<IResult> EndSessionsAsync(HttpContext context, ChangeAccount change)
    {
        await change.EndSessionsAsync(context.User.ToActor(), context.RequestAborted);
        await Sessions.EndAsync(context);
        return Results.LocalRedirect("/sign-in");
    }

    private static async Task<IResult> CreateKeyAsync(HttpContext context, CreateApiKey createKey)
    {
        var form = await PageForm.ReadAsync(context);
        int? days = int.TryParse(form["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        var request = new CreateApiKeyRequest(form["keyName"], form.All("scopes"), days);
        var made = await createKey.HandleAsync(request, context.User.ToActor(), context.RequestAborted);
        // No redirect: the secret is in this answer and is kept nowhere.
        return await PageAsync(context, made.Refusal is { } refusal
            ? new View { Refusal = refusal.Field == "name" ? refusal with { Field = "keyName" } : refusal, KeyName = request.Name }
            : new View { NewSecret = made.Secret });
    }

    private static async Task<IResult> RevokeKeyAsync(HttpContext context, RevokeApiKey revokeKey)
    {
        var form = await PageForm.ReadAsync(context);
        var id = Guid.TryParse(form["id"], out var parsed) ? parsed : Guid.Empty;
        var result = await revokeKey.HandleAsync(id, context.User.ToActor(), context.RequestAborted);
        return await AnswerAsync(context, result.Refusal, "key-revoked");
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, Refusal? refusal, string done) =>
        refusal is null ? Results.LocalRedirect(Done(done)) : await PageAsync(context, new View { Refusal = refusal });

    private static async Task<IResult> PageAsync(HttpContext context, View view)
    {
        var services = context.RequestServices;
        var (actor, cancellationToken) = (context.User.ToActor(), context.RequestAborted);
        var account = await services.GetRequiredService<AccountDirectory>().FindAsync(actor.AccountId, cancellationToken);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var keys = await services.GetRequiredService<AnswerprintDb>().Set<ApiKey>().AsNoTracking()
            .Where(key => key.AccountId == actor.AccountId && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now))
            .OrderByDescending(key => key.CreatedAt).ToListAsync(cancellationToken);
        var passkeys = await services.GetRequiredService<Passkeys>().ListAsync(actor);
        return new RazorComponentResult<AccountPage>(new
        {
            Account = account,
            Keys = keys,
            OwnPasskeys = passkeys,
            view.Message,
            view.Refusal,
            view.NewSecret,
            view.KeyName,
            PasskeyAddress = SignInRoutes.PasskeyAddress(context, "/account"),
        })
        { StatusCode = view.Refusal?.StatusOf() ?? StatusCodes.Status200OK };
    }

    private sealed record View
    {
        public string? Message { get; init; }
        public Refusal? Refusal { get; init; }
        public string? NewSecret { get; init; }
        public string? KeyName { get; init; }
    }
}
