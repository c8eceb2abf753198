using System.Net;
using System.Security.Cryptography;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Withdrawal;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Web.Tests.Withdrawal;

/// <summary>From the first request after a withdrawal no route of the server serves a byte of what was withdrawn.</summary>
public sealed class ServedBytesTests(WithdrawalServer server) : IClassFixture<WithdrawalServer>
{
    /// <summary>Routes with a parameter that answer with a page or a record. A route is added here only when it serves no bytes of an asset.</summary>
    private static readonly HashSet<string> Records =
    [
        "/lib/{name}", "/setup/{token}", "/api/v1/artwork/{id:guid}", "/api/v1/assets/{id:guid}", "/api/v1/decisions/{id:guid}", "/api/v1/jobs/{id:guid}", "/api/v1/productions/{code}",
        "/api/v1/productions/{code}/shots", "/api/v1/productions/{code}/shots/{shot}", "/api/v1/releases/{id:guid}", "/api/v1/titles/{slug}", "/api/v1/versions/{id:guid}",
        "/api/v1/withdrawals/{id:guid}", "/api/v1/withdrawals/{id:guid}/remakes", "/clearance/decisions/{id:guid}", "/clearance/withdraw/{id:guid}", "/clearance/withdraw/{id:guid}/review/{old:guid}",
        "/clearance/{id:guid}", "/library/{id:guid}", "/make/artwork/by-id/{id:guid}", "/make/artwork/{slug}", "/make/artwork/{slug}/compare", "/make/artwork/{slug}/new",
        "/make/artwork/{slug}/{id:guid}", "/make/jobs/{id:guid}", "/productions/{code}", "/productions/{code}/shots/{shot}/", "/system/people/{id:guid}", "/watch/profiles/{id:guid}",
        "/watch/titles/{slug}", "/watch/titles/{slug}/made", "/watch/titles/{slug}/play",
        "/library/imports/{id:guid}", "/api/v1/library/imports/{id:guid}", "/make/comfyui/{id:guid}", "/make/comfyui/{id:guid}/workflow.json", "/api/v1/comfyui/workflows/{id:guid}",
        "/api/v1/boards/{id:guid}", "/api/v1/looks/{id:guid}", "/api/v1/looks/models/{id:guid}", "/api/v1/assets/{id:guid}/authorship", "/make/repair/jobs/{id:guid}", "/make/repair/{id:guid}", "/make/collapse/jobs/{id:guid}", "/make/collapse/{id:guid}", "/make/results/{id:guid}/",
        "/make/results/{id:guid}/authorship", "/make/variations/{id:guid}", "/make/variations/{id:guid}/compare", "/make/variations/{id:guid}/drafts/{draft:guid}",
        // To those who may clear alone, and kept by no cache: without it nobody could review. WithdrawalPagesTests proves both.
        "/clearance/withdraw/evidence/{id:guid}", "/clearance/withdraw/evidence/{id:guid}/lit",
    ];

    private static readonly Guid Painting = Guid.Parse("0190aaaa-0000-7000-8000-00000000a117");

