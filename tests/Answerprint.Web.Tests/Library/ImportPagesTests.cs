using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Web.Tests.Home;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Tests.Library;

public sealed class ImportPagesTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly Studio studio = new(server);

    [Fact]
    public async Task Frames_that_are_sent_together_are_one_sequence_and_pictures_are_not()
    {
        var api = await server.ApiClientAsync(Roles.Artist);
        var production = await studio.ProductionAsync();
        var uploads = new List<string>();
        foreach (var name in new[] { "plate.0002.exr", "plate.0001.exr", "IMG_0001.jpg", "IMG_0002.jpg" }) uploads.Add(await UploadAsync(api, name, $"bytes of {name}"));
        using var taken = await api.PostAsJsonAsync("/api/v1/ingest", new { production = production.Code, uploads, rights = new { owner = "Studio", kind = "StaffMade" } });
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        var jobs = (await taken.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray().Select(file => file.GetProperty("job").GetGuid()).ToList();
        Assert.Equal(jobs[0], jobs[1]);
        Assert.Equal(3, jobs.Distinct().Count());
        var sequence = await studio.ReadAsync(db => db.Set<Job>().SingleAsync(job => job.Id == jobs[0]));
        Assert.Contains("\"fileNames\":[\"plate.0001.exr\",\"plate.0002.exr\"]", sequence.ParametersJson, StringComparison.Ordinal);
        Assert.Equal("Ingest plate", sequence.Name);
    }

    [Fact]
    public async Task One_form_brings_many_in_and_its_page_says_how_far_each_is()
    {
        var actor = await server.SignInAsync(Roles.Artist);
        var production = await studio.ProductionAsync();
        var known = await studio.StillAsync(production, "here", (1, 2, 3), (4, 5, 6));
        var down = await studio.StillAsync(production, "gone", (9, 2, 3), (4, 5, 9), asset => (asset.State, asset.StateReason) = (AssetState.Quarantined, "the owner asked"));
        var store = server.Services.GetService(typeof(Platform.Storage.Contracts.BlobStore)) as Platform.Storage.Contracts.BlobStore;
        var page = await actor.GetPageAsync("/library/import");
        var token = page.QuerySelector("meta[name=request-token]")!.GetAttribute("content")!;
        actor.Client.DefaultRequestHeaders.Add("RequestVerificationToken", token);
        var uploads = new List<(string, string)>
        {
            ("upload", await UploadAsync(actor.Client, "new.jpg", "new")), ("upload", await UploadAsync(actor.Client, "copy.png", await File.ReadAllBytesAsync(store!.PathOf(known.BlobSha256)))),
            ("upload", await UploadAsync(actor.Client, "again.png", await File.ReadAllBytesAsync(store.PathOf(down.BlobSha256)))),
        };
        var fields = page.QuerySelectorAll("form[action='/library/import'] input[type=hidden]").Select(input => (input.GetAttribute("name")!, input.GetAttribute("value")!))
            .Concat(uploads).Concat([("production", production.Code), ("rights", "Licensed"), ("owner", "Aurelia"), ("licence", "agreement 3"), ("tags", "Velvet, night")]);
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using var sent = await actor.Client.PostAsync(new Uri("/library/import", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        var progress = await actor.GetPageAsync(sent.Headers.Location!.OriginalString);
        var rows = progress.QuerySelectorAll("tbody tr").Select(row => row.TextContent).ToList();
        Assert.Equal(3, rows.Count);
        Assert.Contains(rows, row => row.Contains("new.jpg", StringComparison.Ordinal) && row.Contains("Queued", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains("copy.png", StringComparison.Ordinal) && row.Contains("Here already", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains("again.png", StringComparison.Ordinal) && row.Contains("the owner asked", StringComparison.Ordinal));
        Assert.NotNull(progress.QuerySelector("#import[hx-get]"));
        var file = await studio.ReadAsync(db => db.Set<ImportedFile>().SingleAsync(file => file.Name == "new.jpg" && file.JobId != null));
        var job = await studio.ReadAsync(db => db.Set<Job>().SingleAsync(job => job.Id == file.JobId));
        Assert.Contains("\"tags\":[\"velvet\",\"night\"]", job.ParametersJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_files_or_owner_comes_back_with_what_was_typed()
    {
        var browser = await server.SignInAsync(Roles.Artist);
        var production = await studio.ProductionAsync();
        using var empty = await browser.SubmitAsync(await browser.GetPageAsync("/library/import"), "form[action='/library/import']", "/library/import", ("production", production.Code), ("licence", "agreement 3"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        var page = await TestBrowser.ParseAsync(empty);
        Assert.Contains("No file has arrived yet", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("agreement 3", page.QuerySelector("input[name=licence]")!.GetAttribute("value"));
    }

    private static Task<string> UploadAsync(HttpClient client, string name, string text) => UploadAsync(client, name, Encoding.UTF8.GetBytes(text));

    private static async Task<string> UploadAsync(HttpClient client, string name, byte[] bytes)
    {
        var create = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/uploads", UriKind.Relative));
        create.Headers.Add("Tus-Resumable", "1.0.0");
        create.Headers.Add("Upload-Length", bytes.Length.ToString(CultureInfo.InvariantCulture));
        create.Headers.Add("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}");
        using var created = await client.SendAsync(create);
        Assert.True(created.StatusCode == HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        var patch = new HttpRequestMessage(HttpMethod.Patch, created.Headers.Location) { Content = new ByteArrayContent(bytes) };
        patch.Headers.Add("Tus-Resumable", "1.0.0");
        patch.Headers.Add("Upload-Offset", "0");
        patch.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        using var sent = await client.SendAsync(patch);
        Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        return created.Headers.Location!.OriginalString;
    }
}
