using Answerprint.Platform.Audience.Contracts;
using Answerprint.Platform.Audience.Events;
using Answerprint.Platform.Audience.Pages;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Tests.Audience;

public sealed class EventTests : IAsyncLifetime
{
    private PublishedStudio _studio = null!;

    public async Task InitializeAsync() => _studio = await PublishedStudio.OpenAsync();

    public async Task DisposeAsync() => await _studio.DisposeAsync();

    private async Task<List<ReportedImpression>> ShownAsync()
    {
        var page = (await _studio.RunAsync<GetHomePage, GetHomePageResult>(
            home => home.HandleAsync(new(_studio.Profile.Id), _studio.Viewer, CancellationToken.None))).Page!;
        return [.. page.Rows.SelectMany(row => row.Titles.Select(shown => new ReportedImpression(shown.ImpressionId, new(
            _studio.Profile.Id, shown.Title.Id, shown.Artwork?.ArtworkId, row.Key, row.RowPosition, shown.Position, shown.Probability, row.Policy, row.View))))];
    }

    private Task<RecordImpressionsResult> ReportAsync(params IReadOnlyList<ReportedImpression> impressions) =>
        _studio.RunAsync<RecordImpressions, RecordImpressionsResult>(
            record => record.HandleAsync(new(_studio.Profile.Id, impressions), _studio.Viewer, CancellationToken.None));

    private Task<RecordPlayResult> PlayAsync(RecordPlayRequest play) => _studio.RunAsync<RecordPlay, RecordPlayResult>(
        record => record.HandleAsync(play, _studio.Viewer, CancellationToken.None));

    private RecordPlayRequest NewPlay() => new(Guid.CreateVersion7(), _studio.Profile.Id, _studio.Film.Id, 0, 0);

    private Task<Play> StoredAsync(Guid id) => _studio.RunAsync<AnswerprintDb, Play>(db => db.Set<Play>().SingleAsync(play => play.Id == id));

    [Fact]
    public async Task What_was_shown_is_stored_once_by_the_servers_clock()
    {
        var shown = (await ShownAsync()).Take(5).ToList();
        _studio.Scratch.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(5, (await ReportAsync(shown)).Stored);
        _studio.Scratch.Clock.Advance(TimeSpan.FromSeconds(30));
        var again = await ReportAsync(shown);
        Assert.Equal((0, 5), (again.Stored, again.Known));

        var stored = await _studio.RunAsync<AnswerprintDb, List<Impression>>(db => db.Set<Impression>().OrderBy(impression => impression.Position).ToListAsync());
        Assert.Equal(5, stored.Count);
        Assert.All(stored, impression => Assert.Equal(_studio.Now.AddSeconds(-30).ToUnixTimeMilliseconds(), impression.AtMs));
        Assert.All(stored, impression => Assert.Equal(1.0, impression.Probability));
        Assert.Equal(_studio.Film.Id, stored[0].TitleId);
        Assert.Equal(_studio.Artwork.Id, stored[0].ArtworkId);
        Assert.Equal(("new", 1, "recency-1"), (stored[0].Row, stored[0].RowPosition, stored[0].Policy));
    }

    [Fact]
    public async Task One_report_that_names_an_impression_twice_stores_it_once()
    {
        var shown = await ShownAsync();
        var result = await ReportAsync(shown[0], shown[0]);
        Assert.Equal((1, 1), (result.Stored, result.Known));
    }

    [Fact]
    public async Task An_invented_probability_place_or_id_is_rejected_and_the_rest_is_stored()
    {
        var shown = await ShownAsync();
        var result = await ReportAsync(
            shown[0],
            shown[1] with { Claim = shown[1].Claim with { Probability = 0.01 } },
            shown[2] with { Claim = shown[2].Claim with { Position = 19 } },
            shown[3] with { Id = Guid.NewGuid() },
            shown[4] with { Claim = shown[4].Claim with { Probability = 0 } },
            shown[5] with { Claim = shown[5].Claim with { Probability = double.NaN } },
            shown[6] with { Claim = shown[6].Claim with { Row = "" } },
            shown[7] with { Claim = shown[7].Claim with { ProfileId = Guid.NewGuid() } });
        Assert.Equal(1, result.Stored);
        Assert.Equal(7, result.Rejected.Count);
        Assert.Equal(1, await _studio.CountAsync<Impression>());
    }

