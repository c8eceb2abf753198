using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;

namespace Answerprint.Platform.Tests.Audience;

public sealed class LiveCatalogueTests : IAsyncLifetime
{
    private PublishedStudio _studio = null!;

    public async Task InitializeAsync() => _studio = await PublishedStudio.OpenAsync();

    public async Task DisposeAsync() => await _studio.DisposeAsync();

    private async Task<CatalogueTitle> FilmAsync() => (await _studio.CatalogueAsync()).FindTitle(_studio.Film.Slug)!;

    [Fact]
    public async Task A_published_title_has_its_pictures_and_its_shots_in_order()
    {
        var film = await FilmAsync();
        Assert.Equal(_studio.Release.Id, film.ShelfPicture!.ReleaseId);
        Assert.Equal(new string('d', 64), film.ShelfPicture.File.Sha256);
        Assert.Equal(new string('3', 64), film.ShelfPicture.Thumbnail!.Sha256);
        Assert.Null(film.Backdrop);
        Assert.Equal(["NLC_010_0010", "NLC_010_0020"], film.Clips.Select(clip => clip.Shot));
        Assert.Equal(5000, film.FilmMs);
    }

    [Fact]
    public async Task Without_a_change_the_same_snapshot_is_given()
    {
        Assert.Same(await _studio.CatalogueAsync(), await _studio.CatalogueAsync());
    }

    [Fact]
    public async Task A_change_that_viewers_cannot_see_keeps_the_snapshot()
    {
        var before = await _studio.CatalogueAsync();
        await _studio.ChangeAsync<Asset>(_studio.Footage.Id, asset => asset.ProbeJson = """{"seen":true}""");
        Assert.Same(before, await _studio.CatalogueAsync());
    }

    [Fact]
    public async Task A_quarantined_picture_is_gone_from_the_next_call_on()
    {
        Assert.NotNull((await _studio.CatalogueAsync()).FindRelease(_studio.Release.Id));
        await _studio.ChangeAsync<Asset>(_studio.Picture.Id, asset => asset.State = AssetState.Quarantined);
        Assert.Null((await _studio.CatalogueAsync()).FindRelease(_studio.Release.Id));
        Assert.Null((await FilmAsync()).ShelfPicture);
    }

    [Fact]
    public async Task A_quarantined_source_takes_the_picture_and_the_shot_with_it()
    {
        await _studio.CatalogueAsync();
        await _studio.ChangeAsync<Asset>(_studio.Footage.Id, asset => asset.State = AssetState.Quarantined);
        var film = await FilmAsync();
        Assert.Null(film.ShelfPicture);
        Assert.Equal(["NLC_010_0020"], film.Clips.Select(clip => clip.Shot));
        Assert.Null((await _studio.CatalogueAsync()).FindClip(_studio.FirstShot.Id));
    }

    [Fact]
    public async Task A_picture_that_is_not_published_or_not_released_is_not_shown()
    {
        await _studio.ChangeAsync<Artwork>(_studio.Artwork.Id, artwork => artwork.IsPublished = false);
        Assert.Null((await FilmAsync()).ShelfPicture);
        await _studio.ChangeAsync<Artwork>(_studio.Artwork.Id, artwork => (artwork.IsPublished, artwork.ReleaseId) = (true, null));
        Assert.Null((await FilmAsync()).ShelfPicture);
        await _studio.ChangeAsync<Artwork>(_studio.Artwork.Id, artwork => artwork.ReleaseId = _studio.Release.Id);
        Assert.NotNull((await FilmAsync()).ShelfPicture);
    }

    [Fact]
    public async Task Rights_begin_and_end_by_the_clock_alone()
    {
        await _studio.ChangeAsync<Asset>(_studio.Picture.Id, asset =>
            (asset.RightsFrom, asset.RightsUntil) = (_studio.Now.AddHours(1), _studio.Now.AddHours(2)));
        Assert.Null((await FilmAsync()).ShelfPicture);
        _studio.Scratch.Clock.Advance(TimeSpan.FromHours(1));
        Assert.NotNull((await FilmAsync()).ShelfPicture);
        _studio.Scratch.Clock.Advance(TimeSpan.FromHours(1));
        Assert.NotNull((await FilmAsync()).ShelfPicture);
        _studio.Scratch.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null((await FilmAsync()).ShelfPicture);
    }

