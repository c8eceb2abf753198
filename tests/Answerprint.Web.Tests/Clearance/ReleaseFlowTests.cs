using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Provenance;
using Answerprint.Provenance.Verification;
using Answerprint.Web.Tests.Promotion;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Web.Tests.Clearance;

/// <summary>From the wish to the signed file, over HTTP.</summary>
[Collection(StudioTests.Name)]
public sealed class ReleaseFlowTests(StudioServer server)
{
    [Fact]
    public async Task A_release_waits_for_counsel_and_what_comes_out_says_what_the_record_says()
    {
        var path = $"/make/artwork/{server.Film.Slug}/{server.Wide.Id}";
        var marketing = await server.SignInAsync(Roles.Marketing, Roles.Counsel);
        using (var asked = await marketing.SubmitAsync(await marketing.GetPageAsync(path), $"form[action='{path}/release']", path, ("territories", "FR, de")))
            Assert.EndsWith("done=asked", asked.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var decision = await server.DbAsync(db => db.Set<Decision>().AsNoTracking().SingleAsync(decision => decision.AssetId == server.Wide.AssetId));
        Assert.Equal((DecisionState.Pending, "counsel"), (decision.State, decision.EscalatedTo));
        Assert.Contains("\"territory\":[\"DE\",\"FR\"]", decision.FactsJson, StringComparison.Ordinal);

        // Whoever asked holds the role too, and still may not answer: the page says why, and so do form and API.
        var own = await marketing.GetPageAsync($"/clearance/decisions/{decision.Id}");
        Assert.Null(own.QuerySelector("form.answerform"));
        Assert.Contains("Nobody approves their own request", own.Body!.TextContent, StringComparison.Ordinal);
        using (var client = await server.ApiClientAsync(Roles.Marketing, Roles.Counsel))
        using (var refused = await client.PostAsJsonAsync($"/api/v1/decisions/{decision.Id}/answer", new { approve = true, comment = "fine" }))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using (var client = await server.ApiClientAsync(Roles.Producer))
        using (var refused = await client.PostAsJsonAsync($"/api/v1/decisions/{decision.Id}/answer", new { approve = true, comment = "fine" }))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        // The same wish does not ask twice; another territory is another wish.
        using (var client = await server.ApiClientAsync(Roles.Marketing))
        {
            var declarations = new { alteration = "asRecorded", territories = new[] { "FR", "DE" } };
            using var same = await client.PostAsJsonAsync("/api/v1/releases", new { asset = server.Wide.AssetId, use = "marketing", declarations });
            Assert.Equal(decision.Id, (await same.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("decision").GetGuid());
        }

        var counsel = await server.SignInAsync(Roles.Counsel);
        var queue = await counsel.GetPageAsync("/clearance");
        Assert.NotNull(queue.QuerySelector($"#decision-{decision.Id} form.answerform"));
        Assert.Contains("Principles", queue.QuerySelector($"#decision-{decision.Id}")!.TextContent, StringComparison.Ordinal);
        using (var approved = await AnswerAsync(counsel, queue, decision.Id, true, "within the campaign"))
            Assert.Equal(HttpStatusCode.Found, approved.StatusCode);

        var release = await server.DbAsync(db => db.Set<Release>().AsNoTracking().SingleAsync(release => release.DecisionId == decision.Id));
        using var file = await counsel.GetAsync($"/clearance/releases/{release.Id}/file");
        var bytes = await file.Content.ReadAsByteArrayAsync();
        var keys = server.Services.GetRequiredService<StudioKeys>();
        var report = ContentCredential.Verify(new MemoryStream(bytes), keys.Identity.Roots, DateTimeOffset.UtcNow);
        Assert.True(report is { Outcome: CredentialOutcome.Valid, IsTrusted: true }, report.Summary);
        var job = await server.JobAsync(server.Wide.JobId);
        var asset = await server.DbAsync(db => db.Set<Asset>().AsNoTracking().SingleAsync(asset => asset.Id == server.Wide.AssetId));
        var record = report.Active!.Record!;
        Assert.Equal((job.Hash, decision.Id.ToString(), asset.PixelSha256, "pinned"), (record.JobSha256, record.DecisionId, record.CanonicalPixelsSha256, record.Grade));
        Assert.Equal((asset.Shares.Blended, asset.Shares.Rendered), ((int)record.Attribution.Blended, (int)record.Attribution.Rendered));
        Assert.Equal($"sha256:{server.Clip.BlobSha256}", Assert.Single(report.Active.Ingredients).InstanceId);
        Assert.Equal(release.ManifestLabel, report.Active.Label);
        Assert.EndsWith(asset.DigitalSource, report.Active.DigitalSourceType, StringComparison.Ordinal);

        await PublishedAndTakenBackAsync(release, bytes);
    }

    private async Task PublishedAndTakenBackAsync(Release release, byte[] bytes)
    {
        // Released artwork is published at once; anyone may read its story, with the title while it is shown.
        var stranger = server.NewBrowser();
        var told = await VerifyAsync(stranger, bytes);
        Assert.Equal(("valid", true), (told.GetProperty("outcome").GetString(), told.GetProperty("trusted").GetBoolean()));
        Assert.Equal("The Test Card", told.GetProperty("releasedTitle").GetString());

        using var marketing = await server.ApiClientAsync(Roles.Marketing);
        using (var off = await marketing.PutAsJsonAsync($"/api/v1/artwork/{server.Wide.Id}/published", new { published = false })) Assert.Equal(HttpStatusCode.OK, off.StatusCode);
        told = await VerifyAsync(stranger, bytes);
        Assert.Equal(JsonValueKind.Null, told.GetProperty("releasedTitle").ValueKind);
        Assert.NotEqual(JsonValueKind.Null, told.GetProperty("releasedOn").ValueKind);
        using (var on = await marketing.PutAsJsonAsync($"/api/v1/artwork/{server.Wide.Id}/published", new { published = true })) Assert.Equal(HttpStatusCode.OK, on.StatusCode);

        var page = await (await server.SignInAsync(Roles.Marketing)).GetPageAsync("/clearance/releases");
        Assert.Contains(release.BlobSha256, page.QuerySelector($"#release-{release.Id}")!.TextContent, StringComparison.Ordinal);
        var list = await marketing.GetFromJsonAsync<JsonElement>("/api/v1/releases");
        Assert.Contains(list.EnumerateArray(), one => one.GetProperty("id").GetGuid() == release.Id && one.GetProperty("sha256").GetString() == release.BlobSha256);

        await server.DbAsync(db => db.Set<Asset>().Where(asset => asset.Id == release.AssetId).ExecuteUpdateAsync(set => set.SetProperty(asset => asset.State, AssetState.Quarantined)));
        try
        {
            using var gone = await marketing.GetAsync(new Uri($"/api/v1/releases/{release.Id}/file", UriKind.Relative));
            Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
            Assert.Equal(JsonValueKind.Null, (await VerifyAsync(stranger, bytes)).GetProperty("releasedTitle").ValueKind);
        }
        finally
        {
            await server.DbAsync(db => db.Set<Asset>().Where(asset => asset.Id == release.AssetId).ExecuteUpdateAsync(set => set.SetProperty(asset => asset.State, AssetState.Active)));
        }
    }

    [Fact]
    public async Task A_denial_needs_its_reason_and_ends_it()
    {
        using var marketing = await server.ApiClientAsync(Roles.Marketing);
        using var asked = await marketing.PostAsJsonAsync("/api/v1/releases", new { asset = server.Poster.AssetId, use = "advertising" });
        var id = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("decision").GetGuid();
        var counsel = await server.SignInAsync(Roles.Counsel);
        using (var silent = await AnswerAsync(counsel, await counsel.GetPageAsync("/clearance"), id, false, " "))
        {
            Assert.Equal(HttpStatusCode.Conflict, silent.StatusCode);
            Assert.Contains("A no needs its reason", (await TestBrowser.ParseAsync(silent)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        }
        using (var denied = await AnswerAsync(counsel, await counsel.GetPageAsync("/clearance"), id, false, "not before the premiere")) Assert.Equal(HttpStatusCode.Found, denied.StatusCode);
        Assert.False(await server.DbAsync(db => db.Set<Release>().AnyAsync(release => release.DecisionId == id)));
        Assert.Null((await server.DbAsync(db => db.Set<Artwork>().AsNoTracking().SingleAsync(artwork => artwork.Id == server.Poster.Id))).ReleaseId);
        var page = await counsel.GetPageAsync($"/clearance/decisions/{id}");
        Assert.Contains("not before the premiere", page.QuerySelector(".audit")!.TextContent, StringComparison.Ordinal);
        using var api = await server.ApiClientAsync(Roles.Counsel);
        using var twice = await api.PostAsJsonAsync($"/api/v1/decisions/{id}/answer", new { approve = true, comment = "after all" });
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
    }

    private static Task<HttpResponseMessage> AnswerAsync(TestBrowser browser, AngleSharp.Html.Dom.IHtmlDocument page, Guid id, bool approve, string comment)
    {
        var form = page.QuerySelector($"#decision-{id} form.answerform") ?? throw new InvalidOperationException("nothing to answer");
        var token = form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return browser.Client.PostAsync(new Uri(form.GetAttribute("action")!, UriKind.Relative), new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", token), new("approve", approve ? "true" : "false"), new("comment", comment),
        ]));
    }

    private static async Task<JsonElement> VerifyAsync(TestBrowser browser, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var response = await browser.Client.PostAsync(new Uri("/api/v1/verify", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
