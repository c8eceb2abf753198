using System.Net;
using Answerprint.Platform.Accounts.Contracts;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Answerprint.Web.Tests.Watch;

public sealed class WatchPagesTests(WatchServer server) : IClassFixture<WatchServer>
{
    private async Task<IDocument> PageAsync(string path) => await (await server.ViewerAsync()).Browser.GetPageAsync(path);

    private async Task<IDocument> FragmentAsync(string path)
    {
        using var response = await (await server.ViewerAsync()).Browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Home_has_a_head_and_six_rows_and_says_why_each_is_there()
    {
        var page = await PageAsync("/watch");
        Assert.Equal("The Last Tram", page.QuerySelector("h1")!.TextContent.Trim());
        Assert.Equal($"/watch/titles/{WatchServer.FilmSlug}/play", page.QuerySelector(".hero a.primary")!.GetAttribute("href"));
        var rows = page.QuerySelectorAll("section.shelf");
        Assert.Equal(6, rows.Length);
        Assert.Equal(["New on the service", "Recently released"], rows.Take(2).Select(row => row.QuerySelector("h2")!.TextContent.Trim()));
        Assert.All(rows, row => Assert.NotEqual("", row.QuerySelector(".reason")!.TextContent.Trim()));
        Assert.All(rows, row => Assert.Equal(row.GetAttribute("aria-labelledby"), row.QuerySelector("h2")!.Id));
    }

    [Fact]
    public async Task Every_shown_title_carries_what_its_impression_is_reported_with()
    {
        var (browser, profile) = await server.ViewerAsync();
        var page = await browser.GetPageAsync("/watch");
        Assert.Equal(profile.ToString(), page.QuerySelector("#events")!.GetAttribute("data-profile"));
        var ids = new HashSet<string>();
        foreach (var row in page.QuerySelectorAll("[data-row]"))
        {
            Assert.Equal("recency-1", row.GetAttribute("data-policy"));
            Assert.Matches("^[0-9]{13}-[0-9a-f]{8}$", row.GetAttribute("data-view"));
            var shown = row.HasAttribute("data-impression") ? [row] : row.QuerySelectorAll("[data-impression]").ToArray();
            Assert.NotEmpty(shown);
            Assert.Equal(Enumerable.Range(0, shown.Length).Select(at => $"{at}"), shown.Select(tile => tile.GetAttribute("data-position")));
            Assert.All(shown, tile => Assert.Equal("1", tile.GetAttribute("data-probability")));
            Assert.All(shown, tile => Assert.True(ids.Add(tile.GetAttribute("data-impression")!)));
        }
        Assert.Equal(Enumerable.Range(0, 7).Select(at => $"{at}"), page.QuerySelectorAll("[data-row]").Select(row => row.GetAttribute("data-row-position")));
    }

    [Fact]
    public async Task A_title_without_artwork_gets_its_own_card_and_one_with_artwork_its_own_picture()
    {
        var page = await PageAsync("/watch");
        foreach (var tile in page.QuerySelectorAll(".shelf li[data-impression]"))
        {
            var name = tile.QuerySelector(".name")!.TextContent.Trim();
            if (name == "The Last Tram")
            {
                Assert.Equal($"/watch/media/artwork/{server.ReleaseId}/thumbnail", tile.QuerySelector("img")!.GetAttribute("src"));
                Assert.Equal(name, tile.QuerySelector("img")!.GetAttribute("alt"));
            }
            else
            {
                Assert.Null(tile.QuerySelector("img"));
                Assert.Equal(name, tile.QuerySelector("svg.titlecard")!.GetAttribute("aria-label"));
            }
        }
    }

    [Fact]
    public async Task The_rest_of_the_page_and_of_a_row_is_where_the_page_says()
    {
        var page = await PageAsync("/watch");
        var more = page.QuerySelector(".viewer-main > [hx-get]")!.GetAttribute("hx-get")!;
        var rest = await FragmentAsync(more);
        Assert.Equal(["7", "8", "9", "10"], rest.QuerySelectorAll("section.shelf").Select(row => row.GetAttribute("data-row-position")));
        Assert.Null(rest.QuerySelector("h1"));

        var row = page.QuerySelector("section.shelf[data-row='new']")!;
        var part = await FragmentAsync(row.QuerySelector("li[hx-get]")!.GetAttribute("hx-get")!);
        var tiles = part.QuerySelectorAll("li[data-impression]");
        Assert.Equal(Enumerable.Range(10, 20).Select(at => $"{at}"), tiles.Select(tile => tile.GetAttribute("data-position")));
        Assert.All(tiles, tile => Assert.NotNull(tile.GetAttribute("data-view")));
    }

    [Fact]
    public async Task Names_are_encoded_wherever_they_stand()
    {
        foreach (var path in new[] { "/watch", "/watch/titles/film-001", "/watch/titles?genre=Comedy", "/watch/search?q=film" })
        {
            using var response = await (await server.ViewerAsync()).Browser.GetAsync(path);
            Assert.DoesNotContain("<more>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_title_page_tells_the_facts_and_leaves_out_what_is_not_known()
    {
        var page = await PageAsync("/watch/titles/film-008");
        Assert.Equal("Film 008 & <more>", page.QuerySelector("h1")!.TextContent.Trim());
        var facts = page.QuerySelectorAll("aside dt").Select(term => term.TextContent).ToList();
        Assert.Equal(["Genre", "Facts from", "Not known"], facts);
        Assert.Contains("release date, director, running time and rating", page.QuerySelector("aside dl")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("a[href$='/play']"));
        Assert.Contains("facts only", page.QuerySelector("#made")!.ParentElement!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_title_page_names_titles_like_it_and_why()
    {
        var page = await PageAsync($"/watch/titles/{WatchServer.FilmSlug}");
        var row = page.QuerySelector("section.shelf[data-row='more']")!;
        Assert.Equal("The same genre: Drama", row.QuerySelector(".reason")!.TextContent.Trim());
        Assert.Equal("genre-1", row.GetAttribute("data-policy"));
        Assert.DoesNotContain(row.QuerySelectorAll(".name"), name => name.TextContent == "The Last Tram");
        Assert.Null((await PageAsync("/watch/titles/film-007")).QuerySelector("section.shelf[data-row='more']"));
    }

    [Fact]
    public async Task A_produced_title_offers_play_and_sums_up_how_it_was_made()
    {
        var page = await PageAsync($"/watch/titles/{WatchServer.FilmSlug}");
        Assert.Equal($"/watch/titles/{WatchServer.FilmSlug}/play", page.QuerySelector(".hero a.primary")!.GetAttribute("href"));
        var made = page.QuerySelector("#made")!.Closest("section")!.TextContent;
        Assert.Contains("frame 1; libvips 8.14.1", made, StringComparison.Ordinal);
        Assert.Contains("No performer's likeness is used.", made, StringComparison.Ordinal);
        Assert.Contains("1 signed picture", made, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_this_was_made_names_people_sources_decisions_and_the_signed_file()
    {
        var page = await PageAsync($"/watch/titles/{WatchServer.FilmSlug}/made");
        var text = page.QuerySelector("main")!.TextContent;
        Assert.Contains("Test artist", page.QuerySelector("#people")!.Closest("section")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("depot.mp4", page.QuerySelector("#sources")!.Closest("section")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Tram Films", text, StringComparison.Ordinal);
        Assert.Contains("90.0 %", text, StringComparison.Ordinal);
        Assert.Contains("10.0 %, comes from no source", text, StringComparison.Ordinal);
        Assert.Contains("Final deliverables", page.QuerySelector("#decisions")!.Closest("section")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Approved by Test counsel", text, StringComparison.Ordinal);
        Assert.Contains("urn:c2pa:tram", text, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("#credentials")!.Closest("section")!.QuerySelector("a[href='/verify']"));
        using var file = await (await server.ViewerAsync()).Browser.GetAsync(page.QuerySelector("a[href*='download']")!.GetAttribute("href")!);
        Assert.Equal(WatchServer.PictureBytes, await file.Content.ReadAsByteArrayAsync());
        Assert.Equal("the-last-tram-16x9.jpg", file.Content.Headers.ContentDisposition!.FileName);
    }

    [Fact]
    public async Task The_player_page_has_the_published_shots()
    {
        var page = await PageAsync($"/watch/titles/{WatchServer.FilmSlug}/play");
        Assert.Equal($"/watch/media/clips/{server.VersionId}", page.QuerySelector("video")!.GetAttribute("src"));
        var clip = Assert.Single(page.QuerySelectorAll("[data-clip]"));
        Assert.Equal(("3000", $"/watch/media/clips/{server.VersionId}"), (clip.GetAttribute("data-ms"), clip.GetAttribute("data-clip")));
        Assert.Contains("The depot at night", clip.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/watch/titles/no-such-title")]
    [InlineData("/watch/titles/no-such-title/made")]
    [InlineData("/watch/titles/no-such-title/play")]
    [InlineData("/watch/titles/film-001/play")]
    [InlineData("/watch/titles?genre=Nonesuch")]
    public async Task What_is_not_there_is_said_so_with_a_way_on(string path)
    {
        using var response = await (await server.ViewerAsync()).Browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var page = await TestBrowser.ParseAsync(response);
        Assert.NotNull(page.QuerySelector(".empty a[href='/watch']"));
    }

    [Fact]
    public async Task A_search_finds_by_beginnings_of_words_and_says_when_there_is_nothing()
    {
        var found = await PageAsync("/watch/search?q=last%20tr");
        Assert.Equal(["The Last Tram"], found.QuerySelectorAll("#found .name").Select(name => name.TextContent));
        Assert.Equal("last tr", found.QuerySelector("#found")!.ParentElement!.QuerySelector("input[name=q]")!.GetAttribute("value"));
        var nothing = await PageAsync("/watch/search?q=zzz%22%3E%3Cscript%3E");
        Assert.Contains("zzz\"><script>", nothing.QuerySelector("#found h2")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(nothing.QuerySelectorAll("#found li"));
        Assert.NotNull((await PageAsync("/watch/search")).QuerySelector("#found"));
    }

    [Fact]
    public async Task The_catalogue_is_browsed_by_genre_and_page()
    {
        var all = await PageAsync("/watch/titles");
        Assert.Equal(60, all.QuerySelectorAll("ul.titles > li").Length);
        var names = new List<string>();
        for (var path = "/watch/titles?genre=Thriller%2FSuspense"; path is not null;)
        {
            var page = await PageAsync(path);
            Assert.Equal("Thriller and Suspense", page.QuerySelector("h1")!.TextContent);
            names.AddRange(page.QuerySelectorAll("ul.titles .name").Select(name => name.TextContent));
            path = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }
        Assert.Equal(30, names.Distinct().Count());
        Assert.Equal("page", (await PageAsync("/watch/titles?page=99999")).QuerySelector("a.chip[aria-current]")!.GetAttribute("aria-current"));
    }

    [Theory]
    [InlineData("/watch")]
    [InlineData("/watch/titles")]
    [InlineData("/watch/titles/film-001")]
    [InlineData("/watch/search?q=film")]
    [InlineData("/watch/titles/the-last-tram")]
    [InlineData("/watch/titles/the-last-tram/made")]
    [InlineData("/watch/titles/the-last-tram/play")]
    public async Task Every_page_has_one_headline_names_its_images_and_writes_no_inline_style(string path)
    {
        var page = await PageAsync(path);
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.NotEqual("", page.Title);
        Assert.All(page.QuerySelectorAll("img"), image => Assert.True(image.HasAttribute("alt")));
        Assert.Empty(page.QuerySelectorAll("[style], script:not([src]), style"));
        Assert.All(page.QuerySelectorAll("main a, main button"), control => Assert.True(
            control.TextContent.Trim().Length > 0 || control.HasAttribute("aria-label") || control.QuerySelector("[aria-label]") is not null, control.OuterHtml));
    }

    [Fact]
    public async Task Somebody_who_may_not_watch_gets_no_page()
    {
        var producer = await server.SignInAsync(Roles.Producer);
        using var response = await producer.GetAsync("/watch");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        using var anonymous = await server.NewBrowser().GetAsync("/watch");
        Assert.NotEqual(HttpStatusCode.OK, anonymous.StatusCode);
    }
}
