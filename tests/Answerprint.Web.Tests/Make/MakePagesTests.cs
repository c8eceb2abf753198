using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Tests.Make;

public sealed class MakePagesTests(MakeServer server) : IClassFixture<MakeServer>
{
    [Fact]
    public async Task The_picker_shows_rights_and_says_why_a_picture_cannot_be_used()
    {
        var page = await (await server.SignInAsync(Roles.Artist)).GetPageAsync("/make/variations/new");
        var usable = page.QuerySelector($"input[name=references][value='{server.Wall.Id}']")!;
        Assert.False(usable.HasAttribute("disabled"));
        Assert.Contains("The test studio, made by staff", usable.ParentElement!.TextContent, StringComparison.Ordinal);
        var barred = page.QuerySelector($"input[name=references][value='{server.Found.Id}']")!;
        Assert.True(barred.HasAttribute("disabled"));
        Assert.Contains("Not usable: nobody has said who owns it", barred.ParentElement!.TextContent, StringComparison.Ordinal);
        var found = await (await server.SignInAsync(Roles.Artist)).GetPageAsync("/make/variations/references?production=SET&q=wal");
        Assert.Single(found.QuerySelectorAll(".source"));
    }

    [Fact]
    public async Task A_board_goes_from_its_form_to_kept_drafts_and_a_result_page()
    {
        var browser = await server.SignInAsync(Roles.Artist);
        var form = await browser.GetPageAsync("/make/variations/new");
        using var posted = await browser.SubmitAsync(form, "form.variation", "/make/variations",
            ("references", server.Wall.Id.ToString()), ("count", "2"), ("size", "256"), ("seed", "11"), ("strength", "0.9"), ("name", "Wall studies"));
        Assert.Equal(HttpStatusCode.Found, posted.StatusCode);
        var path = posted.Headers.Location!.OriginalString;
        var waiting = await browser.GetPageAsync(path);
        Assert.Equal(2, waiting.QuerySelectorAll(".draft.waiting").Length);
        Assert.NotNull(waiting.QuerySelector("form[data-cancel-all]"));

        await server.RunQueuedAsync();
        var board = await browser.GetPageAsync(path);
        var tile = board.QuerySelectorAll(".draft")[0];
        Assert.Empty(board.QuerySelectorAll(".draft.waiting"));
        var draft = tile.GetAttribute("data-draft")!;
        using (var kept = await browser.SubmitAsync(board, $"form[action$='{draft}/decide']", path)) Assert.Equal(HttpStatusCode.Found, kept.StatusCode);
        using var api = await server.ApiClientAsync(Roles.Artist);
        using (var decided = await api.PutAsJsonAsync($"/api/v1/drafts/{draft}/decision", new { kept = true, note = "Good rhythm" })) Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
        var fragment = await browser.GetPageAsync($"{path}/drafts/{draft}");
        Assert.Equal("true", fragment.QuerySelector(".draft")!.GetAttribute("data-kept"));

        var href = tile.GetAttribute("data-href")!;
        var result = await browser.GetPageAsync(href);
        var id = href.Split('/')[^1];
        Assert.NotNull(result.QuerySelector($"figure[data-url='/api/v1/assets/{id}/attribution']"));
        Assert.Contains("wall", result.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Good rhythm", result.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Clear", result.QuerySelector(".asked-for")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(result.QuerySelector(".wipe svg.before image"));
        var pixel = await api.GetFromJsonAsync<JsonElement>($"/api/v1/assets/{id}/attribution?x=5&y=5");
        Assert.All(pixel.GetProperty("parts").EnumerateArray(), part => Assert.Equal(("wall", "The test studio"), (part.GetProperty("sourceName").GetString(), part.GetProperty("owner").GetString())));
        using (var tint = await browser.GetAsync($"/media/results/{id}/overlay")) Assert.Equal("image/png", tint.Content.Headers.ContentType!.MediaType);
        using (var file = await browser.GetAsync($"{href}/download")) Assert.Equal(("image/png", "draft, unsigned"), (file.Content.Headers.ContentType!.MediaType, file.Headers.GetValues("X-Answerprint-State").Single()));
        var sheet = await browser.GetPageAsync($"{href}/authorship");
        Assert.Contains("No pixel of this picture was painted by a person", sheet.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Kept it, alone of 2 drafts", sheet.Body.TextContent, StringComparison.Ordinal);

        var other = board.QuerySelectorAll(".draft")[1].GetAttribute("data-draft");
        Assert.Equal(2, (await browser.GetPageAsync($"{path}/compare?pick={draft}&pick={other}")).QuerySelectorAll(".wipe > img").Length);
        Assert.NotNull((await browser.GetPageAsync($"{path}/compare?pick={draft}")).QuerySelector(".empty"));

        using (var again = await browser.SubmitAsync(result, $"form[action='{href}/again']", href)) Assert.Equal($"{href}?done=again", again.Headers.Location!.OriginalString);
        await server.RunQueuedAsync();
        Assert.Contains("made again: the same pixels", (await browser.GetPageAsync(href)).QuerySelector(".meta")!.TextContent, StringComparison.Ordinal);

        await QuarantineAsync(Guid.Parse(id), AssetState.Quarantined);
        foreach (var gone in new[] { $"{href}/download", $"/media/results/{id}/overlay", href, $"{href}/authorship" })
        {
            using var response = await browser.GetAsync(gone);
            Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone, $"{gone} answered {response.StatusCode}");
        }
    }

    [Fact]
    public async Task A_painted_mask_becomes_a_fill_and_its_wipe()
    {
        using var api = await server.ApiClientAsync(Roles.Artist);
        using var body = new ByteArrayContent(MakeServer.Mask(server.Wall.Width, server.Wall.Height));
        body.Headers.ContentType = new("image/png");
        using var painted = await api.PostAsync(new Uri($"/api/v1/paintings?production={server.Film.Id}&kind=mask&over={server.Wall.Id}&tools=brush:2,lasso:1", UriKind.Relative), body);
        var mask = await painted.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.OK, 3), (painted.StatusCode, mask.GetProperty("strokes").GetInt32()));

