using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Home;
using Answerprint.Web.Library;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Productions;

/// <summary>A production with its scenes and shots, what is being done for it, and what lies in its library without a shot.</summary>
public sealed record ProductionModel(
    Production Production, IReadOnlyList<ProductionModel.SceneRow> Scenes, IReadOnlyList<Job> Active, IReadOnlyList<AssetLook> Loose, int LooseCount, bool MayPlan, bool MayIngest)
{
    private const int MostLoose = 12;

    public IEnumerable<ShotRow> Shots => Scenes.SelectMany(scene => scene.Shots);

    public int Count(ShotStatus status) => Shots.Count(shot => shot.Shot.Status == status);

    public sealed record SceneRow(Scene Scene, IReadOnlyList<ShotRow> Shots);

    public sealed record ShotRow(Shot Shot, ShotVersion? Latest, AssetLook? Look, int Notes);

    internal static async Task<ProductionModel> LoadAsync(AnswerprintDb db, Production production, Actor actor, CancellationToken cancellationToken)
    {
        var scenes = await db.Set<Scene>().AsNoTracking().Where(scene => scene.ProductionId == production.Id).OrderBy(scene => scene.Code).ToListAsync(cancellationToken);
        var sceneIds = scenes.ConvertAll(scene => scene.Id);
        var shots = await db.Set<Shot>().AsNoTracking().Where(shot => sceneIds.Contains(shot.SceneId)).OrderBy(shot => shot.Code).ToListAsync(cancellationToken);
        var shotIds = shots.ConvertAll(shot => shot.Id);
        var versions = await db.Set<ShotVersion>().AsNoTracking().Where(version => shotIds.Contains(version.ShotId)).ToListAsync(cancellationToken);
        var latest = versions.GroupBy(version => version.ShotId).ToDictionary(each => each.Key, each => each.MaxBy(version => version.Number)!);
        var latestIds = latest.Values.Select(version => version.Id).ToList();
        var notes = await db.Set<ReviewNote>().Where(note => latestIds.Contains(note.VersionId)).GroupBy(note => note.VersionId)
            .Select(each => new { each.Key, Count = each.Count() }).ToDictionaryAsync(each => each.Key, each => each.Count, cancellationToken);

        var taken = versions.Select(version => version.AssetId).ToHashSet();
        var loose = (await db.Set<Asset>().AsNoTracking()
                .Where(asset => asset.ProductionId == production.Id && asset.State == AssetState.Active && asset.Kind != AssetKind.Attribution && asset.Kind != AssetKind.Painting && asset.Kind != AssetKind.Model && asset.Kind != AssetKind.Artwork)
                .OrderByDescending(asset => asset.CreatedAt).Take(500).ToListAsync(cancellationToken))
            .Where(asset => !taken.Contains(asset.Id)).ToList();
        var looks = await AssetLook.LoadAsync(db, latest.Values.Select(version => version.AssetId).Concat(loose.Take(MostLoose).Select(asset => asset.Id)), cancellationToken);
        var active = await db.Set<Job>().AsNoTracking()
            .Where(job => job.ProductionId == production.Id && (job.State == JobState.Running || job.State == JobState.Queued || job.State == JobState.AwaitingClearance))
            .OrderByDescending(job => job.State == JobState.Running).ThenBy(job => job.CreatedAt).Take(20).ToListAsync(cancellationToken);

        ShotRow RowOf(Shot shot)
        {
            var version = latest.GetValueOrDefault(shot.Id);
            return new(shot, version, version is null ? null : looks.GetValueOrDefault(version.AssetId), version is null ? 0 : notes.GetValueOrDefault(version.Id));
        }
        return new(
            production, scenes.ConvertAll(scene => new SceneRow(scene, [.. shots.Where(shot => shot.SceneId == scene.Id).Select(RowOf)])), active,
            [.. loose.Take(MostLoose).Select(asset => looks[asset.Id])], loose.Count, actor.HasAny(ConsoleRoles.Planners), actor.HasAny(ConsoleRoles.Makers));
    }
}
