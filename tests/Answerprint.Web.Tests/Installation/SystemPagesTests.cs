using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Jobs;
using Answerprint.Web.Tests.Promotion;

namespace Answerprint.Web.Tests.Installation;

[Collection(StudioTests.Name)]
public sealed class SystemPagesTests(StudioServer server)
{
    [Fact]
    public async Task Health_says_whether_a_worker_holds_its_lock()
    {
        var browser = await server.SignInAsync(Roles.Engineer);
        Assert.Contains("No worker is running", (await browser.GetPageAsync("/system")).Body!.TextContent, StringComparison.Ordinal);
        using (WorkerLock.TryTake(server.Data))
            Assert.Contains("holds its lock", (await browser.GetPageAsync("/system")).Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(WorkerLock.TryTake(server.Data));
    }

    [Fact]
    public async Task The_root_certificate_is_the_one_whose_fingerprint_is_shown()
    {
        var browser = await server.SignInAsync(Roles.Owner);
        var page = await browser.GetPageAsync("/system/keys");
        using var response = await browser.GetAsync("/system/keys/root.pem");
        using var root = X509Certificate2.CreateFromPem(await response.Content.ReadAsStringAsync());
        var fingerprint = root.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();
        Assert.Contains(fingerprint, page.QuerySelector(".panel")!.TextContent.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.False(root.HasPrivateKey);
    }

    [Fact]
    public async Task Storage_counts_blobs_and_assets()
    {
        var page = await (await server.SignInAsync(Roles.Engineer)).GetPageAsync("/system/storage");
        Assert.Contains("Artwork", page.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        var blobs = Directory.GetFiles(server.Data.Blobs, "*", SearchOption.AllDirectories).Length;
        Assert.True(int.Parse(page.QuerySelector(".stat b")!.TextContent.Replace(",", "", StringComparison.Ordinal)) <= blobs && blobs > 0);
    }

    [Fact]
    public async Task Engines_are_the_registered_ones_with_the_version_found()
    {
        var page = await (await server.SignInAsync(Roles.Engineer)).GetPageAsync("/system/engines");
        var text = page.QuerySelector("table")!.TextContent;
        Assert.Contains("FFmpeg", text, StringComparison.Ordinal);
        var comfyUi = page.QuerySelectorAll("tr").Single(row => row.TextContent.Contains("ComfyUI", StringComparison.Ordinal)).TextContent;
        Assert.Contains("not configured", comfyUi, StringComparison.Ordinal);
        Assert.Contains("\"address\": \"http://127.0.0.1:8188\"", comfyUi, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_those_who_look_after_the_machine_come_in()
    {
        using var response = await (await server.SignInAsync(Roles.Marketing)).GetAsync("/system");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }
}
