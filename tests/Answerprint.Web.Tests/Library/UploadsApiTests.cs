using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Web.Tests.Home;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Tests.Library;

public sealed class UploadsApiTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_file_sent_in_parts_becomes_an_ingest_job_and_the_same_wish_again_is_the_same_job()
    {
        var api = await server.ApiClientAsync(Roles.Artist);
        var production = await new Studio(server).ProductionAsync();
        var address = await CreateAsync(api, "reel 1.mov", 10);
        Assert.Equal("4", Offset(await PatchAsync(api, address, 0, "0123"u8.ToArray())));
        Assert.Equal("4", Offset(await HeadAsync(api, address)));
        Assert.Equal("10", Offset(await PatchAsync(api, address, 4, "456789"u8.ToArray())));

        var body = new { production = production.Code, uploads = new[] { address }, rights = new { owner = "Studio", kind = "StaffMade", performers = "None" } };
        using var first = await api.PostAsJsonAsync("/api/v1/ingest", body);
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        var jobId = (await first.Content.ReadFromJsonAsync<JsonElement>())[0].GetProperty("job").GetGuid();
        using var second = await api.PostAsJsonAsync("/api/v1/ingest", body);
        Assert.Equal(jobId, (await second.Content.ReadFromJsonAsync<JsonElement>())[0].GetProperty("job").GetGuid());

        var job = await new Studio(server).ReadAsync(db => db.Set<Job>().SingleAsync(job => job.Id == jobId));
        Assert.Equal(("ingest", JobState.Queued), (job.Recipe, job.State));
        Assert.Contains("reel 1.mov", job.ParametersJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_offset_answers_409_and_more_than_announced_413()
    {
        var api = await server.ApiClientAsync(Roles.Artist);
        var address = await CreateAsync(api, "a.mov", 4);
        Assert.Equal(HttpStatusCode.Conflict, (await PatchAsync(api, address, 2, [1])).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PatchAsync(api, address, 0, new byte[5])).StatusCode);
        Assert.Equal("0", Offset(await HeadAsync(api, address)));
    }

    [Fact]
    public async Task More_than_the_servers_usual_limit_for_a_body_is_taken()
    {
        var api = await server.ApiClientAsync(Roles.Artist);
        var address = await CreateAsync(api, "large.mov", 40_000_000);
        Assert.Equal("40000000", Offset(await PatchAsync(api, address, 0, new byte[40_000_000])));
    }

    [Fact]
    public async Task A_connection_that_breaks_leaves_what_came()
    {
        var api = await server.ApiClientAsync(Roles.Artist);
        var address = await CreateAsync(api, "a.mov", 1_000_000);
        var breaks = new TaskCompletionSource();
        using var content = new BrokenContent(400_000, breaks.Task);
        using var request = Patch(address, 0, content);
        var sending = api.SendAsync(request);
        var there = 0L;
        while (there == 0)
        {
            using var head = await HeadAsync(api, address);
            there = long.Parse(Offset(head), System.Globalization.CultureInfo.InvariantCulture);
        }
        breaks.SetResult();
        await Assert.ThrowsAnyAsync<Exception>(() => sending);
        Assert.InRange(there, 1, 400_000);
        HttpResponseMessage last;
        do
        {
            there = long.Parse(Offset(await HeadAsync(api, address)), System.Globalization.CultureInfo.InvariantCulture);
            last = await PatchAsync(api, address, there, new byte[1_000_000 - there]);
        }
        while (last.StatusCode is HttpStatusCode.Locked or HttpStatusCode.Conflict);
        Assert.Equal("1000000", Offset(last));
    }

    [Fact]
    public async Task A_removed_upload_is_gone()
    {
        var api = await server.ApiClientAsync(Roles.Artist);
        var address = await CreateAsync(api, "a.mov", 4);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(api, HttpMethod.Delete, address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await HeadAsync(api, address)).StatusCode);
    }

    [Fact]
    public async Task Another_accounts_upload_is_not_there()
    {
        var address = await CreateAsync(await server.ApiClientAsync(Roles.Artist), "a.mov", 4);
        Assert.Equal(HttpStatusCode.NotFound, (await HeadAsync(await server.ApiClientAsync(Roles.Producer), address)).StatusCode);
    }

    [Theory]
    [InlineData(null, "filename YQ==", 400)]
    [InlineData("-1", "filename YQ==", 400)]
    [InlineData("1.5", "filename YQ==", 400)]
    [InlineData("9999999999999", "filename YQ==", 413)]
    [InlineData("4", "", 400)]
    [InlineData("4", "filename", 400)]
    [InlineData("4", "filename ***", 400)]
    public async Task An_upload_that_cannot_be_is_refused_with_its_reason(string? length, string metadata, int status)
    {
        var api = await server.ApiClientAsync(Roles.Artist);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/uploads");
        request.Headers.Add("Tus-Resumable", "1.0.0");
        if (length is not null) request.Headers.Add("Upload-Length", length);
        request.Headers.Add("Upload-Metadata", metadata);
        using var response = await api.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Another_protocol_version_answers_412_and_options_say_which()
    {
        var api = await server.ApiClientAsync(Roles.Artist);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/uploads");
        request.Headers.Add("Tus-Resumable", "0.2.2");
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await api.SendAsync(request)).StatusCode);
        using var options = await SendAsync(api, HttpMethod.Options, "/api/v1/uploads");
        Assert.Equal("1.0.0", options.Headers.GetValues("Tus-Version").Single());
        Assert.Contains("termination", options.Headers.GetValues("Tus-Extension").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_bring_material_in_may_not_send_it()
    {
        var counsel = await server.ApiClientAsync(Roles.Counsel);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/uploads");
        Assert.Equal(HttpStatusCode.Forbidden, (await counsel.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task An_ingest_of_nothing_or_of_what_is_not_complete_says_so()
    {
        var api = await server.ApiClientAsync(Roles.Artist);
        var production = await new Studio(server).ProductionAsync();
        var address = await CreateAsync(api, "half.mov", 10);
        await PatchAsync(api, address, 0, new byte[3]);
        using var half = await api.PostAsJsonAsync("/api/v1/ingest", new { production = production.Code, uploads = new[] { address } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, half.StatusCode);
        Assert.Contains("3 of 10 bytes", await half.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var none = await api.PostAsJsonAsync("/api/v1/ingest", new { production = production.Code, uploads = Array.Empty<string>() });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        using var nowhere = await api.PostAsJsonAsync("/api/v1/ingest", new { production = "NONE", uploads = new[] { address } });
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    private static async Task<string> CreateAsync(HttpClient api, string name, long length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/uploads");
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Length", length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))},filetype dmlkZW8=");
        using var response = await api.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return response.Headers.Location!.OriginalString;
    }

    private static HttpRequestMessage Patch(string address, long offset, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, address) { Content = content };
        content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Offset", offset.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return request;
    }

    private static async Task<HttpResponseMessage> PatchAsync(HttpClient api, string address, long offset, byte[] bytes)
    {
        using var request = Patch(address, offset, new ByteArrayContent(bytes));
        return await api.SendAsync(request);
    }

    private static Task<HttpResponseMessage> HeadAsync(HttpClient api, string address) => SendAsync(api, HttpMethod.Head, address);

    private static async Task<HttpResponseMessage> SendAsync(HttpClient api, HttpMethod method, string address)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        return await api.SendAsync(request);
    }

    private static string Offset(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Upload-Offset", out var values) ? values.Single() : $"none: {(int)response.StatusCode}";

    /// <summary>A body that announces more than it sends, and breaks.</summary>
    private sealed class BrokenContent(int bytes, Task breaks) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[bytes]);
            await stream.FlushAsync();
            await breaks;
            throw new IOException("the cable was pulled");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 1_000_000;
            return true;
        }
    }
}
