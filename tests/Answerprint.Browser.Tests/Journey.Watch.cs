using System.Security.Cryptography.X509Certificates;
using Answerprint.Provenance;
using Answerprint.Provenance.Verification;
using Microsoft.Playwright;

namespace Answerprint.Browser.Tests;

/// <summary>What a viewer sees of it, and what anybody can check.</summary>
internal sealed partial class Journey
{
    /// <summary>The title's page shows the signed picture and tells how it was made.</summary>
    public static async Task WatchAsync(Visitor viewer, string slug)
    {
        await viewer.Page.GotoAsync("/watch/profiles/new");
        await viewer.Main.GetByLabel(NameField()).FillAsync("Olga");
        await viewer.ClickAsync(AriaRole.Button, "Save");
        await viewer.Page.WaitForURLAsync(url => !url.EndsWith("/new", StringComparison.Ordinal));
        await viewer.Page.GotoAsync($"/watch/titles/{slug}");
        if (viewer.Page.Url.Contains("/watch/profiles", StringComparison.Ordinal)) await viewer.ClickAsync(AriaRole.Button, "Olga");
        await viewer.SeeAsync(AriaRole.Heading, Title);
        await viewer.SeePictureAsync(Signed(viewer).First);
        await viewer.KeepPictureAsync("title");
    }

    /// <summary>The signed file, downloaded from the story of its making, is valid under the studio's own root.</summary>
    public async Task CheckCredentialAsync(Visitor viewer)
    {
        await viewer.ClickAsync(AriaRole.Link, "How this was made");
        await viewer.SeeAsync(AriaRole.Heading, "Credentials");
        await viewer.SeeAsync(viewer.Main.GetByText("Clara Voss").First);
        await viewer.SeePictureAsync(Signed(viewer).First);
        await viewer.KeepPictureAsync("made");
        var download = await viewer.Page.RunAndWaitForDownloadAsync(() => viewer.ClickAsync(AriaRole.Link, "Download the signed file"));
        var path = await download.PathAsync();

        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(Path.Combine(server.Data, "ca", "root.pem"));
        await using (var file = File.OpenRead(path))
        {
            var report = ContentCredential.Verify(file, roots, DateTimeOffset.UtcNow);
            Assert.True(report is { Outcome: CredentialOutcome.Valid, IsTrusted: true }, report.Summary);
        }
        await viewer.Page.GotoAsync("/verify");
        await viewer.Main.GetByLabel("Drop a file here, or choose one").SetInputFilesAsync(new FilePayload { Name = download.SuggestedFilename, MimeType = "image/png", Buffer = await File.ReadAllBytesAsync(path) });
        await viewer.ClickAsync(AriaRole.Button, "Read its story");
        await viewer.SeeAsync(viewer.Main.GetByText("by this studio's root certificate", new() { Exact = true }));
        await viewer.KeepPictureAsync("verified");
    }

    private static ILocator Signed(Visitor viewer) => viewer.Main.Locator("img[src*='/watch/media/artwork/']");
}