        var browser = await server.SignInAsync(Roles.Artist);
        var path = $"/make/repair/{server.Wall.Id}";
        Assert.NotNull((await browser.GetPageAsync("/make/repair")).QuerySelector($"a.plate[href='{path}']"));
        var work = await browser.GetPageAsync(path);
        Assert.Equal(["Fill", "Extend", "Retarget"], work.QuerySelectorAll("nav[aria-label='What is done'] a").Select(tab => tab.TextContent.Trim()));
        using (var without = await browser.SubmitAsync(work, "form.repair", path)) Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
        using var posted = await browser.SubmitAsync(work, "form.repair", path, ("maskId", mask.GetProperty("id").GetString()!));
        var run = posted.Headers.Location!.OriginalString;
        Assert.NotNull((await browser.GetPageAsync(run)).QuerySelector(".progress"));
        await server.RunQueuedAsync();
        using var done = await browser.GetAsync(run);
        var result = await browser.GetPageAsync(done.Headers.Location!.OriginalString);
        Assert.Contains("Before and after", result.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("painted by", result.QuerySelector(".inputs")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("none", result.QuerySelector(".wipe image")!.GetAttribute("preserveAspectRatio"));
    }

    [Fact]
    public async Task The_api_puts_drafts_on_a_board_and_only_asks_where_told_to()
    {
        using var api = await server.ApiClientAsync(Roles.Marketing);
        var jobs = await server.DbAsync(db => db.Set<Job>().CountAsync());
        object Body(bool preview) => new { production = server.Film.Id, wish = new { references = new[] { server.Wall.Id }, size = 64, count = 1, seed = 77, strength = 1.0 }, preview };
        using (var asked = await api.PostAsJsonAsync("/api/v1/variations", Body(true)))
        {
            Assert.Equal("clear", (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("answer").GetString());
            Assert.Equal(jobs, await server.DbAsync(db => db.Set<Job>().CountAsync()));
        }
        using var made = await api.PostAsJsonAsync("/api/v1/variations", Body(false));
        Assert.Equal(HttpStatusCode.Accepted, made.StatusCode);
        var board = await api.GetFromJsonAsync<JsonElement>(made.Headers.Location!);
        Assert.Equal(77, board.GetProperty("drafts")[0].GetProperty("seed").GetInt64());
        using var wrong = await api.PostAsJsonAsync("/api/v1/variations", new { production = server.Film.Id, wish = new { references = new[] { server.Found.Id } } });
        Assert.Equal(HttpStatusCode.Conflict, wrong.StatusCode);
        using var promoted = await api.PostAsJsonAsync($"/api/v1/assets/{server.Wall.Id}/promotion", new { use = "nonsense" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, promoted.StatusCode);
    }

    [Fact]
    public async Task Stopping_all_stops_what_waits()
    {
        var browser = await server.SignInAsync(Roles.Artist);
        var form = await browser.GetPageAsync("/make/variations/new");
        using var posted = await browser.SubmitAsync(form, "form.variation", "/make/variations", ("references", server.Wall.Id.ToString()), ("count", "3"), ("size", "256"), ("seed", "900"));
        var path = posted.Headers.Location!.OriginalString;
        using var stopped = await browser.SubmitAsync(await browser.GetPageAsync(path), "form[data-cancel-all]", path);
        Assert.Equal(path, stopped.Headers.Location!.OriginalString);
        var board = Guid.Parse(path.Split('/')[^1]);
        var states = await server.DbAsync(db => (from draft in db.Set<StudioDraft>() join job in db.Set<Job>() on draft.JobId equals job.Id where draft.BoardId == board select job.State).ToListAsync());
        Assert.Equal([JobState.Cancelled, JobState.Cancelled, JobState.Cancelled], states);
    }

    [Fact]
    public async Task Whoever_may_only_look_makes_nothing()
    {
        var browser = await server.SignInAsync(Roles.Engineer);
        Assert.Null((await browser.GetPageAsync("/make/variations")).QuerySelector("a[href='/make/variations/new']"));
        foreach (var path in new[] { "/make/variations/new", "/make/variations/references?production=SET" })
        {
            using var response = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
        using var missing = await browser.GetAsync($"/make/results/{server.Wall.Id}");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    private Task<int> QuarantineAsync(Guid id, AssetState state) =>
        server.DbAsync(db => db.Set<Asset>().Where(asset => asset.Id == id).ExecuteUpdateAsync(set => set.SetProperty(asset => asset.State, state).SetProperty(asset => asset.StateReason, "a test")));
}
