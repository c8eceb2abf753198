using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Audience.Events;

/// <summary>How far a viewer is: sent at the start, while it plays and at the end.</summary>
/// <param name="Id">Made by the player, one for each start.</param>
/// <param name="ProfileId">The viewer.</param>
/// <param name="TitleId">The title.</param>
/// <param name="PositionMs">Where the viewer is in the film, in milliseconds from 0.</param>
/// <param name="WatchedMs">How long this play has run, in milliseconds from 0.</param>
/// <param name="IsFinished">Whether the end was reached.</param>
/// <param name="ImpressionId">The impression that led here; none where the viewer came another way.</param>
public sealed record RecordPlayRequest(
    Guid Id, Guid ProfileId, Guid TitleId, long PositionMs, long WatchedMs, bool IsFinished = false, Guid? ImpressionId = null);

/// <summary>Whether it was recorded.</summary>
/// <param name="Refusal">Why not; none where it was.</param>
public sealed record RecordPlayResult(string? Refusal);

/// <summary>Records a start, a beat or an end of a play, by the server's clock. Reports may repeat and arrive out of order.</summary>
/// <param name="db">Records.</param>
/// <param name="catalogue">What can be played.</param>
/// <param name="writer">Stores.</param>
/// <param name="clock">The time on record.</param>
public sealed class RecordPlay(AnswerprintDb db, LiveCatalogue catalogue, EventWriter writer, TimeProvider clock)
{
    /// <summary>What a play may claim to have run beyond the time since its first report, in milliseconds: the first one may be late.</summary>
    public const long SlackMs = 60_000;

    /// <summary>The share of the film that has to be behind a viewer who claims the end.</summary>
    public const double FinishedShare = 0.9;

    /// <summary>Records one report. The answer comes after it is stored.</summary>
    public async Task<RecordPlayResult> HandleAsync(RecordPlayRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (request.Id == Guid.Empty) return new("a play needs an id");
        if (request.PositionMs < 0 || request.WatchedMs < 0) return new("position and time watched are milliseconds from 0");
        if (!await ProfileCheck.BelongsAsync(db, request.ProfileId, actor, cancellationToken)) return new("this profile is not one of your account");
        var title = (await catalogue.CurrentAsync(cancellationToken)).FindTitle(request.TitleId);
        if (title is null) return new("there is no such title");
        if (!title.IsPlayable) return new("this title has no published footage");

        var position = Math.Min(request.PositionMs, title.FilmMs);
        var believed = request with { PositionMs = position, IsFinished = request.IsFinished && position >= title.FilmMs * FinishedShare };
        var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var rows = await writer.WriteAsync((store, token) => UpsertAsync(store, believed, nowMs, token), cancellationToken);
        return new(rows == 0 ? "this play is another viewer's or another title's" : null);
    }

    // Time watched only grows, and not faster than the clock; the position is that of the report that has watched longest.
    private static Task<int> UpsertAsync(AnswerprintDb db, RecordPlayRequest play, long nowMs, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"""
            INSERT INTO plays ("Id", "ProfileId", "TitleId", "ImpressionId", "StartedAtMs", "WatchedMs", "PositionMs", "Finished")
            VALUES ({play.Id}, {play.ProfileId}, {play.TitleId},
                (SELECT "Id" FROM impressions WHERE "Id" = {play.ImpressionId} AND "ProfileId" = {play.ProfileId} AND "TitleId" = {play.TitleId}),
                {nowMs}, {Math.Min(play.WatchedMs, SlackMs)}, {play.PositionMs}, {play.IsFinished})
            ON CONFLICT ("Id") DO UPDATE SET
                "ImpressionId" = COALESCE(plays."ImpressionId", excluded."ImpressionId"),
                "PositionMs" = CASE WHEN {play.WatchedMs} >= plays."WatchedMs" THEN excluded."PositionMs" ELSE plays."PositionMs" END,
                "WatchedMs" = CASE
                    WHEN {play.WatchedMs} <= plays."WatchedMs" THEN plays."WatchedMs"
                    WHEN {play.WatchedMs} > {nowMs} - plays."StartedAtMs" + {SlackMs} THEN {nowMs} - plays."StartedAtMs" + {SlackMs}
                    ELSE {play.WatchedMs} END,
                "Finished" = plays."Finished" OR excluded."Finished"
            WHERE plays."ProfileId" = excluded."ProfileId" AND plays."TitleId" = excluded."TitleId"
            """, cancellationToken);
}
