using Answerprint.Platform.Accounts.Contracts;

namespace Answerprint.Web.Clearance;

/// <summary>Who sees and does what at the clearance desk.</summary>
internal static class ClearanceRoles
{
    /// <summary>Everyone who works at the studio reads decisions, rules and releases: an answer that cannot be read is not an explanation.</summary>
    public static string[] Readers { get; } = [.. Roles.All.Where(role => role != Roles.Viewer)];

    /// <summary>Who may answer an escalation, where the rules ask that very role.</summary>
    public static string[] Answerers { get; } = [Roles.Counsel, Roles.Producer, Roles.Marketing, Roles.Owner, Roles.Engineer, Roles.Artist];

    /// <summary>Who may ask for something to leave the house.</summary>
    public static string[] Requesters { get; } = [Roles.Producer, Roles.Artist, Roles.Marketing];
}
