using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Audience.Catalogue;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Audience.Events;

/// <summary>An impression as a page reports it: the id that the server gave, and what the id stands for.</summary>
/// <param name="Id">The id.</param>
/// <param name="Claim">What was shown, where and with what odds.</param>
public sealed record ReportedImpression(Guid Id, ImpressionClaim Claim);

/// <summary>Titles that a viewer saw.</summary>
/// <param name="ProfileId">The viewer; every impression is for this one.</param>
/// <param name="Impressions">1 to <see cref="RecordImpressions.MaxBatch"/>.</param>
public sealed record RecordImpressionsRequest(Guid ProfileId, IReadOnlyList<ReportedImpression> Impressions);

/// <summary>What was recorded.</summary>
/// <param name="Refusal">Why nothing was; none where the batch was taken.</param>
public sealed record RecordImpressionsResult(string? Refusal)
{
    /// <summary>Impressions that are now on record for the first time.</summary>
    public int Stored { get; init; }

    /// <summary>Impressions that were on record before: reported again.</summary>
    public int Known { get; init; }

    /// <summary>Impressions that are not taken, with the reason.</summary>
    public IReadOnlyList<RejectedImpression> Rejected { get; init; } = [];
}

/// <summary>An impression that was not taken.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Reason">Why.</param>
public sealed record RejectedImpression(Guid Id, string Reason);

/// <summary>Records that titles were seen, by the server's clock. The answer comes after they are stored.</summary>
/// <param name="db">Records.</param>
/// <param name="catalogue">The titles there are.</param>
/// <param name="seal">Tells what the server issued.</param>
/// <param name="writer">Stores.</param>
/// <param name="clock">The time on record.</param>
public sealed class RecordImpressions(AnswerprintDb db, LiveCatalogue catalogue, ImpressionSeal seal, EventWriter writer, TimeProvider clock)
{
    /// <summary>Impressions in one report at most.</summary>
    public const int MaxBatch = 200;

    /// <summary>How long after a page was laid out its impressions are taken.</summary>
    public static TimeSpan MaxAge { get; } = TimeSpan.FromHours(24);

    private const int MaxText = 120;

    /// <summary>Records a batch. An impression that the server did not issue is rejected; the rest of the batch is stored.</summary>
    public async Task<RecordImpressionsResult> HandleAsync(RecordImpressionsRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (request.Impressions.Count is 0 or > MaxBatch)
            return new($"a report holds 1 to {MaxBatch} impressions, not {request.Impressions.Count}");
        if (!await ProfileCheck.BelongsAsync(db, request.ProfileId, actor, cancellationToken)) return new("this profile is not one of your account");

        var (snapshot, nowMs) = (await catalogue.CurrentAsync(cancellationToken), clock.GetUtcNow().ToUnixTimeMilliseconds());
        var taken = new List<ReportedImpression>(request.Impressions.Count);
        var rejected = new List<RejectedImpression>();
        foreach (var impression in request.Impressions)
        {
            if (Fault(impression, request.ProfileId, snapshot, nowMs) is { } fault) rejected.Add(new(impression.Id, fault));
            else taken.Add(impression);
        }
        var distinct = taken.DistinctBy(impression => impression.Id).ToList();
        var stored = distinct.Count == 0 ? 0 : await writer.WriteAsync((store, token) => InsertAsync(store, distinct, nowMs, token), cancellationToken);
        return new((string?)null) { Stored = stored, Known = taken.Count - stored, Rejected = rejected };
    }

    private string? Fault(ReportedImpression impression, Guid profileId, CatalogueSnapshot snapshot, long nowMs)
    {
        var claim = impression.Claim;
        if (claim.ProfileId != profileId) return "it is another profile's";
        if (!(claim.Probability is > 0 and <= 1)) return "its probability is not above 0 and at most 1";
        if (claim.Row.Length is 0 or > MaxText || claim.Policy.Length is 0 or > MaxText) return $"its row and policy have 1 to {MaxText} characters";
        if (claim.View.IssuedAtMs > nowMs + 1000 || claim.View.IssuedAtMs < nowMs - (long)MaxAge.TotalMilliseconds) return "its page is too old";
        if (seal.IdOf(claim) != impression.Id) return "it is not what the server issued";
        return snapshot.FindTitle(claim.TitleId) is null ? "there is no such title" : null;
    }

    private static async Task<int> InsertAsync(AnswerprintDb db, List<ReportedImpression> impressions, long atMs, CancellationToken cancellationToken)
    {
        var stored = 0;
        foreach (var (id, claim) in impressions)
        {
            stored += await db.Database.ExecuteSqlAsync($"""
                INSERT INTO impressions ("Id", "ProfileId", "TitleId", "ArtworkId", "Row", "RowPosition", "Position", "Probability", "Policy", "AtMs")
                VALUES ({id}, {claim.ProfileId}, {claim.TitleId}, {claim.ArtworkId}, {claim.Row}, {claim.RowPosition}, {claim.Position},
                        {claim.Probability}, {claim.Policy}, {atMs})
                ON CONFLICT ("Id") DO NOTHING
                """, cancellationToken);
        }
        return stored;
    }
}
