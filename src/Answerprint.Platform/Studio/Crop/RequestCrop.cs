using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Studio.Crop;

/// <summary>A wish for a crop.</summary>
/// <param name="AssetId">A still or a frame for finals.</param>
/// <param name="X">Left edge, in pixels.</param>
/// <param name="Y">Top edge, in pixels.</param>
/// <param name="Width">At least 1.</param>
/// <param name="Height">At least 1.</param>
/// <param name="Use">What it is for.</param>
public sealed record RequestCropRequest(Guid AssetId, int X, int Y, int Width, int Height, Use Use);

/// <summary>Puts a crop on record as a job.</summary>
/// <param name="db">Records.</param>
/// <param name="desk">Takes the job.</param>
public sealed class RequestCrop(AnswerprintDb db, JobDesk desk)
{
    /// <summary>Puts it on record.</summary>
    public async Task<SubmitJobResult> HandleAsync(RequestCropRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asset = await db.Set<Asset>().AsNoTracking().FirstOrDefaultAsync(asset => asset.Id == request.AssetId, cancellationToken);
        if (asset is null) return new SubmitJobResult(null, null, $"there is no asset {request.AssetId}", Existing: false);
        if (asset.Kind != AssetKind.Still) return new SubmitJobResult(null, null, $"'{asset.Name}' is not a still", Existing: false);
        if (request.Width < 1 || request.Height < 1) return new SubmitJobResult(null, null, $"a crop of {request.Width} x {request.Height} pixels is empty", Existing: false);
        var parameters = new JsonObject { ["x"] = request.X, ["y"] = request.Y, ["width"] = request.Width, ["height"] = request.Height };
        var wish = new SubmitJob(CropRecipe.RecipeName, asset.ProductionId, $"Crop {asset.Name}", [new SubmitInput("source", asset.Id)], parameters, 0, request.Use, new Declarations());
        return await desk.SubmitAsync(wish, actor, cancellationToken);
    }
}
