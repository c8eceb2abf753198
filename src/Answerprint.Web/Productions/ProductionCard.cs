using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Library;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Productions;

/// <summary>A production at a glance: its latest footage, and how far its shots are.</summary>
public sealed record ProductionCard(Production Production, AssetLook? Look, int Assets, IReadOnlyDictionary<ShotStatus, int> Shots)
{
    public int ShotCount => Shots.Values.Sum();

    public int Finished => Shots.GetValueOrDefault(ShotStatus.Approved) + Shots.GetValueOrDefault(ShotStatus.Published);

    internal static async Task<IReadOnlyList<ProductionCard>> LoadAsync(AnswerprintDb db, int most, CancellationToken cancellationToken)
    {
        var productions = await db.Set<Production>().AsNoTracking().OrderByDescending(production => production.CreatedAt).Take(most).ToListAsync(cancellationToken);
        var ids = productions.ConvertAll(production => production.Id);
        var shots = await (
            from shot in db.Set<Shot>()
            join scene in db.Set<Scene>() on shot.SceneId equals scene.Id
            where ids.Contains(scene.ProductionId)
            group shot by new { scene.ProductionId, shot.Status } into each
            select new { each.Key.ProductionId, each.Key.Status, Count = each.Count() }).ToListAsync(cancellationToken);
        // Footage is shown first: it is what a production looks like.
        var assets = await db.Set<Asset>().AsNoTracking()
            .Where(asset => ids.Contains(asset.ProductionId) && asset.State == AssetState.Active && asset.Kind != AssetKind.Attribution && asset.Kind != AssetKind.Painting && asset.Kind != AssetKind.Model)
            .GroupBy(asset => asset.ProductionId)
            .Select(each => new { each.Key, Count = each.Count(), Last = each.OrderByDescending(asset => asset.Kind == AssetKind.Video).ThenByDescending(asset => asset.CreatedAt).Select(asset => asset.Id).First() })
            .ToDictionaryAsync(each => each.Key, cancellationToken);
        var looks = await AssetLook.LoadAsync(db, assets.Values.Select(each => each.Last), cancellationToken);
        return productions.ConvertAll(production => new ProductionCard(
            production, assets.TryGetValue(production.Id, out var own) ? looks.GetValueOrDefault(own.Last) : null, own?.Count ?? 0,
            shots.Where(row => row.ProductionId == production.Id).ToDictionary(row => row.Status, row => row.Count)));
    }
}
