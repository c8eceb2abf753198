using Answerprint.Platform.Accounts.Contracts;

namespace Answerprint.Web.Accounts;

/// <summary>Roles in words, as pages show them.</summary>
internal static class RoleWords
{
    public static string Title(string role) => char.ToUpperInvariant(role[0]) + role[1..];

    public static string Meaning(string role) => role switch
    {
        Roles.Owner => "Runs the installation: people, keys, storage.",
        Roles.Producer => "Runs productions: creates, reviews, publishes.",
        Roles.Artist => "Makes: ingests, runs recipes, submits versions.",
        Roles.Counsel => "Clears: answers escalations, keeps rules, consents and the audit.",
        Roles.Marketing => "Promotes: artwork and releases for marketing.",
        Roles.Engineer => "Looks after engines, storage and health.",
        Roles.Viewer => "Watches.",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "not a role"),
    };
}
