using System.Net;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Web.Tests.Accounts;

public sealed class RouteRolesTests(TestServer server) : IClassFixture<TestServer>
{
    /// <summary>Everything that anybody may ask for. A route is added here only with a reason.</summary>
    private static readonly Dictionary<string, string> Anonymous = new()
    {
        ["/health"] = "says that the server is up",
        ["/lib/{name}"] = "styles and scripts, which the sign-in needs too",
        ["/favicon.svg"] = "is the icon of every page",
        ["/sign-in"] = "is how people come in",
        ["/sign-in/passkey"] = "is how people come in",
        ["/sign-in/passkey/options"] = "is how people come in",
        ["/setup"] = "makes the first owner, from this machine only and once",
        ["/verify"] = "reads a file for anyone; knows nobody and keeps nothing",
        ["/api/v1/verify"] = "reads a file for anyone; knows nobody and keeps nothing",
        ["/setup/{token}"] = "is open to whoever has the one-time link",
    };

    [Fact]
    public void Every_route_declares_its_roles_or_is_a_listed_anonymous_one()
    {
        var undeclared = Endpoints()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RouteRolesMetadata>() is null || IsAnonymous(endpoint))
            .Where(endpoint => !(IsAnonymous(endpoint) && Anonymous.ContainsKey(PathOf(endpoint))))
            .Select(endpoint => endpoint.DisplayName);
        Assert.Empty(undeclared);
    }

    [Fact]
    public void Every_listed_anonymous_route_exists()
    {
        var existing = Endpoints().Where(IsAnonymous).Select(PathOf).ToHashSet();
        Assert.Subset(existing, Anonymous.Keys.ToHashSet());
    }

    [Fact]
    public void What_a_route_declares_is_what_authorization_asks_for()
    {
        foreach (var endpoint in Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<RouteRolesMetadata>() is not null))
        {
            var declared = endpoint.Metadata.GetMetadata<RouteRolesMetadata>()!.Roles;
            var asked = endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>()
                .SelectMany(policy => policy.Requirements.OfType<Microsoft.AspNetCore.Authorization.Infrastructure.RolesAuthorizationRequirement>());
            Assert.Contains(asked, requirement => requirement.AllowedRoles.Order().SequenceEqual(declared.Order()));
        }
    }

    [Theory]
    [InlineData(Roles.Owner)]
    [InlineData(Roles.Producer)]
    [InlineData(Roles.Artist)]
    [InlineData(Roles.Counsel)]
    [InlineData(Roles.Marketing)]
    [InlineData(Roles.Engineer)]
    [InlineData(Roles.Viewer)]
    public async Task Each_role_gets_exactly_the_pages_declared_for_it(string role)
    {
        var browser = await server.SignInAsync(role);
        foreach (var (path, roles) in GetRoutes())
        {
            using var response = await browser.GetAsync(path);
            var isForbidden = response.StatusCode == HttpStatusCode.Forbidden;
            Assert.True(isForbidden == !roles.Contains(role), $"{role} got {(int)response.StatusCode} from {path}, which is for {string.Join(", ", roles)}");
            Assert.NotEqual(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.False(response.Headers.Location?.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal) ?? false, $"{path} sent {role} to the sign-in");
            Assert.True((int)response.StatusCode < 500, $"{path} answered {(int)response.StatusCode}");
        }
    }

    [Fact]
    public async Task Nobody_gets_a_page_without_signing_in()
    {
        var browser = server.NewBrowser();
        foreach (var (path, _) in GetRoutes())
        {
            using var response = await browser.GetAsync(path);
            if (path == "/api" || path.StartsWith("/api/", StringComparison.Ordinal))
            {
                Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
                continue;
            }
            Assert.True(response.StatusCode == HttpStatusCode.Found, $"{path} answered {(int)response.StatusCode}");
            Assert.StartsWith("/sign-in", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_unknown_path_tells_a_stranger_nothing()
    {
        using var response = await server.NewBrowser().GetAsync("/no/such/page");
        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public void A_role_that_does_not_exist_cannot_be_declared() =>
        Assert.Throws<ArgumentException>(() => new RouteGroup().ForRoles("director"));

    private IEnumerable<RouteEndpoint> Endpoints() =>
        server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct();

    /// <summary>GET routes with their roles; parameters are filled with values that name nothing. Streams that never end are left out by their metadata.</summary>
    private IEnumerable<(string Path, IReadOnlyList<string> Roles)> GetRoutes() =>
        from endpoint in Endpoints()
        let roles = endpoint.Metadata.GetMetadata<RouteRolesMetadata>()?.Roles
        where roles is not null && !IsAnonymous(endpoint)
        where endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true
        where !endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Any(produced => produced.ContentTypes.Contains("text/event-stream"))
        select (Fill(endpoint.RoutePattern), roles);

    private static string Fill(Microsoft.AspNetCore.Routing.Patterns.RoutePattern pattern) =>
        "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => Value(parameter),
            _ => "",
        }))));

    private static string Value(Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter)
    {
        var policies = parameter.ParameterPolicies.Select(policy => policy.Content ?? "").ToList();
        if (policies.Contains("guid")) return Guid.Empty.ToString();
        return policies.Exists(policy => policy is "int" or "long") ? "1" : "none";
    }

    private static bool IsAnonymous(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static string PathOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');

    private sealed class RouteGroup : Microsoft.AspNetCore.Builder.IEndpointConventionBuilder
    {
        public void Add(Action<Microsoft.AspNetCore.Builder.EndpointBuilder> convention)
        {
        }
    }
}
