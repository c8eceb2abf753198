using System.Net;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Web.Tests.Home;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Tests.Library;

public sealed class LibraryPagesTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly Studio studio = new(server);

    [Fact]
    public async Task Assets_are_found_by_kind_production_rights_and_text()
    {
        var production = await studio.ProductionAsync();
        var ferry = await studio.FootageAsync(production, "ferry 100%", asset => (asset.Owner, asset.Rights, asset.Licence) = ("Harbour Films", RightsKind.Licensed, "agreement 7"));
        var coat = await studio.FootageAsync(production, "coat", asset => (asset.Kind, asset.Owner) = (AssetKind.Still, "Studio"));
        var browser = await server.SignInAsync(Roles.Marketing);
        await studio.KeepLibraryAsync();
        async Task<string[]> FindAsync(string query) =>
            [.. (await browser.GetPageAsync($"/library?production={production.Code}&{query}")).QuerySelectorAll(".ref .code").Select(link => link.TextContent)];
        Assert.Equal(["coat", "ferry 100%"], await FindAsync(""));
        Assert.Equal(["coat"], await FindAsync("kind=still"));
        Assert.Equal(["ferry 100%"], await FindAsync("rights=Licensed"));
        Assert.Equal(["ferry 100%"], await FindAsync("q=HARBOUR"));
        Assert.Equal(["ferry 100%"], await FindAsync("q=100%25"));
        Assert.Equal(["ferry 100%"], await FindAsync("owner=Harbour%20Films&licence=agreement%207&standing=usable"));
        Assert.Empty(await FindAsync("q=10_%25"));
        Assert.Equal(2, (await FindAsync("kind=nonsense&page=0&colour=zzz&like=x&look=%25")).Length);
        Assert.NotEqual(ferry.Id, coat.Id);
    }

    [Fact]
    public async Task Counts_follow_what_is_brought_in_and_what_is_taken_down()
    {
        var production = await studio.ProductionAsync();
        var browser = await server.SignInAsync(Roles.Artist);
        async Task<string> CountAsync() => (await browser.GetPageAsync("/library")).QuerySelector($".facets a[href*='production={production.Code}'] .num")?.TextContent.Trim() ?? "";
        Assert.Equal("", await CountAsync());
        await studio.FootageAsync(production, "quay");
        var pier = await studio.FootageAsync(production, "pier");
        Assert.Equal("2", await CountAsync());
        Assert.Equal("2", await CountAsync());
        var keeper = await server.SignInAsync(Roles.Producer);
        var page = await keeper.GetPageAsync($"/library/{pier.Id}");
        using (var down = await keeper.SubmitAsync(page, $"form[action$='/{pier.Id}/take-down']", $"/library/{pier.Id}", ("reason", "a mistake"))) Assert.Equal(HttpStatusCode.Found, down.StatusCode);
        Assert.Equal("1", await CountAsync());
    }

    [Fact]
    public async Task What_fits_nothing_says_so()
    {
        var page = await (await server.SignInAsync(Roles.Artist)).GetPageAsync("/library?q=nothing-like-this");
        Assert.Contains("Nothing fits", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rights_are_stated_by_who_answers_for_them_and_go_on_the_audit()
    {
        var asset = await studio.FootageAsync(await studio.ProductionAsync());
        var counsel = await server.SignInAsync(Roles.Counsel);
        var path = $"/library/{asset.Id}";
        using var saved = await counsel.SubmitAsync(await counsel.GetPageAsync(path), "form[action$='/rights']", path,
            ("rights", "Licensed"), ("owner", "Harbour Films"), ("licence", "agreement 7"), ("performers", "Present"), ("from", "2026-01-01"), ("until", "2027-12-31"));
        Assert.Equal($"{path}?done=rights", saved.Headers.Location?.OriginalString);
        var page = await counsel.GetPageAsync(saved.Headers.Location!.OriginalString);
        Assert.Contains("Owner: Studio → Harbour Films", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("2027-12-31", page.QuerySelector("input[name=until]")!.GetAttribute("value"));
        var artist = await (await server.SignInAsync(Roles.Artist)).GetPageAsync(path);
        Assert.Null(artist.QuerySelector("form[action$='/rights']"));
        Assert.Contains("Harbour Films", artist.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rights_that_cannot_be_are_refused_at_the_field()
    {
        var asset = await studio.FootageAsync(await studio.ProductionAsync());
        var producer = await server.SignInAsync(Roles.Producer);
        var path = $"/library/{asset.Id}";
        using var refused = await producer.SubmitAsync(await producer.GetPageAsync(path), "form[action$='/rights']", path, ("owner", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("true", (await TestBrowser.ParseAsync(refused)).QuerySelector("input[name=owner]")!.GetAttribute("aria-invalid"));
        using var backwards = await producer.SubmitAsync(await producer.GetPageAsync(path), "form[action$='/rights']", path, ("from", "2027-01-01"), ("until", "2026-01-01"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, backwards.StatusCode);
    }

    [Fact]
    public async Task A_take_down_holds_from_the_next_request_and_can_be_undone()
    {
        var asset = await studio.FootageAsync(await studio.ProductionAsync(), "pier");
        var (counsel, artist) = (await server.SignInAsync(Roles.Counsel), await server.SignInAsync(Roles.Artist));
        var path = $"/library/{asset.Id}";
        await artist.GetPageAsync(path);
        using (var down = await counsel.SubmitAsync(await counsel.GetPageAsync(path), "form[action$='/take-down']", path, ("reason", "the contributor asked")))
            Assert.Equal(HttpStatusCode.Found, down.StatusCode);
        using (var gone = await artist.GetAsync(path)) Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using (var picture = await artist.GetAsync($"/media/assets/{asset.Id}/poster")) Assert.Equal(HttpStatusCode.Gone, picture.StatusCode);
        var seen = await counsel.GetPageAsync(path);
        Assert.Contains("the contributor asked", seen.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Quarantined", seen.Body!.TextContent, StringComparison.Ordinal);
        using (await counsel.SubmitAsync(seen, "form[action$='/restore']", path, ("reason", "a mistake"))) await artist.GetPageAsync(path);
        var audit = await studio.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.SubjectId == asset.Id.ToString()).OrderBy(entry => entry.Number).Select(entry => entry.Action).ToListAsync());
        Assert.Equal(["asset.quarantined", "asset.restored"], audit);
    }

    [Fact]
    public async Task Lineage_shows_both_ways()
    {
        var production = await studio.ProductionAsync();
        var (source, made) = (await studio.FootageAsync(production, "source plate"), await studio.FootageAsync(production, "key art", asset => asset.Shares = new PixelShares { Blended = 900_000, Rendered = 100_000 }));
        await studio.SaveAsync([new AssetInput { AssetId = made.Id, SourceId = source.Id, Part = "frame", ShareMillionths = 900_000 }]);
        var browser = await server.SignInAsync(Roles.Artist);
        var down = await browser.GetPageAsync($"/library/{source.Id}");
        Assert.Contains("key art", down.QuerySelector($"a[href='/library/{made.Id}']")!.TextContent, StringComparison.Ordinal);
        var up = await browser.GetPageAsync($"/library/{made.Id}");
        Assert.Contains("90%", up.QuerySelector($"a[href='/library/{source.Id}']")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(up.QuerySelector(".bars"));
    }

    [Fact]
    public async Task An_asset_that_is_not_there_is_a_page_that_says_so()
    {
        using var missing = await (await server.SignInAsync(Roles.Producer)).GetAsync($"/library/{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("No such asset", (await TestBrowser.ParseAsync(missing)).Body!.TextContent, StringComparison.Ordinal);
    }
}
