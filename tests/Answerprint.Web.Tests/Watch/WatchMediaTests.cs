using System.Net;
using System.Net.Http.Headers;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Productions.Contracts;

namespace Answerprint.Web.Tests.Watch;

public sealed class WatchMediaTests : IAsyncLifetime
{
    private readonly WatchServer _server = new();
    private HttpClient _viewer = null!;

    private string ArtworkPath => $"/watch/media/artwork/{_server.ReleaseId}";

    private string ClipPath => $"/watch/media/clips/{_server.VersionId}";

    public async Task InitializeAsync()
    {
        await ((IAsyncLifetime)_server).InitializeAsync();
        _viewer = (await _server.ViewerAsync()).Browser.Client;
    }

    public Task DisposeAsync() => _server.DisposeAsync();

    private Task<HttpResponseMessage> GetAsync(string path, Action<HttpRequestHeaders>? headers = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        headers?.Invoke(request.Headers);
        return _viewer.SendAsync(request);
    }

    [Fact]
    public async Task Artwork_is_the_signed_file_and_no_cache_may_answer_without_asking()
    {
        using var response = await GetAsync(ArtworkPath);
        Assert.Equal(WatchServer.PictureBytes, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/jpeg", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl is { Private: true, NoCache: true });

        using var again = await GetAsync(ArtworkPath, headers => headers.IfNoneMatch.Add(response.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task A_quarantine_holds_from_the_next_request_on_for_pages_files_and_repeated_requests()
    {
        using var before = await GetAsync(ArtworkPath);
        await _server.ChangeAsync<Asset>(_server.PictureId, asset => asset.State = AssetState.Quarantined);

        using var after = await GetAsync(ArtworkPath, headers => headers.IfNoneMatch.Add(before.Headers.ETag!));
        Assert.Equal(HttpStatusCode.Gone, after.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await GetAsync(ArtworkPath + "/thumbnail")).StatusCode);
        Assert.DoesNotContain("/watch/media/artwork/", await (await GetAsync("/watch")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("/watch/media/artwork/", await (await GetAsync("/watch/titles/the-last-tram/made")).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await _server.ChangeAsync<Asset>(_server.PictureId, asset => asset.State = AssetState.Active);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(ArtworkPath)).StatusCode);
    }

    [Fact]
    public async Task A_thumbnail_names_the_signed_file_as_the_canonical_one()
    {
        using var response = await GetAsync(ArtworkPath + "/thumbnail");
        Assert.Equal(WatchServer.ThumbnailBytes, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal($"<{ArtworkPath}>; rel=\"canonical\"", response.Headers.GetValues("Link").Single());
    }

    [Fact]
    public async Task A_clip_is_served_by_ranges()
    {
        using var whole = await GetAsync(ClipPath);
        Assert.Equal(WatchServer.ClipBytes, await whole.Content.ReadAsByteArrayAsync());
        Assert.Equal("bytes", whole.Headers.AcceptRanges.Single());

        using var part = await GetAsync(ClipPath, headers => headers.Range = new RangeHeaderValue(100, 199));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(WatchServer.ClipBytes[100..200], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal("bytes 100-199/1000", part.Content.Headers.ContentRange!.ToString());

        using var tail = await GetAsync(ClipPath, headers => headers.Range = new RangeHeaderValue(null, 10));
        Assert.Equal(WatchServer.ClipBytes[^10..], await tail.Content.ReadAsByteArrayAsync());

        using var beyond = await GetAsync(ClipPath, headers => headers.Range = new RangeHeaderValue(5000, 6000));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
    }

    [Fact]
    public async Task A_range_of_a_file_that_has_changed_gives_the_whole()
    {
        using var response = await GetAsync(ClipPath, headers =>
        {
            headers.Range = new RangeHeaderValue(0, 9);
            headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue("\"another\""));
        });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_shot_that_is_not_published_any_more_is_not_served()
    {
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(ClipPath + "/still")).StatusCode);
        await _server.ChangeAsync<ShotVersion>(_server.VersionId, version => version.Status = VersionStatus.Approved);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(ClipPath)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(ClipPath + "/still")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/watch/titles/the-last-tram/play")).StatusCode);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"/watch/media/artwork/{Guid.NewGuid()}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"/watch/media/clips/{Guid.NewGuid()}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(ClipPath + "/subtitles")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/watch/media/artwork/not-an-id")).StatusCode);
    }

    [Fact]
    public async Task Media_is_for_viewers_only()
    {
        using var anonymous = await _server.NewBrowser().GetAsync(ArtworkPath);
        Assert.NotEqual(HttpStatusCode.OK, anonymous.StatusCode);
    }
}
