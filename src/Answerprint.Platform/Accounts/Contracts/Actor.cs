namespace Answerprint.Platform.Accounts.Contracts;

/// <summary>Who acts, as written into every record.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Name">Its display name at the time.</param>
/// <param name="Roles">The roles it holds, or the narrower scopes of the API key it came with.</param>
/// <param name="Via">How it came in.</param>
public sealed record Actor(Guid AccountId, string Name, IReadOnlyList<string> Roles, ActorVia Via)
{
    /// <summary>Whether the actor holds at least one of the roles.</summary>
    public bool HasAny(params ReadOnlySpan<string> roles)
    {
        foreach (var role in roles)
            if (Roles.Contains(role)) return true;
        return false;
    }
}

/// <summary>How an actor came in.</summary>
public enum ActorVia
{
    /// <summary>A signed-in browser session.</summary>
    Session,

    /// <summary>An API key.</summary>
    ApiKey,

    /// <summary>The command line on the data folder itself.</summary>
    CommandLine,

    /// <summary>The program, for the sample production.</summary>
    Service,
}
