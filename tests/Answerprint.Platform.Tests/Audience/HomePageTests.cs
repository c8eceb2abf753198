using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Audience.Contracts;
using Answerprint.Platform.Audience.Events;
using Answerprint.Platform.Audience.Pages;
using Answerprint.Platform.Tests.Titles;

namespace Answerprint.Platform.Tests.Audience;

public sealed class HomePageTests : IAsyncLifetime
{
    private PublishedStudio _studio = null!;

    public async Task InitializeAsync() => _studio = await PublishedStudio.OpenAsync();

    public async Task DisposeAsync() => await _studio.DisposeAsync();

    private Task<GetHomePageResult> HomeAsync(int from = 0, int rows = 6, int perRow = 20) => _studio.RunAsync<GetHomePage, GetHomePageResult>(
        home => home.HandleAsync(new(_studio.Profile.Id, from, rows, perRow), _studio.Viewer, CancellationToken.None));

    private Task<GetHomeRowResult> RowAsync(string key, int from) => _studio.RunAsync<GetHomeRow, GetHomeRowResult>(
        row => row.HandleAsync(new(_studio.Profile.Id, key, from), _studio.Viewer, CancellationToken.None));

    private Task PlayAsync(long position, bool finished = false, int minutesAgo = 5) => _studio.Scratch.SaveAsync(new Play
    {
        Id = Guid.CreateVersion7(), ProfileId = _studio.Profile.Id, TitleId = _studio.Film.Id, PositionMs = position, WatchedMs = position,
        StartedAtMs = _studio.Now.AddMinutes(-minutesAgo).ToUnixTimeMilliseconds(), Finished = finished,
    });

    [Fact]
    public async Task Places_are_numbered_and_certain_and_every_id_is_the_seals()
    {
        var page = (await HomeAsync()).Page!;
        var seal = _studio.Scratch.Get<ImpressionSeal>();
        Assert.Equal(Enumerable.Range(1, page.Rows.Count), page.Rows.Select(row => row.RowPosition));
        var ids = new HashSet<Guid>();
        foreach (var row in page.Rows.Append(page.Hero!))
        {
            Assert.Equal(Enumerable.Range(0, row.Titles.Count), row.Titles.Select(title => title.Position));
            foreach (var shown in row.Titles)
            {
                Assert.Equal(1.0, shown.Probability);
                Assert.Equal("recency-1", row.Policy);
                Assert.True(ids.Add(shown.ImpressionId));
                Assert.Equal(shown.ImpressionId, seal.IdOf(new(
                    _studio.Profile.Id, shown.Title.Id, shown.Artwork?.ArtworkId, row.Key, row.RowPosition, shown.Position, 1.0, row.Policy, row.View)));
            }
        }
    }

    [Fact]
    public async Task The_page_comes_in_parts_that_join()
    {
        var whole = (await HomeAsync(rows: 20)).Page!;
        var keys = new List<string>();
        for (int? from = 0; from is { } next;)
        {
            var part = (await HomeAsync(next, rows: 2)).Page!;
            Assert.Equal(next == 0, part.Hero is not null);
            Assert.Equal(Enumerable.Range(next + 1, part.Rows.Count), part.Rows.Select(row => row.RowPosition));
            keys.AddRange(part.Rows.Select(row => row.Key));
            from = part.Next;
        }
        Assert.Equal(whole.Rows.Select(row => row.Key), keys);
    }

    [Fact]
    public async Task A_row_reads_on_without_gap_or_repeat_and_keeps_its_place()
    {
        var first = (await HomeAsync(perRow: 8)).Page!.Rows.Single(row => row.Key == "genre:Drama");
        var titles = first.Titles.Select(title => title.Title.Slug).ToList();
        for (var next = first.Next; next is { } from;)
        {
            var part = (await RowAsync("genre:Drama", from)).Row!;
            Assert.Equal(first.RowPosition, part.RowPosition);
            Assert.Equal(from, part.Titles[0].Position);
            titles.AddRange(part.Titles.Select(title => title.Title.Slug));
            next = part.Next;
        }
        Assert.Equal(first.Total, titles.Count);
        Assert.Equal((await _studio.CatalogueAsync()).FindShelf("genre:Drama")!.Titles.Select(title => title.Slug), titles);
    }

    [Fact]
    public async Task Past_the_end_of_a_row_nothing_is_left()
    {
        var part = (await RowAsync("recent", int.MaxValue - 3)).Row!;
        Assert.Empty(part.Titles);
        Assert.Null(part.Next);
        Assert.Null((await RowAsync("genre:Nonesuch", 0)).Row);
        Assert.Null((await RowAsync("recent", -1)).Row);
    }

    [Fact]
    public async Task What_the_viewer_began_comes_first_with_how_far_they_are()
    {
        await PlayAsync(2500);
        var first = (await HomeAsync()).Page!.Rows[0];
        Assert.Equal(("continue", 1), (first.Key, first.RowPosition));
        var shown = Assert.Single(first.Titles);
        Assert.Equal(0.5, shown.Watched);
        Assert.Equal(2, (await RowAsync("new", 0)).Row!.RowPosition);
    }

    [Fact]
    public async Task The_latest_play_decides_and_an_end_or_a_beginning_is_nothing_to_continue()
    {
        await PlayAsync(2500, minutesAgo: 10);
        await PlayAsync(5000, finished: true, minutesAgo: 5);
        Assert.NotEqual("continue", (await HomeAsync()).Page!.Rows[0].Key);
        await PlayAsync(0, minutesAgo: 1);
        Assert.NotEqual("continue", (await HomeAsync()).Page!.Rows[0].Key);
    }

    [Fact]
    public async Task Another_accounts_profile_gets_no_page()
    {
        var stranger = _studio.Scratch.Viewer;
        Assert.Null((await _studio.RunAsync<GetHomePage, GetHomePageResult>(
            home => home.HandleAsync(new(_studio.Profile.Id), stranger, CancellationToken.None))).Page);
        Assert.Null((await _studio.RunAsync<GetHomeRow, GetHomeRowResult>(
            row => row.HandleAsync(new(_studio.Profile.Id, "recent", 0), stranger, CancellationToken.None))).Row);
        Assert.Null((await _studio.RunAsync<GetTitlePage, GetTitlePageResult>(
            title => title.HandleAsync(new(_studio.Profile.Id, _studio.Film.Slug), stranger, CancellationToken.None))).Title);
    }

    [Fact]
    public async Task An_empty_catalogue_is_an_empty_page()
    {
        await using var empty = await ScratchStudio.OpenAsync();
        var snapshot = await empty.Get<LiveCatalogue>().CurrentAsync(CancellationToken.None);
        Assert.Empty(snapshot.Shelves);
        Assert.Null(snapshot.Hero);
        Assert.Equal(0, snapshot.Count);
    }

    [Fact]
    public async Task A_title_page_tells_where_the_viewer_is_and_what_is_like_it()
    {
        await PlayAsync(1200);
        var page = await _studio.RunAsync<GetTitlePage, GetTitlePageResult>(
            title => title.HandleAsync(new(_studio.Profile.Id, _studio.Film.Slug), _studio.Viewer, CancellationToken.None));
        Assert.Equal(1200, page.ResumeMs);
        Assert.Equal(("more", "genre-1"), (page.More!.Key, page.More.Policy));
        Assert.Equal(20, page.More.Titles.Count);
    }
}
