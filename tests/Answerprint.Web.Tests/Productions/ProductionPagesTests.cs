using System.Net;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Web.Tests.Home;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Tests.Productions;

public sealed class ProductionPagesTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly Studio studio = new(server);

    [Fact]
    public async Task A_producer_creates_a_production_and_a_shot_by_forms()
    {
        var browser = await server.SignInAsync(Roles.Producer);
        var list = await browser.GetPageAsync("/productions");
        using var made = await browser.SubmitAsync(list, "form[action='/productions']", "/productions", ("name", "Salt Road"), ("code", "SALT"));
        Assert.Equal("/productions/SALT", made.Headers.Location?.OriginalString);
        var page = await browser.GetPageAsync("/productions/SALT");
        Assert.Contains("No shots yet", page.Body!.TextContent, StringComparison.Ordinal);
        using var added = await browser.SubmitAsync(page, "form[action$='/shots']", "/productions/SALT", ("scene", "020"), ("sceneName", "The pass"), ("shot", "0010"), ("description", "A mule in snow"));
        Assert.Equal(HttpStatusCode.Found, added.StatusCode);
        var with = await browser.GetPageAsync("/productions/SALT");
        Assert.Equal("SALT_020_0010", with.QuerySelector(".shotcard .code")!.TextContent);
        Assert.Contains("The pass", with.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("No footage yet", with.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wish_that_cannot_be_keeps_what_was_typed()
    {
        var browser = await server.SignInAsync(Roles.Producer);
        using var refused = await browser.SubmitAsync(await browser.GetPageAsync("/productions"), "form[action='/productions']", "/productions", ("name", "Salt Road"), ("code", "salt road"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await TestBrowser.ParseAsync(refused);
        Assert.Contains("2 to 8 capitals", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("salt road", page.QuerySelector("input[name=code]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Who_may_not_create_is_not_offered_to()
    {
        var page = await (await server.SignInAsync(Roles.Counsel)).GetPageAsync("/productions");
        Assert.Null(page.QuerySelector("form[action='/productions']"));
        var production = await studio.ProductionAsync();
        var one = await (await server.SignInAsync(Roles.Counsel)).GetPageAsync($"/productions/{production.Code}");
        Assert.Null(one.QuerySelector("form[action$='/shots']"));
        Assert.Null(one.QuerySelector("form[action$='/ingest']"));
    }

    [Fact]
    public async Task Shots_show_their_filmstrips_and_jobs_their_progress()
    {
        var production = await studio.ProductionAsync();
        var footage = await studio.FootageAsync(production);
        await studio.VersionAsync(await studio.ShotAsync(production), footage, status: VersionStatus.InReview);
        var loose = await studio.FootageAsync(production, "plate of the pier");
        var job = await studio.JobAsync(production, JobState.Running, each => each.Progress = 0.4);
        var page = await (await server.SignInAsync(Roles.Artist)).GetPageAsync($"/productions/{production.Code}");
        var strip = page.QuerySelector(".strip[data-island=filmstrip]")!;
        Assert.Equal(("30", $"/media/assets/{footage.Id}/filmstrip"), (strip.GetAttribute("data-count"), strip.GetAttribute("data-src")));
        Assert.Equal("/api/v1/jobs/events", page.QuerySelector($".progress[data-job='{job.Id}']")!.GetAttribute("data-stream"));
        Assert.NotNull(page.QuerySelector($"a[href='/library/{loose.Id}']"));
    }

    [Fact]
    public async Task A_version_goes_through_review_on_its_page_with_a_drawn_note()
    {
        var production = await studio.ProductionAsync();
        var shot = await studio.ShotAsync(production);
        var version = await studio.VersionAsync(shot, await studio.FootageAsync(production));
        var path = $"/productions/{production.Code}/shots/{shot.Code}";
        var (artist, producer) = (await server.SignInAsync(Roles.Artist), await server.SignInAsync(Roles.Producer));

        await SayAsync(artist, path, version.Id, "Submit");
        const string drawing = """{"version":1,"width":1280,"height":720,"strokes":[{"ink":"red","width":4,"d":"M640 360L1280 720"}]}""";
        await SayAsync(producer, path, version.Id, "Retake", ("text", "Lose the lamp"), ("frame", "96"), ("drawing", drawing));
        var note = await studio.ReadAsync(db => db.Set<ReviewNote>().SingleAsync(note => note.VersionId == version.Id));
        Assert.Equal("""[{"colour":"#ff6257","width":0.00312,"points":[[0.5,0.5],[1,1]]}]""", note.DrawingJson);
        Assert.Equal(96, note.Frame);

        var page = await artist.GetPageAsync(path);
        Assert.Equal("M640 360L1280 720", page.QuerySelector($"svg[data-drawing='{note.Id}'] path")!.GetAttribute("d"));
        Assert.Equal("96", page.QuerySelector("[data-note]")!.GetAttribute("data-frame"));
        Assert.Contains("Lose the lamp", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector(".player video"));
        Assert.NotNull(page.QuerySelector(".timeline"));

        await SayAsync(artist, path, version.Id, "Submit");
        await SayAsync(producer, path, version.Id, "Approve");
        await SayAsync(producer, path, version.Id, "Publish");
        Assert.Equal(VersionStatus.Published, await studio.ReadAsync(db => db.Set<ShotVersion>().Where(each => each.Id == version.Id).Select(each => each.Status).SingleAsync()));
    }

    [Fact]
    public async Task Nobody_is_offered_to_approve_their_own_version_nor_can()
    {
        var production = await studio.ProductionAsync();
        var shot = await studio.ShotAsync(production);
        var version = await studio.VersionAsync(shot, await studio.FootageAsync(production), status: VersionStatus.InReview, madeBy: Roles.Producer);
        var path = $"/productions/{production.Code}/shots/{shot.Code}";
        var producer = await server.SignInAsync(Roles.Producer);
        var page = await producer.GetPageAsync(path);
        Assert.Null(page.QuerySelector("button[value=Approve]"));
        Assert.Contains("someone else has to approve", page.Body!.TextContent, StringComparison.Ordinal);
        using var tried = await PostAsync(producer, page, path, version.Id, "Approve");
        Assert.Equal(HttpStatusCode.Conflict, tried.StatusCode);
    }

    [Fact]
    public async Task A_drawing_that_could_not_have_been_drawn_is_refused()
    {
        var production = await studio.ProductionAsync();
        var shot = await studio.ShotAsync(production);
        var version = await studio.VersionAsync(shot, await studio.FootageAsync(production));
        var path = $"/productions/{production.Code}/shots/{shot.Code}";
        var artist = await server.SignInAsync(Roles.Artist);
        var page = await artist.GetPageAsync(path);
        using var refused = await PostAsync(artist, page, path, version.Id, "Note", ("drawing", "<svg onload=alert(1)>"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task Two_versions_can_be_compared_and_each_has_its_own_address()
    {
        var production = await studio.ProductionAsync();
        var shot = await studio.ShotAsync(production);
        var (first, second) = (await studio.FootageAsync(production, "first"), await studio.FootageAsync(production, "second"));
        await studio.VersionAsync(shot, first, 1);
        await studio.VersionAsync(shot, second, 2);
        var browser = await server.SignInAsync(Roles.Artist);
        var path = $"/productions/{production.Code}/shots/{shot.Code}";
        var latest = await browser.GetPageAsync(path);
        Assert.Equal(2, latest.QuerySelectorAll(".versions a").Length);
        Assert.Equal([$"/media/assets/{first.Id}/poster", $"/media/assets/{second.Id}/poster"], latest.QuerySelectorAll(".wipe img").Select(image => image.GetAttribute("src")));
        var earlier = await browser.GetPageAsync(path + "?v=1");
        Assert.Equal($"/media/assets/{first.Id}/proxy", earlier.QuerySelector("video")!.GetAttribute("src"));
    }

    [Fact]
    public async Task A_version_whose_footage_was_taken_down_shows_nothing_of_it()
    {
        var production = await studio.ProductionAsync();
        var shot = await studio.ShotAsync(production);
        var footage = await studio.FootageAsync(production, change: asset => (asset.State, asset.StateReason) = (AssetState.Quarantined, "consent withdrawn"));
        await studio.VersionAsync(shot, footage);
        var page = await (await server.SignInAsync(Roles.Artist)).GetPageAsync($"/productions/{production.Code}/shots/{shot.Code}");
        Assert.Null(page.QuerySelector("video"));
        Assert.DoesNotContain("consent withdrawn", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain($"/media/assets/{footage.Id}", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shot_without_versions_asks_for_the_first_and_one_that_is_not_there_says_so()
    {
        var production = await studio.ProductionAsync();
        var shot = await studio.ShotAsync(production);
        var browser = await server.SignInAsync(Roles.Artist);
        var page = await browser.GetPageAsync($"/productions/{production.Code}/shots/{shot.Code}");
        Assert.Contains("No version yet", page.Body!.TextContent, StringComparison.Ordinal);
        using var missing = await browser.GetAsync($"/productions/{production.Code}/shots/NONE");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        using var nowhere = await browser.GetAsync("/productions/NONE");
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    [Fact]
    public async Task A_file_that_was_sent_is_brought_in_from_the_page()
    {
        var production = await studio.ProductionAsync();
        var shot = await studio.ShotAsync(production);
        var account = await server.AccountAsync(Roles.Artist);
        var uploads = (Answerprint.Platform.Assets.Uploads.UploadStore)server.Services.GetService(typeof(Answerprint.Platform.Assets.Uploads.UploadStore))!;
        var upload = uploads.Create(account, "take 3.mov", 4).Upload!;
        await uploads.AppendAsync(account, upload.Id, 0, new MemoryStream([1, 2, 3, 4]), default);

        var browser = await server.SignInAsync(Roles.Artist);
        var page = await browser.GetPageAsync($"/productions/{production.Code}");
        using var sent = await PostFormAsync(browser, page, $"/productions/{production.Code}/ingest",
            ("upload", $"http://anywhere/api/v1/uploads/{upload.Id}"), ("shot", shot.Code), ("rights", "StaffMade"), ("owner", "Studio"), ("performers", "None"));
        Assert.Equal($"/productions/{production.Code}/shots/{shot.Code}", sent.Headers.Location?.OriginalString);
        var job = await studio.ReadAsync(db => db.Set<Job>().SingleAsync(job => job.ProductionId == production.Id));
        Assert.Contains(shot.Id.ToString(), job.ParametersJson, StringComparison.Ordinal);
        var at = await browser.GetPageAsync(sent.Headers.Location!.OriginalString);
        Assert.NotNull(at.QuerySelector($".progress[data-job='{job.Id}']"));

        using var none = await PostFormAsync(browser, page, $"/productions/{production.Code}/ingest", ("rights", "StaffMade"), ("owner", "Studio"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
    }

    private static async Task SayAsync(TestBrowser browser, string path, Guid version, string verdict, params (string, string)[] more)
    {
        using var said = await PostAsync(browser, await browser.GetPageAsync(path), path, version, verdict, more);
        Assert.True(said.StatusCode == HttpStatusCode.Found, $"{verdict} answered {(int)said.StatusCode}");
    }

    private static Task<HttpResponseMessage> PostAsync(TestBrowser browser, AngleSharp.Html.Dom.IHtmlDocument page, string path, Guid version, string verdict, params (string, string)[] more) =>
        PostFormAsync(browser, page, $"{path}/review", [("version", version.ToString()), ("verdict", verdict), .. more]);

    /// <summary>Sends what a submit button or an island adds to a form, with the page's own token.</summary>
    private static async Task<HttpResponseMessage> PostFormAsync(TestBrowser browser, AngleSharp.Html.Dom.IHtmlDocument page, string path, params (string Name, string Value)[] fields)
    {
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Accept.ParseAdd("text/html");
        return await browser.Client.SendAsync(request);
    }
}
