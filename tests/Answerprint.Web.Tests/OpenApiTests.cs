using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Web.Tests;

public sealed class OpenApiTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Every_named_route_of_the_api_is_described()
    {
        var client = await server.ApiClientAsync(Roles.Viewer);
        var document = await client.GetFromJsonAsync<JsonElement>("/api");
        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value)
            .Where(operation => operation.TryGetProperty("operationId", out _))
            .Select(operation => operation.GetProperty("operationId").GetString()!).ToHashSet();
        var named = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/api/v1/", StringComparison.Ordinal) == true)
            .Select(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName).OfType<string>().ToList();
        Assert.Contains("getTitle", named);
        Assert.Empty(named.Except(described));
    }

    [Fact]
    public async Task The_description_is_for_those_who_sign_in()
    {
        using var response = await server.NewBrowser().Client.GetAsync("/api");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
