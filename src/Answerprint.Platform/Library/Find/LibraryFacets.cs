using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Library.Find;

/// <summary>A value by which the library can be narrowed, and how many assets have it.</summary>
/// <param name="Value">As it is stored.</param>
/// <param name="Text">As it is shown, where that differs.</param>
/// <param name="Count">How many the person may see.</param>
public sealed record Facet(string Value, string Text, int Count);

/// <summary>What the library can be narrowed by.</summary>
public sealed record Facets(
    int Total, IReadOnlyList<Facet> Standings, IReadOnlyList<Facet> Kinds, IReadOnlyList<Facet> Rights, IReadOnlyList<Facet> Productions, IReadOnlyList<Facet> Owners,
    IReadOnlyList<Facet> Licences, IReadOnlyList<Facet> Tags);

/// <summary>Counts what a person may see of the library by each thing that it can be narrowed by.</summary>
public sealed class LibraryFacets
{
    private const int MostValues = 40;
    private readonly AnswerprintDb _db;
    private readonly TimeProvider _clock;
    private readonly FacetCounts _counts;

    internal LibraryFacets(AnswerprintDb db, TimeProvider clock, FacetCounts counts) => (_db, _clock, _counts) = (db, clock, counts);

    /// <summary>Counts.</summary>
    public async Task<Facets> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        var (now, counted) = (_clock.GetUtcNow(), await _counts.OfAsync(_db, actor, cancellationToken));
        var rows = counted.Rows;
        List<Facet> By(Func<FacetCounts.Row, (string Value, string Text)?> of) => [.. rows.Select(row => (Key: of(row), row.Count)).Where(row => row.Key is { Value.Length: > 0 })
            .GroupBy(row => row.Key!.Value).Select(group => new Facet(group.Key.Value, group.Key.Text, group.Sum(row => row.Count)))
            .OrderByDescending(facet => facet.Count).ThenBy(facet => facet.Text, StringComparer.Ordinal).Take(MostValues)];
        // A window opens or ends as time goes by, with no act of anybody's.
        var standings = By(row => Plain(Library.Contracts.Standings.Of(row.State, row.Rights, row.From, row.Until, now)));
        return new Facets(
            rows.Sum(row => row.Count), standings, By(row => Plain(row.Kind)), By(row => Plain(row.Rights)), By(row => counted.Productions.TryGetValue(row.ProductionId, out var production) ? production : null),
            By(row => (row.Owner, row.Owner)), By(row => (row.Licence, row.Licence)), counted.Tags);
    }

    private static (string Value, string Text)? Plain<T>(T value)
        where T : struct, Enum => (value.ToString(), value.ToString());
}
