using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Library;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Engines.ComfyUi;

/// <summary>A run of a workflow and what came of it.</summary>
public sealed record ComfyUiRun(Job Job, IReadOnlyList<AssetLook> Pictures);

/// <summary>Reads what the pages of ComfyUI show beside the workflows.</summary>
internal sealed class ComfyUiReader(AnswerprintDb db)
{
    private const int MostPictures = 60;
    private const int MostRuns = 12;

    public Task<List<Production>> ProductionsAsync(CancellationToken cancellationToken) => db.Set<Production>().AsNoTracking().OrderBy(production => production.Code).ToListAsync(cancellationToken);

    /// <summary>The newest stills of a production that may be used.</summary>
    public Task<IReadOnlyList<AssetLook>> StillsAsync(Guid production, CancellationToken cancellationToken) => NewestAsync(production, [AssetKind.Still, AssetKind.Artwork], cancellationToken);

    /// <summary>Its newest videos.</summary>
    public Task<IReadOnlyList<AssetLook>> VideosAsync(Guid production, CancellationToken cancellationToken) => NewestAsync(production, [AssetKind.Video], cancellationToken);

    private async Task<IReadOnlyList<AssetLook>> NewestAsync(Guid production, AssetKind[] kinds, CancellationToken cancellationToken)
    {
        var stills = await db.Set<Asset>().AsNoTracking()
            .Where(asset => asset.ProductionId == production && kinds.Contains(asset.Kind) && asset.State == AssetState.Active)
            .OrderByDescending(asset => asset.CreatedAt).ThenBy(asset => asset.Id).Take(MostPictures).ToListAsync(cancellationToken);
        var looks = await AssetLook.LoadAsync(db, stills, cancellationToken);
        return [.. stills.Select(asset => looks[asset.Id])];
    }

    /// <summary>The newest runs, of one workflow or of all.</summary>
    public async Task<IReadOnlyList<ComfyUiRun>> RunsAsync(Guid? workflow, CancellationToken cancellationToken)
    {
        var query = db.Set<Job>().AsNoTracking().Where(job => job.Recipe == "comfyui");
        if (workflow is { } id) query = query.Where(job => job.ParametersJson.Contains(id.ToString()));
        var jobs = await query.OrderByDescending(job => job.CreatedAt).Take(MostRuns).ToListAsync(cancellationToken);
        var ids = jobs.ConvertAll(job => job.Id);
        var made = await db.Set<Asset>().AsNoTracking().Where(asset => asset.JobId != null && ids.Contains(asset.JobId.Value) && (asset.Kind == AssetKind.Still || asset.Kind == AssetKind.Video))
            .OrderBy(asset => asset.Id).ToListAsync(cancellationToken);
        var looks = await AssetLook.LoadAsync(db, made, cancellationToken);
        return [.. jobs.Select(job => new ComfyUiRun(job, [.. made.Where(asset => asset.JobId == job.Id).Select(asset => looks[asset.Id])]))];
    }
}
