using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Web.Tests.Home;

namespace Answerprint.Web.Tests.Productions;

public sealed class ProductionsApiTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_production_and_its_shots_are_made_and_read_back()
    {
        var api = await server.ApiClientAsync(Roles.Producer);
        using var made = await api.PostAsJsonAsync("/api/v1/productions", new { code = "NLC", name = "North Light Crossing" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using var shot = await api.PostAsJsonAsync("/api/v1/productions/NLC/shots", new { scene = "010", shot = "0010", description = "The ferry leaves" });
        Assert.Equal("/api/v1/productions/NLC/shots/NLC_010_0010", shot.Headers.Location?.OriginalString);
        var read = await api.GetFromJsonAsync<JsonElement>(shot.Headers.Location);
        Assert.Equal("InProgress", read.GetProperty("shot").GetProperty("status").GetString());
        var shots = await api.GetFromJsonAsync<JsonElement>("/api/v1/productions/NLC/shots");
        Assert.Equal(1, shots.GetArrayLength());
    }

    [Fact]
    public async Task What_cannot_be_is_a_problem_with_its_reason()
    {
        var api = await server.ApiClientAsync(Roles.Producer);
        using var bad = await api.PostAsJsonAsync("/api/v1/productions", new { code = "north light", name = "" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bad.StatusCode);
        Assert.Contains("2 to 8 capitals", await bad.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync("/api/v1/productions/NONE/shots")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync($"/api/v1/versions/{Guid.NewGuid()}")).StatusCode);
    }

    [Fact]
    public async Task A_version_goes_through_review_and_an_artist_cannot_approve()
    {
        var studio = new Studio(server);
        var production = await studio.ProductionAsync();
        var version = await studio.VersionAsync(await studio.ShotAsync(production), await studio.FootageAsync(production));
        var (artist, producer) = (await server.ApiClientAsync(Roles.Artist), await server.ApiClientAsync(Roles.Producer));
        Assert.Equal(HttpStatusCode.OK, await ReviewAsync(artist, version, "Submit"));
        Assert.Equal(HttpStatusCode.Forbidden, await ReviewAsync(artist, version, "Approve"));
        Assert.Equal(HttpStatusCode.Conflict, await ReviewAsync(producer, version, "Publish"));
        Assert.Equal(HttpStatusCode.OK, await ReviewAsync(producer, version, "Approve"));
        Assert.Equal(HttpStatusCode.OK, await ReviewAsync(producer, version, "Publish"));
    }

    private static async Task<HttpStatusCode> ReviewAsync(HttpClient api, ShotVersion version, string verdict)
    {
        using var response = await api.PostAsJsonAsync($"/api/v1/versions/{version.Id}/review", new { verdict });
        return response.StatusCode;
    }
}
