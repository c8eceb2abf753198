using Answerprint.Platform.Accounts.Contracts;

namespace Answerprint.Web.Home;

/// <summary>Which roles may do what in the console.</summary>
internal static class ConsoleRoles
{
    /// <summary>Everyone who works at the studio: they see productions, the library and jobs.</summary>
    public static string[] Staff { get; } = [.. Roles.All.Where(role => role != Roles.Viewer)];

    /// <summary>Who brings material in and runs recipes.</summary>
    public static string[] Makers { get; } = [Roles.Producer, Roles.Artist, Roles.Marketing];

    /// <summary>Who lays out productions and shots.</summary>
    public static string[] Planners { get; } = [Roles.Producer, Roles.Artist];

    /// <summary>Who may say that a version is good, is to be taken again, or is published.</summary>
    public static string[] Reviewers { get; } = [Roles.Producer];

    /// <summary>Who states rights and takes down; they also see what is quarantined.</summary>
    public static string[] Keepers { get; } = [Roles.Producer, Roles.Counsel];

    /// <summary>Who may stop a job or run it again.</summary>
    public static string[] Operators { get; } = [Roles.Producer, Roles.Artist, Roles.Marketing, Roles.Engineer];
}
