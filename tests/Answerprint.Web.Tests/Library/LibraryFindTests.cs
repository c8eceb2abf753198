using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Tests.Home;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Web.Tests.Library;

public sealed class LibraryFindTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly Studio studio = new(server);

    [Fact]
    public async Task Colours_and_looks_are_followed_from_a_card()
    {
        var production = await studio.ProductionAsync();
        var red = await studio.StillAsync(production, "crimson", (190, 20, 30), (180, 25, 35));
        await studio.StillAsync(production, "scarlet", (195, 24, 28), (185, 20, 30));
        await studio.StillAsync(production, "navy", (15, 25, 110), (10, 20, 100));
        await studio.KeepLibraryAsync();
        var browser = await server.SignInAsync(Roles.Artist);
        var page = await browser.GetPageAsync($"/library?production={production.Code}");
        Assert.Equal(3, page.QuerySelectorAll(".ref").Length);
        var card = page.QuerySelector($".ref[data-ref='{red.Id}']")!;
        var swatch = card.QuerySelector(".palette a")!.GetAttribute("href")!;
        var byColour = await browser.GetPageAsync($"{swatch}&production={production.Code}");
        Assert.Equal(["crimson", "scarlet"], byColour.QuerySelectorAll(".ref .code").Select(link => link.TextContent).Order());
        var alike = await browser.GetPageAsync($"{card.QuerySelector(".alike")!.GetAttribute("href")}&production={production.Code}");
        Assert.Equal(["crimson", "scarlet", "navy"], alike.QuerySelectorAll(".ref .code").Select(link => link.TextContent));
        Assert.Contains("More like", alike.QuerySelector(".asked")!.TextContent, StringComparison.Ordinal);
        var own = await browser.GetPageAsync($"/library/{red.Id}");
        Assert.Equal("scarlet", own.QuerySelector("section[aria-labelledby=alike] .code")!.TextContent);
    }

    [Fact]
    public async Task A_picture_that_is_sent_finds_what_looks_like_it_and_is_not_kept()
    {
        var production = await studio.ProductionAsync();
        var green = await studio.StillAsync(production, "moss", (40, 110, 50), (30, 70, 35));
        await studio.StillAsync(production, "rose", (220, 120, 150), (200, 90, 120));
        await studio.KeepLibraryAsync();
        var client = await server.ApiClientAsync(Roles.Artist);
        var store = server.Services.GetRequiredService<BlobStore>();
        var blobs = Directory.GetFiles(server.Data.Blobs, "*", SearchOption.AllDirectories).Length;
        using var body = new ByteArrayContent(await File.ReadAllBytesAsync(store.PathOf(green.BlobSha256)));
        using var answer = await client.PostAsync(new Uri($"/api/v1/library/look?production={production.Code}", UriKind.Relative), body);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var found = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("moss", found.GetProperty("references")[0].GetProperty("name").GetString());
        Assert.Equal(blobs, Directory.GetFiles(server.Data.Blobs, "*", SearchOption.AllDirectories).Length);
        Assert.Empty(Directory.GetFiles(server.Data.Staging, "look-*"));

        using var page = await server.SignInAsync(Roles.Artist) is var browser ? await SendAsync(browser, await File.ReadAllBytesAsync(store.PathOf(green.BlobSha256))) : null!;
        Assert.Equal(HttpStatusCode.Found, page.StatusCode);
        var shown = await browser.GetPageAsync(page.Headers.Location!.OriginalString + $"&production={production.Code}");
        Assert.Equal(["moss", "rose"], shown.QuerySelectorAll(".ref .code").Select(link => link.TextContent));
        Assert.Contains("was not kept", shown.QuerySelector(".asked")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_picture_is_refused_in_words()
    {
        var browser = await server.SignInAsync(Roles.Artist);
        using var refused = await SendAsync(browser, "not a picture"u8.ToArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("no picture that is read here", (await TestBrowser.ParseAsync(refused)).Body!.TextContent, StringComparison.Ordinal);
        var client = await server.ApiClientAsync(Roles.Artist);
        using var torn = new ByteArrayContent([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
        using var answer = await client.PostAsync(new Uri("/api/v1/library/look", UriKind.Relative), torn);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task Many_are_tagged_at_once_and_found_by_their_tags()
    {
        var production = await studio.ProductionAsync();
        var (one, two) = (await studio.FootageAsync(production, "one"), await studio.FootageAsync(production, "two"));
        await studio.KeepLibraryAsync();
        var browser = await server.SignInAsync(Roles.Marketing);
        var page = await browser.GetPageAsync($"/library?production={production.Code}");
        using var tagged = await browser.SubmitAsync(page, "#selection", "/library", ("asset", one.Id.ToString()), ("asset", two.Id.ToString()), ("add", "Velvet, wet street"), ("remove", ""));
        Assert.Equal($"/library?production={production.Code}&done=2", tagged.Headers.Location?.OriginalString);
        var both = await browser.GetPageAsync($"/library?production={production.Code}&tag=velvet&tag=wet%20street");
        Assert.Equal(2, both.QuerySelectorAll(".ref").Length);
        Assert.Contains("velvet", both.QuerySelector(".facets[aria-label=Tags]")!.TextContent, StringComparison.Ordinal);
        Assert.Single((await browser.GetPageAsync($"/library?production={production.Code}&q=wet+one")).QuerySelectorAll(".ref"));

        var tags = await browser.GetPageAsync("/library/tags");
        using var renamed = await browser.SubmitAsync(tags, "form:has(input[value='wet street'])", "/library/tags", ("to", "rain"));
        Assert.Equal("/library/tags?done=2", renamed.Headers.Location?.OriginalString);
        Assert.Equal(2, (await browser.GetPageAsync($"/library?production={production.Code}&tag=rain")).QuerySelectorAll(".ref").Length);
    }

    [Fact]
    public async Task Who_may_not_tag_sees_no_boxes_and_is_refused()
    {
        var production = await studio.ProductionAsync();
        var asset = await studio.FootageAsync(production, "one");
        var engineer = await server.SignInAsync(Roles.Engineer);
        var page = await engineer.GetPageAsync($"/library?production={production.Code}");
        Assert.Empty(page.QuerySelectorAll(".pick"));
        Assert.Null(page.QuerySelector("#selection"));
        using var refused = await (await server.ApiClientAsync(Roles.Engineer)).PostAsJsonAsync("/api/v1/library/tags", new { assets = new[] { asset.Id }, add = new[] { "x" } });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Rights_are_on_the_card_and_what_has_expired_is_held()
    {
        var production = await studio.ProductionAsync();
        await studio.FootageAsync(production, "old", asset => (asset.Rights, asset.Licence, asset.RightsUntil) = (RightsKind.Licensed, "agreement 9", DateTimeOffset.UtcNow.AddDays(-3)));
        await studio.FootageAsync(production, "soon", asset => (asset.Rights, asset.RightsUntil) = (RightsKind.Licensed, DateTimeOffset.UtcNow.AddDays(5)));
        await studio.FootageAsync(production, "open");
        var browser = await server.SignInAsync(Roles.Artist);
        var page = await browser.GetPageAsync($"/library?production={production.Code}");
        Assert.Contains("Expired · agreement 9 · until", page.QuerySelector(".ref.held")!.TextContent, StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll(".ref.held"));
        async Task<string[]> StandingAsync(string standing) => [.. (await browser.GetPageAsync($"/library?production={production.Code}&standing={standing}")).QuerySelectorAll(".ref .code").Select(link => link.TextContent)];
        Assert.Equal(["open", "soon"], await StandingAsync("usable"));
        Assert.Equal(["soon"], await StandingAsync("expiring"));
        Assert.Equal(["old"], await StandingAsync("expired"));
    }

    [Fact]
    public async Task The_api_says_what_the_page_shows()
    {
        var production = await studio.ProductionAsync();
        var still = await studio.StillAsync(production, "teal room", (20, 120, 120), (15, 100, 105));
        await studio.KeepLibraryAsync();
        var client = await server.ApiClientAsync(Roles.Artist);
        using (var changed = await client.PostAsJsonAsync("/api/v1/library/tags", new { assets = new[] { still.Id }, add = new[] { "Interior" } })) Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        var found = (await client.GetFromJsonAsync<JsonElement>($"/api/v1/library?production={production.Code}&q=teal")).GetProperty("references")[0];
        Assert.Equal(("teal room", "Usable", true, "interior"), (found.GetProperty("name").GetString(), found.GetProperty("standing").GetString(), found.GetProperty("usable").GetBoolean(), found.GetProperty("tags")[0].GetString()));
        Assert.Equal(1, found.GetProperty("palette").EnumerateArray().Sum(swatch => swatch.GetProperty("share").GetDouble()), 5);
        Assert.Contains((await client.GetFromJsonAsync<JsonElement>("/api/v1/library/tags")).EnumerateArray(), tag => tag.GetProperty("tag").GetString() == "interior");
    }

    private static async Task<HttpResponseMessage> SendAsync(TestBrowser browser, byte[] picture)
    {
        var page = await browser.GetPageAsync("/library");
        using var form = new MultipartFormDataContent();
        foreach (var field in page.QuerySelectorAll("form.bylook input[type=hidden]")) form.Add(new StringContent(field.GetAttribute("value")!), field.GetAttribute("name")!);
        form.Add(new ByteArrayContent(picture), "picture", "picture.png");
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/library/look", UriKind.Relative)) { Content = form };
        request.Headers.Accept.ParseAdd("text/html");
        return await browser.Client.SendAsync(request);
    }
}
