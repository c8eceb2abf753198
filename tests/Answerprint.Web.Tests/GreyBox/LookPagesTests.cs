using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Answerprint.Imaging.Attribution;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Look;
using Answerprint.Web.Tests.Promotion;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Web.Tests.GreyBox;

[Collection(StudioTests.Name)]
public sealed class LookPagesTests(StudioServer server)
{
    private const string Scene = """{"version":1,"camera":{"position":[0,1,5],"target":[0,1,0],"focalLength":18},"light":{},"objects":[{"id":"w","kind":"wall","region":"wall","size":[6,3,0.2]},{"id":"f","kind":"floor","region":"floor","size":[8,0.1,8]}]}""";

    [Fact]
    public async Task The_page_holds_the_editor_and_its_production()
    {
        var page = await (await server.SignInAsync(Roles.Artist)).GetPageAsync("/make/look");
        Assert.Equal(server.Clip.ProductionId.ToString(), page.QuerySelector("[data-island=greybox]")!.GetAttribute("data-production"));
        using var refused = await (await server.SignInAsync(Roles.Counsel)).GetAsync("/make/look");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task What_may_be_a_reference_is_listed()
    {
        var browser = await server.SignInAsync(Roles.Artist);
        var listed = await browser.Client.GetFromJsonAsync<JsonElement>($"/api/v1/looks/references?production={server.Clip.ProductionId}");
        Assert.Contains(listed.EnumerateArray(), one => one.GetProperty("id").GetGuid() == server.Clip.Id);
        using var none = await browser.GetAsync($"/api/v1/looks/{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task A_look_is_made_attributed_and_the_same_when_it_is_made_again()
    {
        var made = await RequestAsync(Scene, "wall");
        Assert.True(made.Job is not null, made.Problem);
        await server.RunAsync(made.Job.Id);
        var job = await server.JobAsync(made.Job.Id);
        Assert.True(job.State == JobState.Done, job.Error);
        Assert.True(job.CpuSeconds > 0);
        var assets = await server.DbAsync(db => db.Set<Asset>().AsNoTracking().Where(asset => asset.JobId == job.Id).ToListAsync());
        var look = assets.Single(asset => asset.Kind == AssetKind.Still);
        Assert.Equal((160, 90, 1_000_000), (look.Width, look.Height, look.Shares.Blended + look.Shares.Rendered));
        Assert.Equal((server.Clip.Owner, server.Clip.Rights), (look.Owner, look.Rights));
        var blobs = server.Services.GetRequiredService<BlobStore>();
        var map = AttributionFile.Read(await File.ReadAllBytesAsync(blobs.PathOf(assets.Single(asset => asset.Kind == AssetKind.Attribution).BlobSha256)));
        Assert.Equal(AttributionKind.Blended, map.At(80, 30)[0].Kind);
        Assert.Equal(AttributionKind.Rendered, map.At(80, 85)[0].Kind);

        var browser = await server.SignInAsync(Roles.Artist);
        var told = await browser.Client.GetFromJsonAsync<JsonElement>($"/api/v1/looks/{job.Id}");
        Assert.Equal(look.Id, told.GetProperty("asset").GetGuid());
        using var picture = await browser.GetAsync(told.GetProperty("picture").GetString()!);
        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType!.MediaType);

        var again = await server.UseAsync<RunAgain, SubmitJobResult>(run => run.HandleAsync(job.Id, Artist(), CancellationToken.None));
        await server.RunAsync(again.Job!.Id);
        Assert.True((await server.JobAsync(again.Job.Id)).Reproduced);
    }

    [Theory]
    [InlineData("""{"camera":{},"light":{},"objects":[{"id":"a","region":""}]}""", "wall", "region")]
    [InlineData(Scene, "roof", "no region 'roof'")]
    public async Task A_wish_that_cannot_be_is_told_why(string scene, string region, string why)
    {
        var answer = await RequestAsync(scene, region);
        Assert.Null(answer.Job);
        Assert.Contains(why, answer.Problem, StringComparison.Ordinal);
    }

    private static Actor Artist() => new(Guid.Parse("11111111-0000-0000-0000-000000000009"), "Ada Artist", [Roles.Artist], ActorVia.Session);

    private Task<SubmitJobResult> RequestAsync(string scene, string region)
    {
        using var document = JsonDocument.Parse(scene);
        var wish = new RequestLookRequest(
            server.Clip.ProductionId, "Look", document.RootElement.Clone(), [new LookRegion(region, [new LookPart(server.Clip.Id, 0.1, 0.1, 0.5, 0.5, 1.5)])], 160, 90, 3, Use.Ideation, new Declarations());
        return server.UseAsync<RequestLook, SubmitJobResult>(request => request.HandleAsync(wish, Artist(), CancellationToken.None));
    }
}
