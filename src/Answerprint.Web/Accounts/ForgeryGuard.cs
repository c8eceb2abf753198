using Answerprint.Platform.Accounts.Contracts;
using Microsoft.AspNetCore.Antiforgery;

namespace Answerprint.Web.Accounts;

/// <summary>
/// Refuses every changing request without a valid antiforgery token, whatever its body, unless it came with an API key, which no browser sends by itself.
/// The token is in the form field <c>__RequestVerificationToken</c> or, for scripts, the header <c>RequestVerificationToken</c>.
/// </summary>
internal sealed class ForgeryGuard(RequestDelegate next, IAntiforgery antiforgery)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!IsChanging(context.Request.Method) || context.GetEndpoint() is not { } endpoint || IsExempt(endpoint) || IsByApiKey(context) || await antiforgery.IsRequestValidAsync(context))
        {
            await next(context);
            return;
        }
        await Refusals.Write(context, StatusCodes.Status400BadRequest, "This form is too old or comes from another site. Load the page again and repeat.");
    }

    private static bool IsChanging(string method) =>
        !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method));

    /// <summary>A route that knows nobody and changes nothing says so by DisableAntiforgery.</summary>
    private static bool IsExempt(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: false };

    private static bool IsByApiKey(HttpContext context) => context.User.Identity?.AuthenticationType == ActorClaims.ApiKeyAuthentication;
}
