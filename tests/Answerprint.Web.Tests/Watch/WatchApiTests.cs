using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Audience.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Tests.Watch;

public sealed class WatchApiTests(WatchServer server) : IClassFixture<WatchServer>
{
    private async Task<(HttpClient Api, Guid ProfileId)> ViewerAsync() => (await server.ApiClientAsync(Roles.Viewer), (await server.ViewerAsync()).ProfileId);

    private static async Task<JsonNode> ReadAsync(HttpClient api, string path) => (await api.GetFromJsonAsync<JsonNode>(new Uri(path, UriKind.Relative)))!;

    private static Task<HttpResponseMessage> PostAsync(HttpClient api, string path, JsonNode body) => api.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);

    /// <summary>The first titles of a row as their page would report them.</summary>
    private static JsonArray Report(JsonNode row, int count) => [.. row["titles"]!.AsArray().Take(count).Select(shown => (JsonNode)new JsonObject
    {
        ["id"] = shown!["impressionId"]!.GetValue<string>(),
        ["titleId"] = shown["titleId"]!.GetValue<string>(),
        ["artworkId"] = shown["artworkId"]?.GetValue<string>(),
        ["row"] = row["key"]!.GetValue<string>(),
        ["rowPosition"] = row["rowPosition"]!.GetValue<int>(),
        ["position"] = shown["position"]!.GetValue<int>(),
        ["probability"] = shown["probability"]!.GetValue<double>(),
        ["policy"] = row["policy"]!.GetValue<string>(),
        ["view"] = row["view"]!.GetValue<string>(),
    })];

    [Fact]
    public async Task Titles_are_paged_and_searched_with_unknown_facts_as_null()
    {
        var (api, _) = await ViewerAsync();
        var slugs = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = await ReadAsync(api, $"/api/v1/titles?limit=100&after={after}");
            slugs.AddRange(page["titles"]!.AsArray().Select(title => title!["slug"]!.GetValue<string>()));
            after = page["next"]?.GetValue<string>();
        }
        Assert.Equal(241, slugs.Distinct().Count());
        Assert.Equal(slugs.Order(StringComparer.Ordinal), slugs);

        var found = (await ReadAsync(api, "/api/v1/titles?q=last+tram"))["titles"]!.AsArray();
        Assert.Equal("The Last Tram", Assert.Single(found)!["name"]!.GetValue<string>());
        Assert.Null(found[0]!["director"]);
        Assert.True(found[0]!["inProduction"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_title_comes_with_what_is_published_of_it()
    {
        var (api, _) = await ViewerAsync();
        var title = await ReadAsync(api, $"/api/v1/titles/{WatchServer.FilmSlug}");
        Assert.Equal(3000, title["filmMs"]!.GetValue<long>());
        Assert.Equal($"/watch/media/artwork/{server.ReleaseId}", title["artworks"]![0]!["url"]!.GetValue<string>());
        Assert.Equal($"/watch/media/clips/{server.VersionId}", title["clips"]![0]!["url"]!.GetValue<string>());
        using var missing = await api.GetAsync(new Uri("/api/v1/titles/nonesuch", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("application/problem+json", missing.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task What_home_showed_is_stored_once_and_nothing_else_is()
    {
        var (api, profile) = await ViewerAsync();
        var home = await ReadAsync(api, $"/api/v1/home?profileId={profile}");
        Assert.Equal("hero", home["hero"]!["key"]!.GetValue<string>());
        var impressions = Report(home["rows"]![1]!, 4);
        impressions[3]!["probability"] = 0.25;
        var body = new JsonObject { ["profileId"] = profile.ToString(), ["impressions"] = impressions };

        var first = (await (await PostAsync(api, "/api/v1/events/impressions", body)).Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal((3, 0, 1), (first["stored"]!.GetValue<int>(), first["known"]!.GetValue<int>(), first["rejected"]!.AsArray().Count));
        var second = (await (await PostAsync(api, "/api/v1/events/impressions", body)).Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal((0, 3, 1), (second["stored"]!.GetValue<int>(), second["known"]!.GetValue<int>(), second["rejected"]!.AsArray().Count));
        Assert.Equal(3, await server.UseAsync<AnswerprintDb, int>(db => db.Set<Impression>().CountAsync(impression => impression.Row == "recent")));
    }

    [Fact]
    public async Task The_pages_own_numbers_are_accepted_as_its_script_sends_them()
    {
        var (browser, profile) = await server.ViewerAsync();
        var page = await browser.GetPageAsync("/watch");
        var row = page.QuerySelector("section.shelf[data-row='genre:Comedy']")!;
        var tile = row.QuerySelector("li[data-impression]")!;
        var body = new JsonObject
        {
            ["profileId"] = profile.ToString(),
            ["impressions"] = new JsonArray(new JsonObject
            {
                ["id"] = tile.GetAttribute("data-impression"), ["titleId"] = tile.GetAttribute("data-title"), ["row"] = row.GetAttribute("data-row"),
                ["rowPosition"] = int.Parse(row.GetAttribute("data-row-position")!), ["position"] = int.Parse(tile.GetAttribute("data-position")!),
                ["probability"] = double.Parse(tile.GetAttribute("data-probability")!), ["policy"] = row.GetAttribute("data-policy"), ["view"] = row.GetAttribute("data-view"),
            }),
        };
        using var forged = await PostAsync(browser.Client, "/api/v1/events/impressions", body);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);

        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/events/impressions", UriKind.Relative)) { Content = JsonContent.Create(body) };
        request.Headers.Add("RequestVerificationToken", page.QuerySelector("meta[name=request-token]")!.GetAttribute("content"));
        using var response = await browser.Client.SendAsync(request);
        var result = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal((1, 0), (result["stored"]!.GetValue<int>(), result["rejected"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_play_is_stored_and_home_offers_to_go_on()
    {
        var (api, profile) = await ViewerAsync();
        var play = new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString(), ["profileId"] = profile.ToString(), ["titleId"] = server.FilmId.ToString(), ["positionMs"] = 1500, ["watchedMs"] = 1500,
        };
        using var stored = await PostAsync(api, "/api/v1/events/plays", play);
        Assert.Equal(HttpStatusCode.NoContent, stored.StatusCode);

        var row = (await ReadAsync(api, $"/api/v1/home?profileId={profile}"))["rows"]![0]!;
        Assert.Equal(("continue", 0.5), (row["key"]!.GetValue<string>(), row["titles"]![0]!["watched"]!.GetValue<double>()));
        var page = await (await server.ViewerAsync()).Browser.GetPageAsync("/watch");
        var tile = page.QuerySelector("section.shelf[data-row='continue'] li")!;
        Assert.Equal($"/watch/titles/{WatchServer.FilmSlug}/play", tile.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("50", tile.QuerySelector("progress")!.GetAttribute("value"));
        Assert.Equal("1500", (await (await server.ViewerAsync()).Browser.GetPageAsync($"/watch/titles/{WatchServer.FilmSlug}/play"))
            .QuerySelector("[data-island=film]")!.GetAttribute("data-resume"));

        (play["positionMs"], play["watchedMs"], play["finished"]) = (3000, 3000, true);
        using var finished = await PostAsync(api, "/api/v1/events/plays", play);
        Assert.Equal(HttpStatusCode.NoContent, finished.StatusCode);
        Assert.NotEqual("continue", (await ReadAsync(api, $"/api/v1/home?profileId={profile}"))["rows"]![0]!["key"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/api/v1/events/impressions", "{}")]
    [InlineData("/api/v1/events/impressions", """{"impressions":[null]}""")]
    [InlineData("/api/v1/events/impressions", """{"impressions":[{"row":"x"}]}""")]
    [InlineData("/api/v1/events/impressions", "[]")]
    [InlineData("/api/v1/events/impressions", "{\"profileId\":5}")]
    [InlineData("/api/v1/events/plays", "{}")]
    [InlineData("/api/v1/events/plays", "nonsense")]
    public async Task A_report_that_cannot_be_is_refused_as_the_callers_fault(string path, string json)
    {
        var (api, _) = await ViewerAsync();
        using var response = await api.PostAsync(new Uri(path, UriKind.Relative), new StringContent(json, System.Text.Encoding.UTF8, "application/json"));
        Assert.InRange((int)response.StatusCode, 400, 499);
    }

    [Fact]
    public async Task Another_accounts_profile_is_not_found()
    {
        var (_, profile) = await ViewerAsync();
        var stranger = await server.ApiClientAsync(Roles.Viewer, Roles.Artist);
        using var home = await stranger.GetAsync(new Uri($"/api/v1/home?profileId={profile}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, home.StatusCode);
        using var producer = await (await server.ApiClientAsync(Roles.Producer)).GetAsync(new Uri("/api/v1/titles", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, producer.StatusCode);
    }
}
