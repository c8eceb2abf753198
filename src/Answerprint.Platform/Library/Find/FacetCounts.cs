using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Library.Find;

/// <summary>Keeps what was counted of the library until something of it changed: every act stands in the audit, and what a job made is one asset more.</summary>
internal sealed class FacetCounts
{
    private const int MostTags = 40;
    private volatile Counted? _keepers;
    private volatile Counted? _others;

    /// <summary>How many assets have the same of all that they are narrowed by.</summary>
    internal sealed record Row(AssetKind Kind, Guid ProductionId, string Owner, string Licence, RightsKind Rights, DateTimeOffset? From, DateTimeOffset? Until, AssetState State, int Count);

    /// <summary>The counts, and what they were counted at.</summary>
    internal sealed record Counted(long Audit, int Assets, IReadOnlyList<Row> Rows, IReadOnlyDictionary<Guid, (string Code, string Name)> Productions, IReadOnlyList<Facet> Tags);

    public async Task<Counted> OfAsync(AnswerprintDb db, Actor actor, CancellationToken cancellationToken)
    {
        var isKeeper = actor.HasAny([.. LibraryAccess.Keepers]);
        // Read before the counts: what changes meanwhile makes the next request count again.
        var audit = await db.Set<AuditEntry>().MaxAsync(entry => (long?)entry.Number, cancellationToken) ?? 0;
        var assets = await db.Set<Asset>().CountAsync(cancellationToken);
        var known = isKeeper ? _keepers : _others;
        if (known is not null && known.Audit == audit && known.Assets == assets) return known;
        var counted = await CountAsync(db, actor, audit, assets, cancellationToken);
        if (isKeeper) _keepers = counted;
        else _others = counted;
        return counted;
    }

    private static async Task<Counted> CountAsync(AnswerprintDb db, Actor actor, long audit, int assets, CancellationToken cancellationToken)
    {
        var seen = LibraryAccess.Seen(db, actor).Where(asset => asset.Kind != AssetKind.Attribution && asset.Kind != AssetKind.Painting && asset.Kind != AssetKind.Model);
        var rows = await seen.GroupBy(asset => new { asset.Kind, asset.ProductionId, asset.Owner, asset.Licence, asset.Rights, asset.RightsFrom, asset.RightsUntil, asset.State })
            .Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        var productions = await db.Set<Production>().AsNoTracking().Select(production => new { production.Id, production.Code, production.Name }).ToListAsync(cancellationToken);
        var tags = await db.Set<LibraryTag>().Where(tag => seen.Any(asset => asset.Id == tag.AssetId)).GroupBy(tag => tag.Tag)
            .Select(group => new { group.Key, Count = group.Count() }).OrderByDescending(tag => tag.Count).ThenBy(tag => tag.Key).Take(MostTags).ToListAsync(cancellationToken);
        return new Counted(
            audit, assets, rows.ConvertAll(row => new Row(row.Key.Kind, row.Key.ProductionId, row.Key.Owner, row.Key.Licence, row.Key.Rights, row.Key.RightsFrom, row.Key.RightsUntil, row.Key.State, row.Count)),
            productions.ToDictionary(production => production.Id, production => (production.Code, production.Name)), tags.ConvertAll(tag => new Facet(tag.Key, tag.Key, tag.Count)));
    }
}
