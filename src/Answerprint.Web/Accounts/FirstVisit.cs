using System.Net;
using Answerprint.Platform.Accounts;
using Microsoft.AspNetCore.Authorization;

namespace Answerprint.Web.Accounts;

/// <summary>While nobody owns the installation, a visit to any page from this machine goes to the set-up of its owner.</summary>
internal sealed class FirstVisit(RequestDelegate next, AccountDirectory directory)
{
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "X-Original-For", "Via"];

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.User.Identity?.IsAuthenticated != true && IsPage(context) && !await directory.HasOwnerAsync(context.RequestAborted))
        {
            context.Response.Redirect(IsOnThisMachine(context) ? "/setup" : "/sign-in");
            return;
        }
        await next(context);
    }

    /// <summary>
    /// Whether the browser runs on this machine and knows it: the connection is from loopback, the Host is loopback's own name (a foreign name that was
    /// made to resolve to 127.0.0.1 is not), and no proxy says that it stands between.
    /// </summary>
    public static bool IsOnThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && context.Request.Host.Host is ("127.0.0.1" or "localhost" or "[::1]")
        && !Array.Exists(ForwardingHeaders, context.Request.Headers.ContainsKey);

    private static bool IsPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && !Schemes.IsApi(context.Request)
        && context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null;
}
