using System.Text.Json;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.GreyBox.Dressing;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Studio.Look;

/// <summary>A wish for a look.</summary>
/// <param name="ProductionId">The production whose references are used.</param>
/// <param name="Name">What people will call it.</param>
/// <param name="Scene">The grey box, as docs/greybox.md says.</param>
/// <param name="Regions">What regions are dressed in; those that are not named stay grey.</param>
/// <param name="Width">In pixels, 64 to 4096.</param>
/// <param name="Height">In pixels, 64 to 4096.</param>
/// <param name="Seed">0 to 2^53.</param>
/// <param name="Use">What it is for.</param>
/// <param name="Declarations">What only the person who asks can say.</param>
public sealed record RequestLookRequest(
    Guid ProductionId, string Name, JsonElement Scene, IReadOnlyList<LookRegion> Regions, int Width, int Height, long Seed, Use Use, Declarations Declarations);

/// <summary>What a region is dressed in.</summary>
/// <param name="Region">Its name, or <c>sky</c>.</param>
/// <param name="References">1 to 8.</param>
/// <param name="IsPicture">Laid once over the front of each object instead of made into a surface.</param>
/// <param name="KeepLight">Leaves the light that is on the references; otherwise it is evened out.</param>
public sealed record LookRegion(string Region, IReadOnlyList<LookPart> References, bool IsPicture = false, bool KeepLight = false);

/// <summary>A part of an asset.</summary>
/// <param name="Asset">A still, an artwork or a video.</param>
/// <param name="X">Left edge of the part, as a share of the width.</param>
/// <param name="Y">Top edge, as a share of the height.</param>
/// <param name="Width">Its width, as a share.</param>
/// <param name="Height">Its height, as a share.</param>
/// <param name="Metres">How wide the part is in the world.</param>
/// <param name="Frame">Of a video, from 0.</param>
public sealed record LookPart(Guid Asset, double X = 0, double Y = 0, double Width = 1, double Height = 1, double Metres = 1, long Frame = 0);

/// <summary>Puts a look on record as a job.</summary>
/// <param name="db">Records.</param>
/// <param name="desk">Takes the job.</param>
public sealed class RequestLook(AnswerprintDb db, JobDesk desk)
{
    private const int MaxName = 120;
    private static readonly AssetKind[] Kinds = [AssetKind.Still, AssetKind.Artwork, AssetKind.Video];

    /// <summary>Puts it on record.</summary>
    public async Task<SubmitJobResult> HandleAsync(RequestLookRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var assets = request.Regions.SelectMany(region => region.References).Select(part => part.Asset).Distinct().ToList();
        var found = await db.Set<Asset>().AsNoTracking()
            .Where(asset => assets.Contains(asset.Id) && asset.ProductionId == request.ProductionId && asset.State == AssetState.Active && Kinds.Contains(asset.Kind)).Select(asset => asset.Id).ToListAsync(cancellationToken);
        if (assets.Except(found).FirstOrDefault() is var missing && missing != Guid.Empty) return Problem($"asset {missing} is not an active picture or video of this production");
        var wish = new LookParameters(request.Scene, [.. request.Regions.Select(region => new RegionParameters(
            region.Region, region.IsPicture ? DressingFit.Picture : DressingFit.Surface, !region.KeepLight,
            [.. region.References.Select(part => new ReferenceParameters(assets.IndexOf(part.Asset), part.X, part.Y, part.Width, part.Height, part.Metres, part.Frame))]))], request.Width, request.Height);
        try
        {
            if (wish.Problem(wish.ReadScene(), assets.Count) is { Length: > 0 } problem) return Problem(problem);
        }
        catch (SceneFormatException error)
        {
            return Problem(error.Message);
        }
        if (request.Seed is < 0 or > 1L << 53) return Problem($"seed {request.Seed} is outside 0 to 2^53");
        var name = request.Name.Trim();
        if (name.Length is 0 or > MaxName) return Problem($"a name has 1 to {MaxName} characters");
        var job = new SubmitJob(LookRecipe.RecipeName, request.ProductionId, name, [.. assets.Select(id => new SubmitInput("reference", id))], wish.ToJson(), request.Seed, request.Use, request.Declarations) { Priority = 10 };
        return await desk.SubmitAsync(job, actor, cancellationToken);
    }

    private static SubmitJobResult Problem(string problem) => new(null, null, problem, Existing: false);
}
