using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

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
/// <param name="db">Records.</param>
/// <param name="clock">Time, for rights windows.</param>
public sealed class LibraryFacets(AnswerprintDb db, TimeProvider clock)
{
    private const int MostValues = 40;

    /// <summary>Counts.</summary>
    public async Task<Facets> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        var seen = LibraryAccess.Seen(db, actor).Where(asset => asset.Kind != AssetKind.Attribution && asset.Kind != AssetKind.Painting);
        var now = clock.GetUtcNow();
        var rows = await seen.GroupBy(asset => new { asset.Kind, asset.ProductionId, asset.Owner, asset.Licence, asset.Rights, asset.RightsFrom, asset.RightsUntil, asset.State })
            .Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        var productions = await db.Set<Production>().AsNoTracking().Select(production => new { production.Id, production.Code, production.Name }).ToDictionaryAsync(production => production.Id, cancellationToken);
        var tags = await db.Set<LibraryTag>().Where(tag => seen.Any(asset => asset.Id == tag.AssetId)).GroupBy(tag => tag.Tag)
            .Select(group => new { group.Key, Count = group.Count() }).OrderByDescending(tag => tag.Count).ThenBy(tag => tag.Key).Take(MostValues).ToListAsync(cancellationToken);

        List<Facet> By(Func<int, (string Value, string Text)?> of) => [.. Enumerable.Range(0, rows.Count).Select(i => (Key: of(i), rows[i].Count)).Where(row => row.Key is { Value.Length: > 0 })
            .GroupBy(row => row.Key!.Value).Select(group => new Facet(group.Key.Value, group.Key.Text, group.Sum(row => row.Count)))
            .OrderByDescending(facet => facet.Count).ThenBy(facet => facet.Text, StringComparer.Ordinal).Take(MostValues)];
        var standings = By(i => Plain(Library.Contracts.Standings.Of(rows[i].Key.State, rows[i].Key.Rights, rows[i].Key.RightsFrom, rows[i].Key.RightsUntil, now)));
        return new Facets(
            rows.Sum(row => row.Count), standings, By(i => Plain(rows[i].Key.Kind)), By(i => Plain(rows[i].Key.Rights)),
            By(i => productions.GetValueOrDefault(rows[i].Key.ProductionId) is { } production ? (production.Code, production.Name) : null),
            By(i => (rows[i].Key.Owner, rows[i].Key.Owner)), By(i => (rows[i].Key.Licence, rows[i].Key.Licence)), [.. tags.Select(tag => new Facet(tag.Key, tag.Key, tag.Count))]);
    }

    private static (string Value, string Text)? Plain<T>(T value)
        where T : struct, Enum => (value.ToString(), value.ToString());
}
