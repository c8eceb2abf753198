namespace Answerprint.Web.Accounts;

/// <summary>Names of the ways to authenticate, the limits and the cookies.</summary>
public static class Schemes
{
    /// <summary>Picks <see cref="ApiKey"/> for a bearer token under /api, otherwise <see cref="Session"/>.</summary>
    public const string Any = "answerprint";

    /// <summary>The session cookie.</summary>
    public const string Session = "session";

    /// <summary>An API key as bearer token.</summary>
    public const string ApiKey = "api-key";

    /// <summary>The rate limit of signing in and setting up.</summary>
    public const string SignInLimit = "sign-in";

    internal const string SessionCookie = "answerprint.session";
    internal const string PasskeyCookie = "answerprint.passkey";
    internal const string ForgeryCookie = "answerprint.forgery";
    internal const string ProfileCookie = "answerprint.profile";

    internal static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    internal static string Pick(HttpContext context) => IsApi(context.Request) && ApiKeyHandler.TokenOf(context.Request) is not null ? ApiKey : Session;
}
