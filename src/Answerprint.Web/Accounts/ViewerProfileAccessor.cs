using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;

namespace Answerprint.Web.Accounts;

/// <summary>Which viewer profile of the signed-in account is watching. Costs no query.</summary>
/// <param name="http">The request.</param>
/// <param name="directory">Accounts and their profiles.</param>
public sealed class ViewerProfileAccessor(IHttpContextAccessor http, AccountDirectory directory)
{
    /// <summary>The chosen profile; the only one where an account has one; none where nobody is signed in or the choice is open.</summary>
    public async ValueTask<ViewerProfile?> CurrentAsync(CancellationToken cancellationToken)
    {
        var profiles = await AllAsync(cancellationToken);
        return http.HttpContext is { } context ? Chosen(context, profiles) : null;
    }

    /// <summary>All profiles of the signed-in account, oldest first.</summary>
    public async ValueTask<IReadOnlyList<ViewerProfile>> AllAsync(CancellationToken cancellationToken) =>
        http.HttpContext?.User.TryToActor() is { } actor && await directory.FindAsync(actor.AccountId, cancellationToken) is { } account ? account.Profiles : [];

    internal static ViewerProfile? Chosen(HttpContext context, IReadOnlyList<ViewerProfile> profiles)
    {
        if (profiles.Count == 1) return profiles[0];
        // Only a profile of this account is taken, so the cookie needs no signature.
        return Guid.TryParse(context.Request.Cookies[Schemes.ProfileCookie], out var chosen) ? profiles.FirstOrDefault(profile => profile.Id == chosen) : null;
    }

    /// <summary>Remembers the choice in the browser.</summary>
    internal static void Choose(HttpContext context, Guid profileId) =>
        context.Response.Cookies.Append(Schemes.ProfileCookie, profileId.ToString(), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            MaxAge = TimeSpan.FromDays(180),
        });
}

/// <summary>Asks for a viewer profile before a page of the viewer app.</summary>
public static class ViewerProfileRoutes
{
    /// <summary>Sends a viewer who has several profiles and has chosen none to the choice, and back afterwards.</summary>
    public static TBuilder NeedsViewerProfile<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilter<TBuilder, ChosenProfile>();

    private sealed class ChosenProfile(ViewerProfileAccessor profiles) : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            var request = context.HttpContext.Request;
            if (await profiles.CurrentAsync(context.HttpContext.RequestAborted) is not null) return await next(context);
            return Results.LocalRedirect($"/watch/profiles?returnTo={Uri.EscapeDataString(request.Path + request.QueryString)}");
        }
    }
}
