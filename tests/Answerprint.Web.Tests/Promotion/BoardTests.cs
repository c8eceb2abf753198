using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Tests.Promotion;

[Collection(StudioTests.Name)]
public sealed class BoardTests(StudioServer server)
{
    private string Board => $"/make/artwork/{server.Film.Slug}";

    [Fact]
    public async Task Titles_with_a_production_are_listed()
    {
        var page = await (await server.SignInAsync(Roles.Marketing)).GetPageAsync("/make/artwork");
        Assert.NotNull(page.QuerySelector($"a[href='{Board}']"));
        Assert.Contains("3 drafts", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_board_shows_each_shape_at_its_own_ratio_and_says_that_drafts_are_unsigned()
    {
        var page = await (await server.SignInAsync(Roles.Artist)).GetPageAsync(Board);
        Assert.NotNull(page.QuerySelector(".s-16x9 img.r-16x9"));
        Assert.NotNull(page.QuerySelector(".s-2x3 img.r-2x3"));
        Assert.Contains("Draft, unsigned", page.QuerySelector(".variant")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("card, frame", page.QuerySelector(".variant header")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_only_look_sees_no_button_that_makes()
    {
        var page = await (await server.SignInAsync(Roles.Engineer)).GetPageAsync(Board);
        Assert.Null(page.QuerySelector($"a[href='{Board}/new']"));
        Assert.Null(page.QuerySelector("form[method=post][action*='/again']"));
        using var form = await (await server.SignInAsync(Roles.Engineer)).GetAsync($"{Board}/new");
        Assert.Equal(HttpStatusCode.Forbidden, form.StatusCode);
    }

    [Fact]
    public async Task The_form_shows_what_Clearance_would_say_before_anything_runs()
    {
        var browser = await server.SignInAsync(Roles.Marketing);
        var jobs = await server.DbAsync(db => db.Set<Job>().CountAsync());
        var decisions = await server.DbAsync(db => db.Set<Decision>().CountAsync());
        var page = await browser.GetPageAsync($"{Board}/new");
        Assert.Contains("Clear with conditions", page.QuerySelector("#answer")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("The Test Card", page.QuerySelector("input[name=titleText]")!.GetAttribute("value"));
        Assert.NotNull(page.QuerySelector($"input[name=sources][value='{server.Clip.Id}'][checked]"));

        Assert.Equal((jobs, decisions), await server.DbAsync(async db => (await db.Set<Job>().CountAsync(), await db.Set<Decision>().CountAsync())));
    }

    [Fact]
    public async Task The_form_puts_a_wish_on_record_and_leads_to_the_board()
    {
        var browser = await server.SignInAsync(Roles.Marketing);
        var page = await browser.GetPageAsync($"{Board}/new");
        using var made = await browser.SubmitAsync(page, "form.make", Board, ("titleText", "Refused on purpose"), ("variants", "2"), ("fabricatedNews", "true"));
        Assert.Equal($"{Board}?done=made", made.Headers.Location!.OriginalString);
        var job = await server.DbAsync(db => db.Set<Job>().AsNoTracking().FirstAsync(job => job.ParametersJson.Contains("Refused on purpose")));
        Assert.True(job.State is JobState.Refused or JobState.AwaitingClearance);
        var decision = await server.DbAsync(db => db.Set<Decision>().AsNoTracking().FirstAsync(decision => decision.Id == job.DecisionId));
        Assert.Contains("\"content.fabricatedNews\":true", decision.FactsJson, StringComparison.Ordinal);

        using var wrong = await browser.SubmitAsync(page, "form.make", Board, ("variants", "13"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("1 to 12", (await TestBrowser.ParseAsync(wrong)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_changes_nothing_and_follows_the_declarations()
    {
        using var client = await server.ApiClientAsync(Roles.Marketing);
        var before = await server.DbAsync(db => db.Set<AuditEntry>().CountAsync());
        async Task<JsonElement> Ask(object declarations)
        {
            using var response = await client.PostAsJsonAsync("/api/v1/artwork", new { title = server.Film.Slug, use = "marketing", declarations, preview = true });
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }
        Assert.Equal("conditions", (await Ask(new { alteration = "asRecorded" })).GetProperty("answer").GetString());
        var news = await Ask(new { alteration = "asRecorded", fabricatedNews = true });
        Assert.NotEqual("conditions", news.GetProperty("answer").GetString());
        Assert.Equal(before, await server.DbAsync(db => db.Set<AuditEntry>().CountAsync()));
    }

    [Theory]
    [InlineData("{\"title\":\"TITLE\",\"use\":\"nonsense\"}", 422, "is no use")]
    [InlineData("{\"title\":\"TITLE\",\"use\":\"2\"}", 422, "is no use")]
    [InlineData("{\"title\":\"TITLE\",\"use\":\"marketing\",\"variants\":99}", 422, "1 to 12")]
    [InlineData("{\"title\":\"TITLE\",\"use\":\"marketing\",\"aspects\":[\"5:4\"]}", 422, "is no shape")]
    [InlineData("{\"title\":\"TITLE\",\"use\":\"marketing\",\"declarations\":{\"territories\":[\"Atlantis\"]}}", 422, "not a territory")]
    [InlineData("{\"title\":\"TITLE\",\"use\":\"marketing\",\"declarations\":{\"replica\":\"clone\"}}", 422, "talent.replica")]
    [InlineData("{\"title\":\"no-such-title\",\"use\":\"marketing\"}", 404, "no title")]
    public async Task A_wish_that_makes_no_sense_is_told_why(string body, int status, string reason)
    {
        using var client = await server.ApiClientAsync(Roles.Artist);
        using var content = new StringContent(body.Replace("TITLE", server.Film.Slug, StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/api/v1/artwork", UriKind.Relative), content);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(reason, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_explains_its_score_its_crop_and_its_type()
    {
        var page = await (await server.SignInAsync(Roles.Marketing)).GetPageAsync($"{Board}/{server.Wide.Id}");
        Assert.True(page.QuerySelectorAll(".judgements li").Length >= 4);
        Assert.Contains("to 1 measured", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($"figure[data-url='/api/v1/artwork/{server.Wide.Id}/attribution']"));
        Assert.Contains("The test studio", page.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pixel_names_its_frame_its_place_and_its_owner()
    {
        using var client = await server.ApiClientAsync(Roles.Counsel);
        var pixel = await client.GetFromJsonAsync<JsonElement>($"/api/v1/artwork/{server.Wide.Id}/attribution?x=3&y=3");
        var part = pixel.GetProperty("parts").EnumerateArray().Last();
        Assert.Equal("blended", part.GetProperty("kind").GetString());
        Assert.Equal(("card", "The test studio"), (part.GetProperty("sourceName").GetString(), part.GetProperty("owner").GetString()));
        Assert.True(int.Parse(part.GetProperty("frame").GetString()!) is >= 0 and < 12);
        Assert.InRange(part.GetProperty("x").GetDouble(), 0, 640);
        var shares = await client.GetFromJsonAsync<JsonElement>($"/api/v1/artwork/{server.Wide.Id}/attribution");
        Assert.Equal(1.0, shares.EnumerateArray().Sum(share => share.GetProperty("share").GetDouble()), 6);
        using var outside = await client.GetAsync(new Uri($"/api/v1/artwork/{server.Wide.Id}/attribution?x=1920&y=0", UriKind.Relative));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, outside.StatusCode);
    }

    [Fact]
    public async Task The_tint_is_a_picture_of_the_same_shape()
    {
        using var response = await (await server.SignInAsync(Roles.Artist)).GetAsync($"/media/artwork/{server.Poster.Id}/overlay");
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal("image/png", response.Content.Headers.ContentType!.MediaType);
        var (width, height) = (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
        Assert.Equal(2.0 / 3, (double)width / height, 2);
    }

    [Fact]
    public async Task A_draft_is_for_console_roles_and_gone_while_quarantined()
    {
        var path = $"/media/artwork/{server.Square.Id}/draft";
        using var seen = await (await server.SignInAsync(Roles.Artist)).GetAsync(path);
        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (seen.StatusCode, seen.Content.Headers.ContentType!.MediaType));
        using var viewer = await (await server.SignInAsync(Roles.Viewer)).GetAsync(path);
        Assert.Equal(HttpStatusCode.Forbidden, viewer.StatusCode);
        await QuarantineAsync(server.Square.AssetId, AssetState.Quarantined);
        try
        {
            foreach (var name in new[] { "draft", "thumbnail", "overlay" })
            {
                using var gone = await (await server.SignInAsync(Roles.Artist)).GetAsync($"/media/artwork/{server.Square.Id}/{name}");
                Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
            }
            var page = await (await server.SignInAsync(Roles.Artist)).GetPageAsync($"{Board}/{server.Square.Id}");
            Assert.Null(page.QuerySelector("figure img"));
            Assert.Contains("Quarantined", page.Body!.TextContent, StringComparison.Ordinal);
        }
        finally
        {
            await QuarantineAsync(server.Square.AssetId, AssetState.Active);
        }
    }

    [Fact]
    public async Task Keeping_and_dropping_are_on_record()
    {
        var browser = await server.SignInAsync(Roles.Artist);
        var path = $"{Board}/{server.Square.Id}";
        using (var dropped = await browser.SubmitAsync(await browser.GetPageAsync(path), $"form[action='{path}/keep']", path)) Assert.Equal(HttpStatusCode.Found, dropped.StatusCode);
        using var client = await server.ApiClientAsync(Roles.Artist);
        foreach (var kept in new bool?[] { true, false, null })
        {
            using var response = await client.PutAsJsonAsync($"/api/v1/artwork/{server.Square.Id}/kept", new { kept });
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(kept is null ? JsonValueKind.Null : kept == true ? JsonValueKind.True : JsonValueKind.False, answer.GetProperty("kept").ValueKind);
        }
        var actions = await server.DbAsync(db => db.Set<AuditEntry>().Where(entry => entry.SubjectId == server.Square.Id.ToString()).OrderBy(entry => entry.Number).Select(entry => entry.Action).ToListAsync());
        Assert.Equal(["artwork.kept", "artwork.dropped", "artwork.undecided"], actions.TakeLast(3));
    }

    [Fact]
    public async Task A_draft_cannot_be_published()
    {
        using var client = await server.ApiClientAsync(Roles.Marketing);
        using var response = await client.PutAsJsonAsync($"/api/v1/artwork/{server.Square.Id}/published", new { published = true });
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        using var artist = await server.ApiClientAsync(Roles.Artist);
        using var forbidden = await artist.PutAsJsonAsync($"/api/v1/artwork/{server.Square.Id}/published", new { published = true });
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }

    [Fact]
    public async Task Two_are_compared_and_one_is_not()
    {
        var browser = await server.SignInAsync(Roles.Marketing);
        var page = await browser.GetPageAsync($"{Board}/compare?pick={server.Wide.Id}&pick={server.Poster.Id}");
        Assert.Equal(2, page.QuerySelectorAll(".wipe > img").Length);
        Assert.NotNull((await browser.GetPageAsync($"{Board}/compare?pick={server.Wide.Id}")).QuerySelector(".empty"));
        Assert.NotNull((await browser.GetPageAsync($"{Board}/compare")).QuerySelector(".empty"));
    }

    [Fact]
    public async Task Made_again_the_pixels_are_the_same_and_the_board_says_so()
    {
        var browser = await server.SignInAsync(Roles.Artist);
        var page = await browser.GetPageAsync(Board);
        using (var posted = await browser.SubmitAsync(page, $"#run-{server.Wide.JobId} form[action='{Board}/again']", Board)) Assert.Equal(HttpStatusCode.Found, posted.StatusCode);
        var first = await server.JobAsync(server.Wide.JobId);
        var second = await server.DbAsync(db => db.Set<Job>().AsNoTracking().Where(job => job.Hash == first.Hash).OrderByDescending(job => job.Run).FirstAsync());
        Assert.NotNull((await browser.GetPageAsync(Board)).QuerySelector($".progress[data-job='{second.Id}']"));
        await server.RunAsync(second.Id);
        Assert.True((await server.JobAsync(second.Id)).Reproduced);
        Assert.Contains("the same pixels", (await browser.GetPageAsync(Board)).QuerySelector($"#run-{server.Wide.JobId}")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_said_to_be_missing()
    {
        var browser = await server.SignInAsync(Roles.Marketing);
        foreach (var path in new[] { "/make/artwork/no-such-title", $"{Board}/{Guid.NewGuid()}", $"/make/artwork/by-id/{Guid.NewGuid()}" })
        {
            using var response = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.NotNull((await TestBrowser.ParseAsync(response)).QuerySelector(".empty"));
        }
    }

    private Task<int> QuarantineAsync(Guid asset, AssetState state) =>
        server.DbAsync(db => db.Set<Asset>().Where(one => one.Id == asset).ExecuteUpdateAsync(set => set.SetProperty(one => one.State, state).SetProperty(one => one.StateReason, state == AssetState.Active ? "" : "the performer withdrew")));
}
