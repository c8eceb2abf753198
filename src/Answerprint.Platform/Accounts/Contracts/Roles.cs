namespace Answerprint.Platform.Accounts.Contracts;

/// <summary>What a person may do. An account holds any number of them.</summary>
public static class Roles
{
    /// <summary>Runs the installation: people, keys, storage. May not approve for other roles.</summary>
    public const string Owner = "owner";

    /// <summary>Runs productions: creates, reviews, publishes.</summary>
    public const string Producer = "producer";

    /// <summary>Makes: ingests, runs recipes, submits versions.</summary>
    public const string Artist = "artist";

    /// <summary>Clears: answers escalations, keeps rules, consents and the audit.</summary>
    public const string Counsel = "counsel";

    /// <summary>Promotes: artwork, releases for marketing.</summary>
    public const string Marketing = "marketing";

    /// <summary>Looks after engines, storage and health.</summary>
    public const string Engineer = "engineer";

    /// <summary>Watches.</summary>
    public const string Viewer = "viewer";

    /// <summary>Every role, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> All { get; } = [Owner, Producer, Artist, Counsel, Marketing, Engineer, Viewer];
}