    private Dictionary<string, string[]> Bytes => new()
    {
        ["/media/assets/{id:guid}/{rendition}"] = [.. new[] { "thumbnail", "poster", "filmstrip", "proxy", "analysis" }.Select(kind => $"/media/assets/{server.First.Id}/{kind}"), $"/media/assets/{server.Artwork.AssetId}/thumbnail"],
        ["/media/artwork/{id:guid}/draft"] = [$"/media/artwork/{server.Artwork.Id}/draft"],
        ["/media/artwork/{id:guid}/thumbnail"] = [$"/media/artwork/{server.Artwork.Id}/thumbnail"],
        ["/media/artwork/{id:guid}/overlay"] = [$"/media/artwork/{server.Artwork.Id}/overlay"],
        ["/api/v1/artwork/{id:guid}/attribution"] = [$"/api/v1/artwork/{server.Artwork.Id}/attribution", $"/api/v1/artwork/{server.Artwork.Id}/attribution?x=3&y=4"],
        ["/clearance/releases/{id:guid}/file"] = [$"/clearance/releases/{server.Release.Id}/file"],
        ["/api/v1/releases/{id:guid}/file"] = [$"/api/v1/releases/{server.Release.Id}/file"],
        ["/watch/media/artwork/{releaseId:guid}"] = [$"/watch/media/artwork/{server.Release.Id}", $"/watch/media/artwork/{server.Release.Id}?download=true"],
        ["/watch/media/artwork/{releaseId:guid}/thumbnail"] = [$"/watch/media/artwork/{server.Release.Id}/thumbnail"],
        ["/watch/media/clips/{versionId:guid}"] = [$"/watch/media/clips/{server.Version.Id}"],
        ["/watch/media/clips/{versionId:guid}/still"] = [$"/watch/media/clips/{server.Version.Id}/still"],
        ["/watch/media/clips/{versionId:guid}/subtitles"] = [$"/watch/media/clips/{server.Version.Id}/subtitles"],
        ["/make/results/{id:guid}/download"] = [$"/make/results/{server.Artwork.AssetId}/download"],
        ["/media/results/{id:guid}/overlay"] = [$"/media/results/{server.Artwork.AssetId}/overlay"],
        ["/api/v1/assets/{id:guid}/attribution"] = [$"/api/v1/assets/{server.Artwork.AssetId}/attribution", $"/api/v1/assets/{server.Artwork.AssetId}/attribution?x=3&y=4"],
        ["/media/paintings/{id:guid}"] = [$"/media/paintings/{Painting}"],
        ["/media/jobs/{id:guid}/preview"] = [$"/media/jobs/{server.Running}/preview"],
    };