    [Fact]
    public async Task An_impression_of_a_page_a_day_old_is_too_late()
    {
        var shown = await ShownAsync();
        _studio.Scratch.Clock.Advance(RecordImpressions.MaxAge);
        Assert.Empty((await ReportAsync(shown[0])).Rejected);
        _studio.Scratch.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Single((await ReportAsync(shown[1])).Rejected);
    }

    [Fact]
    public async Task A_report_of_none_or_of_too_many_is_refused()
    {
        var shown = await ShownAsync();
        Assert.NotNull((await ReportAsync()).Refusal);
        Assert.NotNull((await ReportAsync([.. Enumerable.Repeat(shown[0], RecordImpressions.MaxBatch + 1)])).Refusal);
        Assert.Null((await ReportAsync([.. Enumerable.Repeat(shown[0], RecordImpressions.MaxBatch)])).Refusal);
    }

    [Fact]
    public async Task A_stranger_may_not_report_for_a_profile()
    {
        var shown = await ShownAsync();
        var result = await _studio.RunAsync<RecordImpressions, RecordImpressionsResult>(
            record => record.HandleAsync(new(_studio.Profile.Id, shown), _studio.Scratch.Viewer, CancellationToken.None));
        Assert.NotNull(result.Refusal);
        Assert.Equal(0, await _studio.CountAsync<Impression>());
    }

    [Fact]
    public async Task Reports_that_come_together_share_transactions_and_lose_nothing()
    {
        var shown = await ShownAsync();
        var writer = _studio.Scratch.Get<EventWriter>();
        var results = await Task.WhenAll(shown.Select(impression => ReportAsync(impression)));
        Assert.Equal(shown.Count, results.Sum(result => result.Stored));
        Assert.Equal(shown.Count, await _studio.CountAsync<Impression>());
        Assert.InRange(writer.Commits, 1, shown.Count);
    }

    [Fact]
    public async Task A_failing_statement_fails_its_own_request_only()
    {
        var writer = _studio.Scratch.Get<EventWriter>();
        var good = Enumerable.Range(0, 10).Select(_ => writer.WriteAsync((db, token) => db.Database.ExecuteSqlAsync(
            $"""INSERT INTO plays ("Id","ProfileId","TitleId","StartedAtMs","WatchedMs","PositionMs","Finished") VALUES ({Guid.NewGuid()},{Guid.NewGuid()},{Guid.NewGuid()},0,0,0,{false})""", token), CancellationToken.None)).ToList();
        var bad = writer.WriteAsync((db, token) => db.Database.ExecuteSqlRawAsync("INSERT INTO nonesuch VALUES (1)", token), CancellationToken.None);
        Assert.All(await Task.WhenAll(good), rows => Assert.Equal(1, rows));
        await Assert.ThrowsAnyAsync<Exception>(() => bad);
        Assert.Equal(10, await _studio.CountAsync<Play>());
    }

    [Fact]
    public async Task A_play_grows_with_its_beats_and_ends()
    {
        var play = NewPlay();
        Assert.Null((await PlayAsync(play)).Refusal);
        var startedAt = _studio.Now.ToUnixTimeMilliseconds();
        _studio.Scratch.Clock.Advance(TimeSpan.FromSeconds(3));
        await PlayAsync(play with { PositionMs = 3000, WatchedMs = 3000 });
        var half = await StoredAsync(play.Id);
        Assert.Equal((startedAt, 3000L, 3000L, false), (half.StartedAtMs, half.PositionMs, half.WatchedMs, half.Finished));
        await PlayAsync(play with { PositionMs = 5000, WatchedMs = 5000, IsFinished = true });
        var end = await StoredAsync(play.Id);
        Assert.Equal((startedAt, 5000L, 5000L, true), (end.StartedAtMs, end.PositionMs, end.WatchedMs, end.Finished));
    }

    [Fact]
    public async Task Beats_out_of_order_and_repeated_do_not_take_back()
    {
        var play = NewPlay();
        await PlayAsync(play with { PositionMs = 4000, WatchedMs = 4000 });
        await PlayAsync(play with { PositionMs = 2000, WatchedMs = 2000 });
        var stored = await StoredAsync(play.Id);
        Assert.Equal((4000L, 4000L), (stored.PositionMs, stored.WatchedMs));
        Assert.Equal(1, await _studio.CountAsync<Play>());
    }

