using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Answerprint.Imaging.Attribution;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Withdrawal;
using Answerprint.Provenance;
using Answerprint.Provenance.Verification;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Web.Tests.Withdrawal;

/// <summary>The whole way over HTTP: find, look, take back, see it made again, accept, and undo.</summary>
public sealed class WithdrawalPagesTests(WithdrawalServer server) : IClassFixture<WithdrawalServer>
{
    private const string Start = "/clearance/withdraw";

    [Fact]
    public async Task From_the_preview_to_the_new_signed_picture_and_back()
    {
        var counsel = await server.SignInAsync(Roles.Counsel);
        var found = await counsel.GetPageAsync($"{Start}?q=first");
        var preview = found.QuerySelector($"a[href='{Start}/preview?asset={server.First.Id}']")!.GetAttribute("href")!;
        Assert.NotNull((await counsel.GetPageAsync($"{Start}?q=ALBA")).QuerySelector($"a[href='{Start}/preview?owner=Alba%20Pictures']"));

        var page = await counsel.GetPageAsync(preview);
        Assert.Contains("Nothing has happened yet", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($"img.over[src='{Start}/evidence/{server.Artwork.AssetId}/lit?asset={server.First.Id}']"));
        Assert.Contains(server.Release.FileName, page.QuerySelector("[aria-labelledby=outside]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The Test Card", page.QuerySelector("[aria-labelledby=pages]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(server.Shot.Code, page.QuerySelector("[aria-labelledby=shots]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(AssetState.Active, (await server.AssetAsync(server.Artwork.AssetId)).State);

        using (var refused = await counsel.SubmitAsync(page, $"form[action='{Start}']", preview, ("reason", " ")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Equal("true", (await TestBrowser.ParseAsync(refused)).QuerySelector("textarea[name=reason]")!.GetAttribute("aria-invalid"));
        }
        string record;
        using (var done = await counsel.SubmitAsync(page, $"form[action='{Start}']", preview, ("reason", "the licence ended")))
        {
            Assert.Equal(HttpStatusCode.Found, done.StatusCode);
            record = done.Headers.Location!.OriginalString.Split('?')[0];
        }
        Assert.All([server.First.Id, server.Artwork.AssetId, server.Artwork.AttributionId], id => Assert.Equal(AssetState.Quarantined, server.AssetAsync(id).Result.State));
        Assert.Equal(AssetState.Active, (await server.AssetAsync(server.Second.Id)).State);

        var made = await MadeAgainAsync(counsel, record);
        await AcceptAsync(counsel, record, made);
        await UndoAsync(counsel, record, made);
    }

    [Fact]
    public async Task The_api_tells_and_does_the_same()
    {
        using var counsel = await server.ApiClientAsync(Roles.Counsel);
        using var artist = await server.ApiClientAsync(Roles.Artist);
        using (var forbidden = await artist.PostAsJsonAsync("/api/v1/withdrawals", new { asset = server.Still.Id, reason = "no" })) Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        using (var missing = await counsel.PostAsJsonAsync("/api/v1/withdrawals", new { asset = Guid.NewGuid(), reason = "gone" })) Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        using (var empty = await counsel.PostAsJsonAsync("/api/v1/withdrawals", new { asset = server.Still.Id })) Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);

        var preview = await counsel.GetFromJsonAsync<JsonElement>($"/api/v1/withdrawals/preview?asset={server.Still.Id}");
        Assert.Equal((1, 1), (preview.GetProperty("sources").GetInt32(), preview.GetProperty("dependents").GetInt32()));
        Assert.Equal(server.Crop.Id, preview.GetProperty("assets")[0].GetProperty("asset").GetGuid());
        var outlook = preview.GetProperty("remakes")[0];
        Assert.False(outlook.GetProperty("possible").GetBoolean());
        Assert.Contains("one source", outlook.GetProperty("note").GetString(), StringComparison.Ordinal);

        using var made = await counsel.PostAsJsonAsync("/api/v1/withdrawals", new { asset = server.Still.Id, reason = "asked for" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await server.UseAsync<QueueRemakes, int>(queue => queue.HandleAsync(id, 10, CancellationToken.None));
        var remake = (await artist.GetFromJsonAsync<JsonElement>($"/api/v1/withdrawals/{id}/remakes"))[0];
        Assert.Equal((server.Crop.Id, "impossible"), (remake.GetProperty("oldAsset").GetGuid(), remake.GetProperty("state").GetString()));
        using (var early = await counsel.PostAsync(new Uri($"/api/v1/withdrawals/{id}/remakes/{server.Crop.Id}/accept", UriKind.Relative), null)) Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        using (var twice = await counsel.PostAsJsonAsync("/api/v1/withdrawals", new { asset = server.Still.Id, reason = "again" })) Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);

        using (var restored = await counsel.PostAsJsonAsync($"/api/v1/withdrawals/{id}/restore", new { reason = "an error" })) Assert.Equal(HttpStatusCode.OK, restored.StatusCode);
        Assert.False((await artist.GetFromJsonAsync<JsonElement>($"/api/v1/withdrawals/{id}")).GetProperty("inForce").GetBoolean());
        Assert.Equal(AssetState.Active, (await server.AssetAsync(server.Crop.Id)).State);
    }

    [Fact]
    public async Task Only_those_who_may_clear_preview_and_look()
    {
        foreach (var role in Roles.All.Except(WithdrawSource.ForRoles))
        {
            var browser = await server.SignInAsync(role);
            foreach (var path in new[] { $"{Start}/preview?asset={server.Second.Id}", $"{Start}/evidence/{server.Second.Id}", $"{Start}/evidence/{server.Second.Id}/lit?asset={server.Second.Id}" })
                Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(path)).StatusCode);
        }
        var artist = await (await server.SignInAsync(Roles.Artist)).GetPageAsync(Start);
        Assert.Null(artist.QuerySelector("a[href*='/preview']"));
        var owner = await server.SignInAsync(Roles.Owner);
        Assert.NotNull((await owner.GetPageAsync($"/library/{server.Second.Id}")).QuerySelector($"a[href='{Start}/preview?asset={server.Second.Id}']"));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync($"{Start}/preview?asset={Guid.NewGuid()}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync($"{Start}/{Guid.NewGuid()}")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await owner.GetAsync($"{Start}/preview")).StatusCode);
    }

    private async Task<Asset> MadeAgainAsync(TestBrowser counsel, string record)
    {
        var watch = Stopwatch.StartNew();
        await server.RunQueuedAsync();
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"making a draft again took {watch.Elapsed}");
        var id = Guid.Parse(record.Split('/')[^1]);
        var pair = Assert.Single(await server.UseAsync<RemakePairs, IReadOnlyList<RemakePair>>(pairs => pairs.ReadAsync(id, CancellationToken.None)));
        Assert.True(pair.IsReviewable, $"{pair.Remake.State} {pair.Remake.Note} {pair.NewJob?.State} {pair.NewJob?.Error}");
        Assert.Equal((pair.OldJob.Seed, pair.OldJob.ParametersJson, pair.OldJob.Use), (pair.NewJob!.Seed, pair.NewJob.ParametersJson, pair.NewJob.Use));

        // The map of the new picture knows nothing of the source; that of the old one did.
        var blobs = server.Services.GetRequiredService<BlobStore>();
        async Task<IEnumerable<string>> SourcesOf(Guid map) =>
            AttributionFile.Read(await File.ReadAllBytesAsync(blobs.PathOf((await server.AssetAsync(map)).BlobSha256))).Sources.Select(source => Convert.ToHexStringLower(source.Digest.Span));
        Assert.Contains(server.First.BlobSha256, await SourcesOf(pair.Old.AttributionId!.Value));
        Assert.Equal([server.Second.BlobSha256], await SourcesOf(pair.Made!.AttributionId!.Value));

        var page = await counsel.GetPageAsync(record);
        Assert.NotNull(page.QuerySelector($"a[href='{record}/review/{server.Artwork.AssetId}']"));
        var artist = await (await server.SignInAsync(Roles.Artist)).GetPageAsync(record);
        Assert.Empty(artist.QuerySelectorAll("img[src*='/evidence/'], a[href*='/review/'], form[action$='/restore']"));
        return pair.Made;
    }

    private async Task AcceptAsync(TestBrowser counsel, string record, Asset made)
    {
        var path = $"{record}/review/{server.Artwork.AssetId}";
        var page = await counsel.GetPageAsync(path);
        foreach (var picture in page.QuerySelectorAll(".oldnew img").Select(image => image.GetAttribute("src")!))
        {
            using var seen = await counsel.GetAsync(picture);
            Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
            Assert.True(seen.Headers.CacheControl!.NoStore);
        }
        Assert.Equal(3, page.QuerySelectorAll(".oldnew img").Length);
        using (var accepted = await counsel.SubmitAsync(page, $"form[action='{path}']", path, ("accept", "true")))
            Assert.EndsWith("done=asked", accepted.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var asked = await server.DbAsync(db => db.Set<Decision>().AsNoTracking().SingleAsync(decision => decision.AssetId == made.Id));
        Assert.Equal(DecisionState.Pending, asked.State);
        var second = await server.ActorAsync(Roles.Counsel, Roles.Producer);
        var release = (await server.UseAsync<DecideEscalation, DecideEscalationResult>(decide => decide.HandleAsync(new(asked.Id, true, "it stands in"), second, CancellationToken.None))).Release!;

        // The file that leaves now verifies, and knows nothing of what was withdrawn.
        var viewer = await server.SignInAsync(Roles.Viewer);
        using var file = await viewer.GetAsync($"/watch/media/artwork/{release.Id}");
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        var keys = server.Services.GetRequiredService<StudioKeys>();
        var report = ContentCredential.Verify(new MemoryStream(await file.Content.ReadAsByteArrayAsync()), keys.Identity.Roots, DateTimeOffset.UtcNow);
        Assert.True(report is { Outcome: CredentialOutcome.Valid, IsTrusted: true }, report.Summary);
        Assert.Equal($"sha256:{server.Second.BlobSha256}", Assert.Single(report.Active!.Ingredients).InstanceId);
        Assert.Equal(HttpStatusCode.Gone, (await viewer.GetAsync($"/watch/media/artwork/{server.Release.Id}")).StatusCode);
        Assert.Contains($"/watch/media/artwork/{release.Id}", await (await viewer.GetAsync($"/watch/titles/{server.Film.Slug}/made")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var artwork = await server.DbAsync(db => db.Set<Artwork>().AsNoTracking().SingleAsync(artwork => artwork.AssetId == made.Id));
        Assert.Equal((true, true), (artwork.Kept, artwork.IsPublished));
    }

    private async Task UndoAsync(TestBrowser counsel, string record, Asset made)
    {
        using (var undone = await counsel.SubmitAsync(await counsel.GetPageAsync(record), $"form[action='{record}/restore']", record, ("reason", "the licence was renewed")))
            Assert.EndsWith("done=restored", undone.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.All([server.First.Id, server.Artwork.AssetId, server.Artwork.AttributionId, made.Id], id => Assert.Equal(AssetState.Active, server.AssetAsync(id).Result.State));
        // What was accepted stands where the old one stood, and stays there.
        Assert.False(await server.DbAsync(db => db.Set<Artwork>().Where(artwork => artwork.Id == server.Artwork.Id).Select(artwork => artwork.IsPublished).SingleAsync()));
        Assert.True(await server.DbAsync(db => db.Set<Artwork>().Where(artwork => artwork.AssetId == made.Id).Select(artwork => artwork.IsPublished).SingleAsync()));
        var actions = await server.DbAsync(db => db.Set<AuditEntry>().OrderBy(entry => entry.Number).Select(entry => entry.Action).ToListAsync());
        Assert.Equal(["withdrawal.made", "remake.accepted", "withdrawal.restored"], actions.Where(action => action is "withdrawal.made" or "remake.accepted" or "withdrawal.restored").TakeLast(3));
        Assert.Null(await server.DbAsync(db => AuditTrail.FirstBrokenAsync(db, CancellationToken.None)));
        Assert.Contains("the licence was renewed", (await counsel.GetPageAsync(record)).Body!.TextContent, StringComparison.Ordinal);
    }
}
