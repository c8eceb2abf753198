using System.Collections.Concurrent;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Answerprint.Web.Shell;

/// <summary>The links of the console and the viewer app: those whose route exists and is open to the person's roles, so that no link leads to a refusal.</summary>
/// <param name="endpoints">Every route of the server.</param>
public sealed class ShellNavigation(EndpointDataSource endpoints)
{
    private static readonly NavSection[] Console =
    [
        new("", [new("Home", "/", "home")]),
        new("Make", [new("Productions", "/productions", "production"), new("Library", "/library", "library"), new("Grey box", "/make/look", "box"), new("Variations", "/make/variations", "variations"), new("Repair", "/make/repair", "repair"), new("Collapse", "/make/collapse", "collapse"), new("Artwork", "/make/artwork", "make"), new("ComfyUI", "/make/comfyui", "stack"), new("Jobs", "/make/jobs", "jobs")]),
        new("Clear", [new("Clearance", "/clearance", "clearance"), new("Verify a file", "/verify", "verify")]),
        new("Place", [new("Audience", "/audience", "audience"), new("Viewer app", "/watch", "watch")]),
        new("System", [new("People", "/system/people", "people"), new("System", "/system", "system")]),
    ];

    private static readonly NavItem[] Viewer = [new("Home", "/watch"), new("Catalogue", "/watch/titles")];

    private readonly ConcurrentDictionary<string, (IReadOnlyList<NavSection>, IReadOnlyList<NavItem>)> known = new(StringComparer.Ordinal);

    /// <summary>The links for somebody with these roles.</summary>
    public (IReadOnlyList<NavSection> Console, IReadOnlyList<NavItem> Viewer) For(IReadOnlyList<string> roles) =>
        known.GetOrAdd(string.Join(' ', roles), _ => Reduce(roles));

    private (IReadOnlyList<NavSection>, IReadOnlyList<NavItem>) Reduce(IReadOnlyList<string> roles)
    {
        var open = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get) == true)
            .Where(endpoint => endpoint.Metadata.GetMetadata<RouteRolesMetadata>() is not { } declared || declared.Roles.Any(roles.Contains))
            .Select(endpoint => PathOf(endpoint.RoutePattern)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        NavSection[] sections = [.. Console
            .Select(section => section with { Items = [.. section.Items.Where(item => open.Contains(item.Href))] })
            .Where(section => section.Items.Count > 0)];
        return (sections, [.. Viewer.Where(item => open.Contains(item.Href))]);
    }

    private static string PathOf(RoutePattern pattern) => "/" + (pattern.RawText ?? "").Trim('/');
}
