using System.Text.Encodings.Web;
using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Answerprint.Web.Accounts;

/// <summary>Signs a request in by its API key (RFC 6750 bearer token).</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccountDirectory directory)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Bearer = "Bearer ";

    public static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { } token) return AuthenticateResult.NoResult();
        var actor = await directory.FindByApiKeyAsync(token, Context.RequestAborted);
        return actor is null
            ? AuthenticateResult.Fail("the API key is unknown, revoked or expired")
            : AuthenticateResult.Success(new AuthenticationTicket(actor.ToPrincipal(), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Refusals.Write(Context, StatusCodes.Status401Unauthorized, "This API key is unknown, revoked or expired.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusals.WriteForbidden(Context);
}
