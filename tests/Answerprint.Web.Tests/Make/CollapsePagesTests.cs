using System.Net;
using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Studio.Collapse;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Tests.Make;

public sealed class CollapsePagesTests(MakeServer server) : IClassFixture<MakeServer>
{
    private const string Scene = """{"version":1,"frames":6,"rate":24,"seed":7,"camera":{"horizon":0.4},"building":{"outline":[[20,10],[50,10],[50,50],[20,50]],"height":9},"failure":{"start":3}}""";

    [Fact]
    public async Task Plates_are_listed_and_found_by_name_and_lead_to_the_drawing()
    {
        var browser = await server.SignInAsync(Roles.Artist);
        var list = await browser.GetPageAsync("/make/collapse");
        Assert.NotNull(list.QuerySelector($"a.plate[href='/make/collapse/{server.Wall.Id}']"));
        Assert.NotNull((await browser.GetPageAsync("/make/collapse?q=zeppelin")).QuerySelector(".empty"));
        var page = await browser.GetPageAsync($"/make/collapse/{server.Wall.Id}");
        var island = page.QuerySelector("[data-island=collapse]")!;
        Assert.Equal(($"{server.Wall.Width}", $"{server.Wall.Height}", server.Wall.Id.ToString()), (island.GetAttribute("data-width"), island.GetAttribute("data-height"), island.GetAttribute("data-plate")));
        Assert.Null(island.GetAttribute("data-scene"));
        Assert.NotNull(page.QuerySelector("a.nav[aria-current][href='/make/collapse']"));
        using var none = await browser.GetAsync($"/make/collapse/{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Contains("No such plate", await none.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbered_frames_are_a_plate_and_their_first_is_drawn_on()
    {
        var frames = await server.IngestFramesAsync("tower");
        Assert.Equal(AssetKind.Sequence, frames.Kind);
        var browser = await server.SignInAsync(Roles.Artist);
        var choice = (await browser.GetPageAsync("/make/collapse")).QuerySelector($"a.plate[href='/make/collapse/{frames.Id}']")!;
        Assert.Contains("2 frames", choice.TextContent, StringComparison.Ordinal);
        Assert.NotNull(choice.QuerySelector("img"));
        var page = await browser.GetPageAsync($"/make/collapse/{frames.Id}");
        Assert.Equal("2", page.QuerySelector("[data-island=collapse]")!.GetAttribute("data-frames"));
        Assert.NotNull(page.QuerySelector("img[data-picture][src]"));
        Assert.NotNull((await browser.GetPageAsync($"/library/{frames.Id}")).QuerySelector($"a[href='/make/collapse/{frames.Id}']"));
    }

    [Fact]
    public async Task Every_question_is_asked_with_yes_and_no_and_none_is_answered_beforehand()
    {
        var page = await (await server.SignInAsync(Roles.Artist)).GetPageAsync($"/make/collapse/{server.Wall.Id}");
        foreach (var question in CollapseAnswers.Questions)
        {
            var radios = page.QuerySelectorAll($".cp-question input[name={question.Name}]");
            Assert.Equal(["no", "yes"], radios.Select(radio => radio.GetAttribute("value")));
            Assert.All(radios, radio => Assert.False(radio.HasAttribute("checked")));
        }
    }

    [Fact]
    public async Task What_cannot_be_made_comes_back_with_what_was_drawn_and_why()
    {
        var browser = await server.SignInAsync(Roles.Artist);
        var path = $"/make/collapse/{server.Wall.Id}";
        var work = await browser.GetPageAsync(path);
        await RefusedAsync("", "Outline the building first");
        await RefusedAsync(Scene.Replace("0.4", "0.95", StringComparison.Ordinal), "foot");
        await RefusedAsync(Scene.Replace("[50,50],[20,50]", "[50,50]", StringComparison.Ordinal).Replace("[50,10],", "", StringComparison.Ordinal), "3 points");
        await RefusedAsync(Scene, "answer yes or no");

        async Task RefusedAsync(string scene, string why)
        {
            using var answer = await browser.SubmitAsync(work, "form.cp", path, ("scene", scene), ("pass", "draft"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Contains(why, text, StringComparison.OrdinalIgnoreCase);
            if (scene.Length > 0) Assert.Contains("&quot;outline&quot;", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_collapse_shows_its_account_its_takes_and_goes_back_to_its_settings()
    {
        var job = await RecordAsync(JobState.Done, """{"pixels":[{"frame":1,"copied":100,"filled":0,"blended":0,"rendered":0},{"frame":2,"copied":50,"filled":10,"blended":20,"rendered":20}]}""");
        var failed = await RecordAsync(JobState.Failed, "{}");
        var browser = await server.SignInAsync(Roles.Artist);
        var page = await browser.GetPageAsync($"/make/collapse/jobs/{job}");
        Assert.Contains("Again with other settings", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("1,0,0,0;0.5,0.1,0.2,0.2", page.QuerySelector("[data-island=shotwipe]")!.GetAttribute("data-accounts"));
        var again = await browser.GetPageAsync(page.QuerySelector("a[href*='from=']")!.GetAttribute("href")!);
        using var given = JsonDocument.Parse(again.QuerySelector("[data-island=collapse]")!.GetAttribute("data-scene")!);
        Assert.Equal((7, 9), (given.RootElement.GetProperty("seed").GetInt32(), given.RootElement.GetProperty("building").GetProperty("height").GetInt32()));
        var broken = await browser.GetPageAsync($"/make/collapse/jobs/{failed}");
        Assert.Contains("Blender gave up", broken.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        using (var none = await browser.GetAsync($"/make/collapse/jobs/{Guid.NewGuid()}")) Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Equal(2, (await browser.GetPageAsync("/make/collapse")).QuerySelectorAll(".recent li").Length);
    }

    [Fact]
    public async Task Counsel_sees_the_page_and_may_make_nothing()
    {
        var counsel = await server.SignInAsync(Roles.Counsel);
        var page = await counsel.GetPageAsync($"/make/collapse/{server.Wall.Id}");
        Assert.Null(page.QuerySelector("button[name=pass]"));
        using var refused = await counsel.SubmitAsync(page, "form.cp", $"/make/collapse/{server.Wall.Id}", ("scene", Scene));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    /// <summary>A job as the recipe leaves it.</summary>
    private async Task<Guid> RecordAsync(JobState state, string result)
    {
        var actor = await server.ActorAsync(Roles.Artist);
        var job = new Job
        {
            Id = Guid.CreateVersion7(), Recipe = "collapse", RecipeVersion = 1, Engine = "test", ProductionId = server.Film.Id, Name = "Bring the building down in wall", Hash = Guid.NewGuid().ToString("N"), Run = 1, State = state,
            InputsJson = $$"""[{"part":"plate","asset":"{{server.Wall.Id}}","sha256":"{{server.Wall.BlobSha256}}"}]""", ParametersJson = $$"""{"scene":{{Scene}},"pass":"draft","first":0}""", ResultJson = result,
            Error = state == JobState.Failed ? "Blender gave up" : "", Use = Use.Ideation, RequestedBy = actor.AccountId, CreatedAt = DateTimeOffset.UtcNow,
        };
        await server.DbAsync(async db =>
        {
            db.Add(job);
            if (state == JobState.Done)
            {
                var shot = new Asset { Id = Guid.CreateVersion7(), ProductionId = server.Film.Id, Kind = AssetKind.Video, Name = "wall, brought down", FileName = "wall.mp4", MediaType = "video/mp4", BlobSha256 = server.Wall.BlobSha256, Width = 80, Height = 60, Frames = 2, FrameRate = "24/1", JobId = job.Id, CreatedAt = job.CreatedAt };
                db.AddRange(shot, new Rendition { AssetId = shot.Id, Kind = RenditionKind.Proxy, BlobSha256 = shot.BlobSha256, MediaType = "video/mp4" });
            }
            return await db.SaveChangesAsync();
        });
        return job.Id;
    }
}
