using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Answerprint.Imaging.Attribution;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Imaging.Tests.GreyBox;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Answerprint.Platform.Studio.Look;
using Answerprint.Platform.Studio.Paintings;
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

    [Fact]
    public async Task A_picture_that_nobody_owns_is_no_reference()
    {
        await server.DbAsync(async db =>
        {
            var clip = await db.Set<Asset>().FirstAsync(asset => asset.Id == server.Clip.Id);
            clip.Rights = RightsKind.Unknown;
            return await db.SaveChangesAsync();
        });
        var answer = await RequestAsync(Scene, "wall");
        await server.DbAsync(async db =>
        {
            (await db.Set<Asset>().FirstAsync(asset => asset.Id == server.Clip.Id)).Rights = server.Clip.Rights;
            return await db.SaveChangesAsync();
        });
        Assert.Null(answer.Job);
        Assert.Contains("nobody has said who owns it", answer.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_painted_map_is_dressed_and_its_painter_is_on_record()
    {
        var map = await PaintAsync(("#7fa8d8", 0, 40), ("#9a9a96", 40, 90));
        var made = await RequestAsync(map, "sky", "wall");
        Assert.True(made.Job is not null, made.Problem);
        await server.RunAsync(made.Job.Id);
        var job = await server.JobAsync(made.Job.Id);
        Assert.True(job.State == JobState.Done, job.Error);
        var look = await server.DbAsync(db => db.Set<Asset>().AsNoTracking().SingleAsync(asset => asset.JobId == job.Id && asset.Kind == AssetKind.Still));
        Assert.Equal((160, 90, 1_000_000), (look.Width, look.Height, look.Shares.Blended));
        var page = await (await server.SignInAsync(Roles.Artist)).GetPageAsync($"/make/results/{look.Id}");
        Assert.Contains("painted by", page.Body!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("keepPlaces", page.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_colour_without_references_and_a_colour_of_no_region_are_told()
    {
        var map = await PaintAsync(("#7fa8d8", 0, 40), ("#ff00ff", 40, 90));
        Assert.Contains("region 'wall' (#9a9a96) has no references", (await RequestAsync(map, "sky")).Problem, StringComparison.Ordinal);
        var made = await RequestAsync(map, "sky", "wall");
        await server.RunAsync(made.Job!.Id);
        Assert.Contains("#ff00ff", (await server.JobAsync(made.Job.Id)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_is_brought_in_shown_and_dressed()
    {
        var browser = await server.SignInAsync(Roles.Artist);
        using var none = await PostAsync(browser, [1, 2, 3]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        using var taken = await PostAsync(browser, GlbFile.Cube());
        Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync());
        var form = await taken.Content.ReadFromJsonAsync<JsonElement>();
        var id = form.GetProperty("id").GetGuid();
        Assert.Equal(["plank", "sky surface"], form.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("region").GetString()));
        Assert.Equal(12, (await browser.Client.GetFromJsonAsync<JsonElement>($"/api/v1/looks/models/{id}")).GetProperty("triangles").GetInt32());

        var scene = $$"""{"camera":{"position":[0,1,6],"target":[0,1,0]},"light":{},"objects":[{"id":"m","kind":"mesh","region":"plank","model":"{{id}}","part":0,"size":[2,2,2]}]}""";
        var made = await RequestAsync(scene, "plank");
        Assert.True(made.Job is not null, made.Problem);
        await server.RunAsync(made.Job.Id);
        var job = await server.JobAsync(made.Job.Id);
        Assert.True(job.State == JobState.Done, job.Error);
        var inputs = await server.DbAsync(db => db.Set<AssetInput>().AsNoTracking().Where(input => db.Set<Asset>().Any(asset => asset.Id == input.AssetId && asset.JobId == job.Id && asset.Kind == AssetKind.Still)).ToListAsync());
        Assert.Contains(inputs, input => input.SourceId == id && input.Part == "model");
        Assert.Contains("not given", (await RequestAsync(scene.Replace(id.ToString(), Guid.NewGuid().ToString(), StringComparison.Ordinal), "plank")).Problem, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PostAsync(TestBrowser browser, byte[] file)
    {
        var page = await browser.GetPageAsync("/make/look");
        using var body = new ByteArrayContent(file);
        body.Headers.ContentType = new("application/octet-stream");
        body.Headers.Add("RequestVerificationToken", page.QuerySelector("meta[name=request-token]")!.GetAttribute("content"));
        return await browser.Client.PostAsync(new Uri($"/api/v1/looks/models?production={server.Clip.ProductionId}&name=crate.glb", UriKind.Relative), body);
    }

    private async Task<Guid> PaintAsync(params (string Colour, int Top, int Bottom)[] bands)
    {
        var pixels = new byte[160 * 90 * 3];
        foreach (var (colour, top, bottom) in bands)
            for (var i = top * 160; i < bottom * 160; i++)
                Convert.FromHexString(colour[1..]).CopyTo(pixels, i * 3);
        using var image = StillImage.FromPixels<byte>(pixels, 160, 90, 3);
        var stored = await server.UseAsync<StorePainting, StorePaintingResult>(store => store.HandleAsync(
            new StorePaintingRequest(server.Clip.ProductionId, PaintingKind.Layout, image.Encode(new StillEncoding.Png()), null, new Dictionary<string, int> { ["brush"] = bands.Length }), Artist(), CancellationToken.None));
        return stored.Asset!.Id;
    }

    private Task<SubmitJobResult> RequestAsync(Guid map, params string[] dressed)
    {
        var wish = new RequestLookRequest(
            server.Clip.ProductionId, "Map", null, [.. dressed.Select(region => new LookRegion(region, [new LookPart(server.Clip.Id, 0.1, 0.1, 0.5, 0.5, 4)]))], 160, 90, 3, Use.Ideation, new Declarations())
        {
            Segments = new LookSegments(map, [new LookColour("sky", "#7fa8d8"), new LookColour("wall", "#9a9a96")]),
        };
        return server.UseAsync<RequestLook, SubmitJobResult>(request => request.HandleAsync(wish, Artist(), CancellationToken.None));
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