    [Fact]
    public async Task A_new_title_and_a_new_publication_appear_at_once()
    {
        await _studio.CatalogueAsync();
        await _studio.Scratch.SaveAsync(new Title { Id = Guid.CreateVersion7(), Slug = "brand-new", Name = "Brand new", AddedAt = _studio.Now });
        Assert.NotNull((await _studio.CatalogueAsync()).FindTitle("brand-new"));

        await _studio.ChangeAsync<ShotVersion>(_studio.SecondShot.Id, version => version.Status = VersionStatus.Approved);
        Assert.Single((await FilmAsync()).Clips);
        await _studio.ChangeAsync<ShotVersion>(_studio.SecondShot.Id, version => version.Status = VersionStatus.Published);
        Assert.Equal(2, (await FilmAsync()).Clips.Count);
    }

    [Fact]
    public async Task Of_two_published_versions_the_later_is_shown()
    {
        var later = new ShotVersion
        {
            Id = Guid.CreateVersion7(), ShotId = _studio.FirstShot.ShotId, Number = 2, AssetId = _studio.MorePlate.Id, Status = VersionStatus.Published,
        };
        await _studio.Scratch.SaveAsync(later);
        Assert.Equal([later.Id, _studio.SecondShot.Id], (await FilmAsync()).Clips.Select(clip => clip.VersionId));
    }

    [Fact]
    public async Task A_shot_without_a_proxy_cannot_be_played()
    {
        await _studio.Scratch.InScopeAsync<AnswerprintDb, int>(async db =>
        {
            db.Remove((await db.FindAsync<Rendition>(_studio.Footage.Id, RenditionKind.Proxy))!);
            return await db.SaveChangesAsync();
        });
        Assert.Equal(["NLC_010_0020"], (await FilmAsync()).Clips.Select(clip => clip.Shot));
    }

    [Fact]
    public async Task Shelves_are_new_recent_and_genres_by_size_with_the_unknown_last()
    {
        var shelves = (await _studio.CatalogueAsync()).Shelves;
        Assert.Equal(["new", "recent", "genre:Drama", "genre:Comedy", "genre:Horror", "genre:"], shelves.Select(shelf => shelf.Key));
        Assert.Equal(_studio.Film.Slug, shelves[0].Titles[0].Slug);
        Assert.All(shelves[1].Titles, title => Assert.NotNull(title.Facts.ReleasedAt));
        Assert.Equal(shelves[1].Titles.OrderByDescending(title => title.Facts.ReleasedAt), shelves[1].Titles);
        Assert.Null(shelves[2].Titles[^1].Facts.ReleasedAt);
        Assert.All(shelves, shelf => Assert.NotEqual("", shelf.Reason));
    }

    [Fact]
    public async Task The_hero_is_the_newest_title_with_footage()
    {
        Assert.Equal(_studio.Film.Id, (await _studio.CatalogueAsync()).Hero!.Id);
    }

    [Fact]
    public async Task More_like_this_is_the_same_genre_without_the_title_itself()
    {
        var catalogue = await _studio.CatalogueAsync();
        var title = catalogue.FindTitle("film-010")!;
        var more = catalogue.MoreLike(title)!;
        Assert.All(more.Titles, other => Assert.Equal(title.Facts.Genre, other.Facts.Genre));
        Assert.DoesNotContain(more.Titles, other => other.Id == title.Id);
        Assert.Equal("film-012", more.Titles[0].Slug);
        Assert.Null(catalogue.MoreLike(catalogue.FindTitle("film-004")!));
    }

    [Theory]
    [InlineData(72, "24/1", 3000)]
    [InlineData(72, "24", 3000)]
    [InlineData(24, "24000/1001", 1001)]
    [InlineData(75, "12.5", 6000)]
    [InlineData(0, "24/1", 0)]
    [InlineData(72, "", 0)]
    [InlineData(72, "0/0", 0)]
    [InlineData(72, "24/0", 0)]
    [InlineData(72, "-24/1", 0)]
    [InlineData(long.MaxValue, "1/1000000", 0)]
    public void Length_follows_from_frames_and_rate(long frames, string rate, long milliseconds) =>
        Assert.Equal(milliseconds, CatalogueQueries.DurationMs(frames, rate));

    [Fact]
    public async Task Many_readers_during_changes_always_get_a_whole_catalogue()
    {
        var catalogue = _studio.Scratch.Get<LiveCatalogue>();
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var film = (await catalogue.CurrentAsync(CancellationToken.None)).FindTitle(_studio.Film.Id);
                Assert.Equal(2, film!.Clips.Count);
            }
        })).ToList();
        for (var round = 0; round < 20; round++)
        {
            var hidden = round % 2 == 0;
            await _studio.ChangeAsync<Artwork>(_studio.Artwork.Id, artwork => artwork.IsPublished = !hidden);
            Assert.Equal(hidden, (await _studio.CatalogueAsync()).FindTitle(_studio.Film.Id)!.ShelfPicture is null);
        }
        await stop.CancelAsync();
        await Task.WhenAll(readers);
    }
}
