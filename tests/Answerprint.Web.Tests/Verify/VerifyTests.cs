using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Provenance;
using Answerprint.Provenance.Claims;
using Answerprint.Provenance.Signing;
using Answerprint.Web.Tests.Promotion;
using Answerprint.Web.Verify;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Web.Tests.Verify;

[Collection(StudioTests.Name)]
public sealed class VerifyTests(StudioServer server)
{
    [Fact]
    public async Task Anyone_may_ask_without_an_account()
    {
        var page = await server.NewBrowser().GetPageAsync("/verify");
        Assert.NotNull(page.QuerySelector("form[enctype='multipart/form-data'] input[type=file]"));
        Assert.Null(page.QuerySelector("nav[aria-label=Main]"));
    }

    [Fact]
    public async Task A_file_of_this_studio_is_trusted_and_told_in_plain_words()
    {
        var page = await DropAsync(Signed(server.Services.GetRequiredService<StudioKeys>().Identity));
        Assert.Contains("Signed by this studio, and unchanged since", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Made by a person with digital tools", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("c2pa.created", page.QuerySelector(".audit .what")!.GetAttribute("title"));
        Assert.DoesNotContain("c2pa.created", page.Body.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Released by this studio", page.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_somebody_else_is_valid_and_not_trusted()
    {
        using var authority = StudioAuthority.Create("Another house", DateTimeOffset.UtcNow);
        using var identity = authority.IssueLeaf("Another house releases", DateTimeOffset.UtcNow);
        var page = await DropAsync(Signed(identity));
        Assert.Contains("someone this studio does not know", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("signingCredential.untrusted", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_file_is_told_with_its_code()
    {
        var bytes = Signed(server.Services.GetRequiredService<StudioKeys>().Identity);
        bytes[^20] ^= 0x40;
        var page = await DropAsync(bytes);
        Assert.Contains("does not hold", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("assertion.dataHash.mismatch", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_a_credential_is_no_suspect()
    {
        Assert.Contains("No credential", (await DropAsync(Jpeg())).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("cannot be read yet", (await DropAsync("plain words"u8.ToArray())).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_a_file_is_one_clear_error()
    {
        var browser = server.NewBrowser();
        using (var none = await browser.Client.PostAsync(new Uri("/verify", UriKind.Relative), new FormUrlEncodedContent([new("a", "b")])))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        using (var empty = await PostAsync(browser, [])) Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        using (var broken = await browser.Client.PostAsync(new Uri("/verify", UriKind.Relative), Broken())) Assert.Equal(HttpStatusCode.UnprocessableEntity, broken.StatusCode);
        using (var large = await PostAsync(browser, new byte[(4 << 20) + 1]))
        {
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
            Assert.Contains("larger than 4 MiB", (await TestBrowser.ParseAsync(large)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        }
        Assert.Empty(Directory.GetFiles(server.Data.Staging));
    }

    [Fact]
    public async Task Mutated_files_never_break_the_page()
    {
        var good = Signed(server.Services.GetRequiredService<StudioKeys>().Identity);
        var browser = server.NewBrowser();
        var random = new Random(20261122);
        for (var round = 0; round < 60; round++)
        {
            var bytes = good.ToArray();
            for (var flips = random.Next(1, 12); flips > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (round % 3 == 0) bytes = bytes[..random.Next(1, bytes.Length)];
            using var content = new ByteArrayContent(bytes);
            using var response = await browser.Client.PostAsync(new Uri("/api/v1/verify", UriKind.Relative), content);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.True((await response.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("outcome", out _));
        }
    }

    private static MultipartFormDataContent Broken()
    {
        var content = new MultipartFormDataContent("x");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=another");
        return content;
    }

    private async Task<AngleSharp.Html.Dom.IHtmlDocument> DropAsync(byte[] bytes)
    {
        using var response = await PostAsync(server.NewBrowser(), bytes);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await TestBrowser.ParseAsync(response);
    }

    private static async Task<HttpResponseMessage> PostAsync(TestBrowser browser, byte[] bytes)
    {
        using var content = new MultipartFormDataContent();
        content.Add(new ByteArrayContent(bytes), "file", "picture.jpg");
        return await browser.Client.PostAsync(new Uri("/verify", UriKind.Relative), content);
    }

    private static byte[] Jpeg()
    {
        var pixels = new byte[64 * 48 * 3];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)(i * 7 % 251);
        using var still = StillImage.FromPixels<byte>(pixels, 64, 48, 3);
        return still.Encode(new StillEncoding.Jpeg(90));
    }

    private static byte[] Signed(SigningIdentity identity)
    {
        using var signed = new MemoryStream();
        ContentCredential.Sign(new MemoryStream(Jpeg()), signed, "image/jpeg", new ManifestDefinition
        {
            ManifestId = Guid.NewGuid(), Title = "picture.jpg", Generator = new SoftwareAgent("A test", "1"), Actions = [ManifestAction.Created(DigitalSourceType.DigitalCreation)],
        }, identity, DateTimeOffset.UtcNow);
        return signed.ToArray();
    }
}

public sealed class ThriftyServer : TestServer
{
    protected override void Configure(IServiceCollection services) => services.Configure<VerifyOptions>(verify => verify.FilesPerMinute = 2);
}

public sealed class VerifyLimitTests(ThriftyServer server) : IClassFixture<ThriftyServer>
{
    [Fact]
    public async Task One_address_has_so_many_files_read_and_no_more()
    {
        var browser = server.NewBrowser();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var content = new ByteArrayContent("words"u8.ToArray());
            using var response = await browser.Client.PostAsync(new Uri("/api/v1/verify", UriKind.Relative), content);
            statuses.Add(response.StatusCode);
        }
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], statuses);
    }
}
