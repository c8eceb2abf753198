using System.Net;
using System.Net.Http.Headers;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Web.Tests.Home;

namespace Answerprint.Web.Tests.Library;

public sealed class MediaTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_proxy_is_served_in_ranges_and_not_sent_again_when_unchanged()
    {
        var asset = await FootageAsync();
        var browser = await server.SignInAsync(Roles.Artist);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/media/assets/{asset.Id}/proxy");
        request.Headers.Range = new RangeHeaderValue(2, 5);
        using var part = await browser.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("2345", await part.Content.ReadAsStringAsync());

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/media/assets/{asset.Id}/proxy");
        again.Headers.IfNoneMatch.Add(part.Headers.ETag!);
        using var unchanged = await browser.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task A_quarantined_asset_is_not_served_even_to_who_has_it_cached()
    {
        var asset = await FootageAsync(footage => (footage.State, footage.StateReason) = (AssetState.Quarantined, "taken down"));
        foreach (var kind in new[] { "thumbnail", "poster", "filmstrip", "proxy" })
        {
            foreach (var role in new[] { Roles.Artist, Roles.Marketing, Roles.Producer, Roles.Counsel })
                Assert.Equal(HttpStatusCode.Gone, await StatusAsync(role, $"/media/assets/{asset.Id}/{kind}"));
        }
        // Those who may clear look at it where withdrawals are reviewed, and nobody else does.
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Roles.Counsel, $"/clearance/withdraw/evidence/{asset.Id}"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(Roles.Producer, $"/clearance/withdraw/evidence/{asset.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Roles.Artist, $"/library/{asset.Id}"));
        var counsel = await server.SignInAsync(Roles.Counsel);
        Assert.Empty((await counsel.GetPageAsync($"/library/{asset.Id}")).QuerySelectorAll($"img[src*='{asset.Id}'], video[src*='{asset.Id}']"));
    }

    [Theory]
    [InlineData("original")]
    [InlineData("0")]
    [InlineData("webvtt")]
    public async Task What_is_no_rendition_of_an_asset_is_not_found(string rendition)
    {
        var asset = await FootageAsync();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Roles.Producer, $"/media/assets/{asset.Id}/{rendition}"));
    }

    [Fact]
    public async Task The_preview_of_a_job_is_there_while_its_file_is()
    {
        var id = Guid.NewGuid();
        var path = Path.Combine(server.Data.Previews, $"{id:N}.jpg");
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Roles.Artist, $"/media/jobs/{id}/preview"));
        await File.WriteAllTextAsync(path, "picture");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Roles.Artist, $"/media/jobs/{id}/preview"));
        File.Delete(path);
    }

    private async Task<HttpStatusCode> StatusAsync(string role, string path)
    {
        using var response = await (await server.SignInAsync(role)).GetAsync(path);
        return response.StatusCode;
    }

    private async Task<Asset> FootageAsync(Action<Asset>? change = null)
    {
        var studio = new Studio(server);
        return await studio.FootageAsync(await studio.ProductionAsync(), change: change);
    }
}
