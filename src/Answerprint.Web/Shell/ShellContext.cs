namespace Answerprint.Web.Shell;

/// <summary>What the layouts need to know of the request: who is here, and where they may go. Cascaded to every page.</summary>
/// <param name="User">The signed-in person, or null.</param>
/// <param name="Path">The request's path; the navigation item that is its longest prefix is the current one.</param>
/// <param name="Navigation">The console's sections, already reduced to what this person's roles may open.</param>
/// <param name="ViewerNavigation">The viewer app's top links.</param>
/// <param name="Profile">The viewer profile in use, or null.</param>
/// <param name="Version">The product version, shown at the foot of the rail.</param>
public sealed record ShellContext(
    ShellUser? User,
    string Path,
    IReadOnlyList<NavSection> Navigation,
    IReadOnlyList<NavItem> ViewerNavigation,
    ShellProfile? Profile = null,
    string? Version = null)
{
    /// <summary>A context with nobody in it and nowhere to go, for sign-in and error pages.</summary>
    public static ShellContext Empty { get; } = new(null, "/", [], []);

    /// <summary>Where the console's search box submits to; the field is called <c>q</c>.</summary>
    public string SearchUrl { get; init; } = "/search";

    /// <summary>Where the viewer app's search box submits to; the field is called <c>q</c>.</summary>
    public string ViewerSearchUrl { get; init; } = "/watch/search";

    /// <summary>Where the sign-out form posts to.</summary>
    public string SignOutUrl { get; init; } = "/sign-out";

    /// <summary>Where a person looks after their own account.</summary>
    public string AccountUrl { get; init; } = "/account";

    /// <summary>Where a viewer changes profile.</summary>
    public string ProfilesUrl { get; init; } = "/watch/profiles";

    internal bool IsCurrent(NavItem item, IEnumerable<NavItem> among)
    {
        var best = among.Where(i => IsPrefix(i.Href)).MaxBy(i => i.Href.Length);
        return best is not null && string.Equals(best.Href, item.Href, StringComparison.Ordinal);
    }

    private bool IsPrefix(string href) =>
        Path.StartsWith(href, StringComparison.OrdinalIgnoreCase)
        && (Path.Length == href.Length || Path[href.Length] == '/');
}

/// <summary>The signed-in person, as the shell shows them.</summary>
public sealed record ShellUser(string Name, string Email, string Roles);

/// <summary>The viewer profile in use.</summary>
public sealed record ShellProfile(string Name, int? Palette = null);

/// <summary>A group of links in the console's rail; the heading may be empty.</summary>
public sealed record NavSection(string Heading, IReadOnlyList<NavItem> Items);

/// <summary>One link of the navigation.</summary>
/// <param name="Text">The words.</param>
/// <param name="Href">The path it opens.</param>
/// <param name="Icon">A name from the icon sprite (Client/icons.mjs).</param>
/// <param name="Waiting">How many things wait there for this person; 0 shows nothing.</param>
public sealed record NavItem(string Text, string Href, string Icon = "", int Waiting = 0);

/// <summary>A step of the breadcrumb; the last has no address.</summary>
public sealed record Crumb(string Text, string? Href = null);