    [Fact]
    public async Task No_route_serves_a_withdrawn_byte_from_the_first_request_on()
    {
        await PaintAsync();
        var everyone = await server.SignInAsync([.. Roles.All]);
        var before = Bytes.SelectMany(route => route.Value).ToList();
        var tags = new Dictionary<string, string>();
        foreach (var path in before)
        {
            using var response = await everyone.GetAsync(path);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path} answered {(int)response.StatusCode} before the withdrawal");
            if (response.Headers.ETag is { } tag) tags[path] = tag.ToString();
        }
        Assert.Contains("/watch/media/artwork/", await (await (await server.SignInAsync(Roles.Viewer)).GetAsync($"/watch/titles/{server.Film.Slug}/made")).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await WithdrawAsync(server.First.Id);
        foreach (var role in Roles.All)
        {
            var browser = await server.SignInAsync(role);
            foreach (var path in before)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
                // Whoever has it cached asks as a cache does.
                if (tags.TryGetValue(path, out var tag)) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
                using var response = await browser.Client.SendAsync(request);
                Assert.True(response.StatusCode is HttpStatusCode.Gone or HttpStatusCode.Forbidden, $"{role} got {(int)response.StatusCode} from {path}");
            }
        }
        foreach (var path in before) Assert.Equal(HttpStatusCode.Gone, (await everyone.GetAsync(path)).StatusCode);
        await NothingIsServedAsync();
    }

    /// <summary>A painting that counts as made from the first clip.</summary>
    private Task<int> PaintAsync() => server.DbAsync(db =>
    {
        db.AddRange(
            new Asset
            {
                Id = Painting, ProductionId = server.Production.Id, Kind = AssetKind.Painting, Name = "Mask", FileName = "mask.png", MediaType = "image/png", BlobSha256 = server.Still.BlobSha256,
                Length = server.Still.Length, Width = 320, Height = 180, Frames = 1, Owner = "Alba Pictures", Rights = RightsKind.StaffMade, CreatedBy = server.First.CreatedBy, CreatedAt = server.First.CreatedAt,
            },
            new AssetInput { AssetId = Painting, SourceId = server.First.Id, Part = "source" });
        return db.SaveChangesAsync();
    });

    [Fact]
    public void Every_route_with_a_parameter_is_known_to_serve_bytes_or_not_to()
    {
        var open = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.Parameters.Count > 0 && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Distinct()
            .Where(route => !Bytes.ContainsKey(route) && !Records.Contains(route)).Order();
        Assert.True(!open.Any(), $"say whether these serve bytes of an asset: {string.Join(", ", open)}");
    }

    /// <summary>Every page that anyone may open, and everything such a page shows, is fetched; no answer is one of the withdrawn files.</summary>
    private async Task NothingIsServedAsync()
    {
        var withdrawn = await WithdrawnAsync();
        string[] pages =
        [
            "/", "/watch", "/watch/titles", $"/watch/titles/{server.Film.Slug}", $"/watch/titles/{server.Film.Slug}/made", "/library", $"/library/{server.Second.Id}", $"/library/{server.First.Id}",
            "/productions", $"/productions/{server.Production.Code}", $"/productions/{server.Production.Code}/shots/{server.Shot.Code}", "/make/artwork", $"/make/artwork/{server.Film.Slug}",
            $"/make/artwork/{server.Film.Slug}/{server.Artwork.Id}", $"/make/artwork/{server.Film.Slug}/new", "/make/jobs", $"/make/jobs/{server.Artwork.JobId}", "/clearance", "/clearance/releases", "/clearance/withdraw",
        ];
        var seen = 0;
        foreach (var role in Roles.All.Except(WithdrawSource.ForRoles))
        {
            var browser = await server.SignInAsync(role);
            foreach (var page in pages)
            {
                using var response = await browser.GetAsync(page);
                if (response.StatusCode != HttpStatusCode.OK) continue;
                var shown = (await TestBrowser.ParseAsync(response)).QuerySelectorAll("[src], [poster], [data-src], [data-overlay]")
                    .SelectMany(element => new[] { "src", "poster", "data-src", "data-overlay" }.Select(element.GetAttribute)).OfType<string>().Where(url => url.StartsWith('/')).Distinct();
                foreach (var url in shown)
                {
                    using var part = await browser.Client.GetAsync(new Uri(url, UriKind.Relative));
                    seen++;
                    var hash = Convert.ToHexStringLower(SHA256.HashData(await part.Content.ReadAsByteArrayAsync()));
                    Assert.False(withdrawn.Contains(hash), $"{page} shows {url} to {role}, which is withdrawn");
                }
            }
        }
        Assert.True(seen > 20, $"only {seen} parts of pages were looked at");
        var viewer = await server.SignInAsync(Roles.Viewer);
        var title = await viewer.GetPageAsync($"/watch/titles/{server.Film.Slug}");
        Assert.Empty(title.QuerySelectorAll("img[src^='/watch/media/']"));
    }

    private Task<HashSet<string>> WithdrawnAsync() => server.DbAsync(async db =>
    {
        var ids = await db.Set<Asset>().Where(asset => asset.State == AssetState.Quarantined).Select(asset => asset.Id).ToListAsync();
        Assert.Contains(server.Artwork.AssetId, ids);
        return (HashSet<string>)
        [
            .. await db.Set<Asset>().Where(asset => ids.Contains(asset.Id)).Select(asset => asset.BlobSha256).ToListAsync(),
            .. await db.Set<Rendition>().Where(made => ids.Contains(made.AssetId)).Select(made => made.BlobSha256).ToListAsync(),
            .. await db.Set<Release>().Where(release => ids.Contains(release.AssetId)).Select(release => release.BlobSha256).ToListAsync(),
        ];
    });

    private async Task WithdrawAsync(Guid source)
    {
        var counsel = await server.ActorAsync(Roles.Counsel);
        var done = await server.UseAsync<WithdrawSource, WithdrawSourceResult>(withdraw => withdraw.HandleAsync(new(WithdrawalSubject.Of(source), "the licence ended"), counsel, CancellationToken.None));
        Assert.Null(done.Refusal);
    }
}
