using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Web.Shell;

namespace Answerprint.Web.Accounts;

/// <summary>How a <see cref="Refusal"/> goes out over HTTP (RFC 9457 problem details).</summary>
public static class Refusals
{
    /// <summary>The HTTP status of a refusal: 422, 404, 403 or 409.</summary>
    public static int StatusOf(this Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Kind switch
        {
            RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.NotAllowed => StatusCodes.Status403Forbidden,
            _ => StatusCodes.Status409Conflict,
        };
    }

    /// <summary>The refusal as problem details; <c>field</c> names the part of the request that is at fault.</summary>
    public static IResult ToProblem(this Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var extensions = refusal.Field.Length == 0 ? null : new Dictionary<string, object?> { ["field"] = refusal.Field };
        return Results.Problem(refusal.Reason, statusCode: refusal.StatusOf(), extensions: extensions);
    }

    /// <summary>A program gets problem details, a browser a page.</summary>
    internal static Task Write(HttpContext context, int status, string detail)
    {
        if (Schemes.IsApi(context.Request) || !context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            return Results.Problem(detail, statusCode: status).ExecuteAsync(context);
        return PlainPage.Show(TitleOf(status), detail, status).ExecuteAsync(context);
    }

    /// <summary>Says which roles the route is for and which the caller has.</summary>
    internal static Task WriteForbidden(HttpContext context)
    {
        var needed = context.GetEndpoint()?.Metadata.GetMetadata<RouteRolesMetadata>()?.Roles ?? [];
        var held = context.User.TryToActor()?.Roles ?? [];
        return Write(context, StatusCodes.Status403Forbidden,
            $"This is for {string.Join(", ", needed)}; you come as {(held.Count == 0 ? "nobody" : string.Join(", ", held))}.");
    }

    private static string TitleOf(int status) => status switch
    {
        StatusCodes.Status403Forbidden => "Not for your roles",
        StatusCodes.Status429TooManyRequests => "Too many tries",
        StatusCodes.Status400BadRequest => "Please repeat",
        _ => "Not here",
    };
}
