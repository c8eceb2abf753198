using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Library.Words;

/// <summary>What people wrote of assets: names, tags, owners, the production, its titles, the shot, notes of reviews.</summary>
internal static class AssetText
{
    /// <summary>A text and how much a word in it counts.</summary>
    public readonly record struct Part(string Text, int Weight);

    public static async Task<IReadOnlyDictionary<Guid, List<Part>>> LoadAsync(AnswerprintDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.ToList();
        var assets = await db.Set<Asset>().AsNoTracking().Where(asset => wanted.Contains(asset.Id)).ToListAsync(cancellationToken);
        var productionIds = assets.Select(asset => asset.ProductionId).Distinct().ToList();
        var productions = await db.Set<Production>().AsNoTracking().Where(production => productionIds.Contains(production.Id)).ToDictionaryAsync(production => production.Id, cancellationToken);
        var titles = (await db.Set<Title>().AsNoTracking().Where(title => title.ProductionId != null && productionIds.Contains(title.ProductionId.Value))
            .Select(title => new { title.ProductionId, title.Name }).ToListAsync(cancellationToken)).ToLookup(title => title.ProductionId!.Value, title => title.Name);
        var tags = (await db.Set<LibraryTag>().AsNoTracking().Where(tag => wanted.Contains(tag.AssetId)).ToListAsync(cancellationToken)).ToLookup(tag => tag.AssetId, tag => tag.Tag);
        var shots = (await (
            from version in db.Set<ShotVersion>()
            join shot in db.Set<Shot>() on version.ShotId equals shot.Id
            join scene in db.Set<Scene>() on shot.SceneId equals scene.Id
            where wanted.Contains(version.AssetId)
            select new { version.AssetId, VersionId = version.Id, shot.Code, shot.Description, Scene = scene.Name }).AsNoTracking().ToListAsync(cancellationToken)).ToLookup(shot => shot.AssetId);
        var versionIds = shots.SelectMany(group => group).Select(shot => shot.VersionId).Distinct().ToList();
        var notes = (await db.Set<ReviewNote>().AsNoTracking().Where(note => versionIds.Contains(note.VersionId)).Select(note => new { note.VersionId, note.Text }).ToListAsync(cancellationToken))
            .ToLookup(note => note.VersionId, note => note.Text);

        var texts = new Dictionary<Guid, List<Part>>();
        foreach (var asset in assets)
        {
            var parts = new List<Part> { new(asset.Name, 4), new(asset.FileName, 1), new(asset.Owner, 2), new(asset.Licence, 1), new(asset.Kind.ToString(), 1) };
            parts.AddRange(tags[asset.Id].Select(tag => new Part(tag, 4)));
            if (productions.GetValueOrDefault(asset.ProductionId) is { } production) parts.AddRange([new(production.Code, 1), new(production.Name, 1)]);
            parts.AddRange(titles[asset.ProductionId].Select(title => new Part(title, 1)));
            foreach (var shot in shots[asset.Id])
            {
                parts.AddRange([new(shot.Code, 2), new(shot.Description, 3), new(shot.Scene, 2)]);
                parts.AddRange(notes[shot.VersionId].Select(note => new Part(note, 1)));
            }
            texts[asset.Id] = parts;
        }
        return texts;
    }
}
