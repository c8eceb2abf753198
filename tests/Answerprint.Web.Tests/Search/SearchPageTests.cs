using System.Net;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Web.Tests.Home;

namespace Answerprint.Web.Tests.Search;

public sealed class SearchPageTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly Studio studio = new(server);

    [Fact]
    public async Task One_word_finds_what_is_called_so_of_every_kind()
    {
        var production = await studio.ProductionAsync("Quillon Harbour");
        var shot = await studio.ShotAsync(production);
        var asset = await studio.FootageAsync(production, "quillon plate");
        await studio.JobAsync(production, JobState.Done, job => job.Name = "Ingest quillon plate");
        await studio.KeepLibraryAsync();
        var page = await (await server.SignInAsync(Roles.Artist)).GetPageAsync("/search?q=Quillon");
        Assert.Contains(page.QuerySelectorAll("a[data-hit]"), link => link.GetAttribute("href") == $"/productions/{production.Code}");
        Assert.NotNull(page.QuerySelector($".ref[data-ref='{asset.Id}'] img, .ref[data-ref='{asset.Id}'] .strip"));
        Assert.Contains("Ingest quillon plate", page.QuerySelector("section[aria-labelledby=hit-jobs]")!.TextContent, StringComparison.Ordinal);
        var shots = await (await server.SignInAsync(Roles.Artist)).GetPageAsync($"/search?q={shot.Code}");
        Assert.Equal($"/productions/{production.Code}/shots/{shot.Code}", shots.QuerySelector("section[aria-labelledby=hit-shots] a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task People_are_found_by_those_who_look_after_them_only()
    {
        await server.AccountAsync(Roles.Counsel);
        Assert.NotNull((await (await server.SignInAsync(Roles.Owner)).GetPageAsync("/search?q=counsel")).QuerySelector("section[aria-labelledby=hit-people]"));
        Assert.Null((await (await server.SignInAsync(Roles.Artist)).GetPageAsync("/search?q=counsel")).QuerySelector("section[aria-labelledby=hit-people]"));
    }

    [Fact]
    public async Task Nothing_and_no_question_say_so()
    {
        var browser = await server.SignInAsync(Roles.Artist);
        Assert.Contains("One place to look", (await browser.GetPageAsync("/search")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Pictures are not read", (await browser.GetPageAsync("/search?q=zzzz%25_")).Body!.TextContent, StringComparison.Ordinal);
        using var viewer = await (await server.SignInAsync(Roles.Viewer)).GetAsync("/search?q=x");
        Assert.NotEqual(HttpStatusCode.OK, viewer.StatusCode);
    }
}
