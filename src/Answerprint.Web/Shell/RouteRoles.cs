using Answerprint.Platform.Accounts.Contracts;
using Microsoft.AspNetCore.Authorization;

namespace Answerprint.Web.Shell;

/// <summary>The roles that may use a route, as it declared them; a test reads them of every route.</summary>
/// <param name="Roles">Any one of these is enough.</param>
public sealed record RouteRolesMetadata(IReadOnlyList<string> Roles);

/// <summary>Declares who may use a route. A route that declares nothing is open to nobody, and a test names it.</summary>
public static class RouteRoles
{
    /// <summary>Opens the route to signed-in people (and API keys) with at least one of the roles; others get 401 or 403.</summary>
    public static TBuilder ForRoles<TBuilder>(this TBuilder builder, params string[] roles)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(roles);
        var unknown = Array.Find(roles, role => !Roles.All.Contains(role));
        if (roles.Length == 0 || unknown is not null) throw new ArgumentException($"'{unknown}' is not a role", nameof(roles));
        var policy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole(roles).Build();
        return builder.WithMetadata(new RouteRolesMetadata(roles)).RequireAuthorization(policy);
    }

    /// <summary>Opens the route to everyone who is signed in, whatever their roles.</summary>
    public static TBuilder ForSignedIn<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.ForRoles([.. Roles.All]);
}
