using System.Security.Claims;

namespace Answerprint.Platform.Accounts.Contracts;

/// <summary>How an <see cref="Actor"/> travels in a <see cref="ClaimsPrincipal"/>.</summary>
public static class ActorClaims
{
    /// <summary>Claim type of the account's id.</summary>
    public const string AccountId = ClaimTypes.NameIdentifier;

    /// <summary>Claim type of the display name.</summary>
    public const string Name = "name";

    /// <summary>Claim type of one role.</summary>
    public const string Role = "role";

    /// <summary>Claim type of the session's security stamp.</summary>
    public const string Stamp = "stamp";

    /// <summary>Authentication type of a principal that came with an API key.</summary>
    public const string ApiKeyAuthentication = "ApiKey";

    /// <summary>Authentication type of a principal that came with a session cookie.</summary>
    public const string SessionAuthentication = "Session";

    /// <summary>The principal of an actor that came in by a session or an API key.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="stamp">The security stamp that a session is bound to; none for an API key.</param>
    public static ClaimsPrincipal ToPrincipal(this Actor actor, string? stamp = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var claims = new List<Claim> { new(AccountId, actor.AccountId.ToString()), new(Name, actor.Name) };
        claims.AddRange(actor.Roles.Select(role => new Claim(Role, role)));
        if (stamp is not null) claims.Add(new Claim(Stamp, stamp));
        var type = actor.Via == ActorVia.ApiKey ? ApiKeyAuthentication : SessionAuthentication;
        return new ClaimsPrincipal(new ClaimsIdentity(claims, type, Name, Role));
    }

    /// <summary>The actor that a principal stands for; none where nobody has signed in.</summary>
    public static Actor? TryToActor(this ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        if (principal.Identity is not ClaimsIdentity { IsAuthenticated: true } identity) return null;
        if (!Guid.TryParse(identity.FindFirst(AccountId)?.Value, out var id)) return null;
        var roles = identity.FindAll(Role).Select(claim => claim.Value).ToArray();
        var via = identity.AuthenticationType == ApiKeyAuthentication ? ActorVia.ApiKey : ActorVia.Session;
        return new Actor(id, identity.FindFirst(Name)?.Value ?? "", roles, via);
    }

    /// <summary>The actor that a principal stands for.</summary>
    /// <exception cref="InvalidOperationException">Nobody has signed in: the route forgot to ask for a role.</exception>
    public static Actor ToActor(this ClaimsPrincipal principal) =>
        principal.TryToActor() ?? throw new InvalidOperationException("nobody has signed in on this request; declare the route's roles");
}