    [Fact]
    public async Task Time_watched_cannot_outrun_the_clock()
    {
        var play = NewPlay();
        await PlayAsync(play with { WatchedMs = long.MaxValue });
        Assert.Equal(RecordPlay.SlackMs, (await StoredAsync(play.Id)).WatchedMs);
        _studio.Scratch.Clock.Advance(TimeSpan.FromSeconds(10));
        await PlayAsync(play with { WatchedMs = long.MaxValue });
        Assert.Equal(RecordPlay.SlackMs + 10_000, (await StoredAsync(play.Id)).WatchedMs);
    }

    [Fact]
    public async Task An_end_that_was_not_reached_is_no_end_and_a_position_stays_in_the_film()
    {
        var play = NewPlay();
        await PlayAsync(play with { PositionMs = 100, IsFinished = true });
        Assert.False((await StoredAsync(play.Id)).Finished);
        var far = NewPlay();
        await PlayAsync(far with { PositionMs = 1_000_000 });
        Assert.Equal(5000, (await StoredAsync(far.Id)).PositionMs);
    }

    [Fact]
    public async Task A_play_keeps_the_impression_that_led_to_it_only_if_there_is_one()
    {
        var shown = (await ShownAsync())[0];
        var play = NewPlay() with { ImpressionId = shown.Id };
        await PlayAsync(play);
        Assert.Null((await StoredAsync(play.Id)).ImpressionId);
        await ReportAsync(shown);
        await PlayAsync(play with { PositionMs = 10, WatchedMs = 10 });
        Assert.Equal(shown.Id, (await StoredAsync(play.Id)).ImpressionId);
    }

    [Fact]
    public async Task A_play_that_cannot_be_is_refused_and_leaves_nothing()
    {
        var play = NewPlay();
        Assert.NotNull((await PlayAsync(play with { Id = Guid.Empty })).Refusal);
        Assert.NotNull((await PlayAsync(play with { PositionMs = -1 })).Refusal);
        Assert.NotNull((await PlayAsync(play with { WatchedMs = -1 })).Refusal);
        Assert.NotNull((await PlayAsync(play with { ProfileId = Guid.NewGuid() })).Refusal);
        Assert.NotNull((await PlayAsync(play with { TitleId = Guid.NewGuid() })).Refusal);
        var withoutFootage = (await _studio.CatalogueAsync()).FindTitle("film-001")!.Id;
        Assert.NotNull((await PlayAsync(play with { TitleId = withoutFootage })).Refusal);
        Assert.Equal(0, await _studio.CountAsync<Play>());
    }

    [Fact]
    public async Task Another_viewers_play_cannot_be_changed()
    {
        var play = NewPlay();
        await PlayAsync(play with { PositionMs = 1000, WatchedMs = 1000 });
        var other = new Answerprint.Platform.Accounts.Contracts.ViewerProfile { Id = Guid.CreateVersion7(), AccountId = _studio.Household.Id, Name = "Other" };
        await _studio.Scratch.SaveAsync(other);
        Assert.NotNull((await PlayAsync(play with { ProfileId = other.Id, PositionMs = 5, WatchedMs = 4000 })).Refusal);
        Assert.Equal(1000, (await StoredAsync(play.Id)).PositionMs);
    }

    [Fact]
    public async Task What_waits_is_stored_when_the_program_ends()
    {
        var studio = await PublishedStudio.OpenAsync(5);
        var id = Guid.CreateVersion7();
        var writer = studio.Scratch.Get<EventWriter>();
        var write = writer.WriteAsync((db, token) => db.Database.ExecuteSqlAsync(
            $"""INSERT INTO plays ("Id","ProfileId","TitleId","StartedAtMs","WatchedMs","PositionMs","Finished") VALUES ({id},{id},{id},0,0,0,{true})""", token), CancellationToken.None);
        await writer.DisposeAsync();
        Assert.Equal(1, await write);
        await Assert.ThrowsAnyAsync<System.Threading.Channels.ChannelClosedException>(
            () => writer.WriteAsync((_, _) => Task.FromResult(0), CancellationToken.None));
        await studio.DisposeAsync();
    }
}
