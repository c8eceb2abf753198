using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Answerprint.Platform.Studio.Repair.Shots;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Studio.Repair;

/// <summary>What is done to a plate.</summary>
public enum RepairKind
{
    /// <summary>What a mask covers is made from the rest.</summary>
    Fill,

    /// <summary>The picture goes on beyond its edges.</summary>
    Extend,

    /// <summary>The picture takes another shape; nothing is stretched.</summary>
    Retarget,
}

/// <summary>A wish for the repair of a still, a frame for finals, or a frame of a video.</summary>
/// <param name="AssetId">The picture.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Use">What the result is for.</param>
public sealed record RequestRepairRequest(Guid AssetId, RepairKind Kind, Use Use)
{
    /// <summary>The painted mask of a fill.</summary>
    public Guid? MaskId { get; init; }

    /// <summary>A fill of the whole shot rather than of one frame: footage, or a sequence, whose camera stands still.</summary>
    public bool WholeShot { get; init; }

    /// <summary>Of a whole shot: masks painted on keyframes, in any order; where there are none, <see cref="MaskId"/> holds for all frames.</summary>
    public IReadOnlyList<ShotMask> Keyframes { get; init; } = [];

    /// <summary>Of a whole shot: what the masks cover passes by, so other frames show what is behind it. Otherwise it stays, and is made from the rest of each frame.</summary>
    public bool Passing { get; init; }

    /// <summary>Pixels added on the left, top, right and bottom of an extension; each 0 or more.</summary>
    public (int Left, int Top, int Right, int Bottom) Margins { get; init; }

    /// <summary>Width of a retarget, in pixels.</summary>
    public int Width { get; init; }

    /// <summary>Height of a retarget, in pixels.</summary>
    public int Height { get; init; }

    /// <summary>Frame of a video, from 0; ignored for stills.</summary>
    public long Frame { get; init; }

    /// <summary>Whether each made pixel is one source pixel, never an average.</summary>
    public bool Copy { get; init; }

    /// <summary>Seed, 0 to 2^53.</summary>
    public long Seed { get; init; }

    /// <summary>What only the person who asks can say.</summary>
    public Declarations Declarations { get; init; } = new() { Alteration = "asRecorded" };

    /// <summary>Run finished work again, to show that it gives the same pixels.</summary>
    public bool Again { get; init; }
}

/// <summary>A mask on a keyframe of a shot.</summary>
/// <param name="Frame">The frame, from 0; of a sequence the number in its file name.</param>
/// <param name="MaskId">The painted mask.</param>
public sealed record ShotMask(long Frame, Guid MaskId);

/// <summary>Puts a repair on record as a job.</summary>
/// <param name="db">Records.</param>
/// <param name="desk">Takes the job.</param>
public sealed class RequestRepair(AnswerprintDb db, JobDesk desk)
{
    /// <summary>Longest side of a result, in pixels.</summary>
    public const int MaxSide = 8192;

    /// <summary>The name of the recipe that does a kind of repair.</summary>
    public static string RecipeOf(RepairKind kind) => kind switch
    {
        RepairKind.Fill => FillRecipe.RecipeName,
        RepairKind.Extend => ExtendRecipe.RecipeName,
        _ => RetargetRecipe.RecipeName,
    };

    /// <summary>Puts it on record.</summary>
    public async Task<SubmitJobResult> HandleAsync(RequestRepairRequest request, Actor actor, CancellationToken cancellationToken) =>
        await desk.SubmitAsync(await WishAsync(request, cancellationToken), actor, cancellationToken);

    /// <summary>What Clearance would say, with nothing put on record.</summary>
    public async Task<SubmitJobResult> PreviewAsync(RequestRepairRequest request, Actor actor, CancellationToken cancellationToken) =>
        await desk.PreviewAsync(await WishAsync(request, cancellationToken), actor, cancellationToken);

    private async Task<Asked> WishAsync(RequestRepairRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asset = await db.Set<Asset>().AsNoTracking().FirstOrDefaultAsync(asset => asset.Id == request.AssetId, cancellationToken);
        if (asset is null) return Asked.Not($"there is no asset {request.AssetId}");
        if (request.WholeShot) return await new ShotWish(db).OfAsync(request, asset, cancellationToken);
        if (asset.Kind is not (AssetKind.Still or AssetKind.Artwork or AssetKind.Video)) return Asked.Not($"'{asset.Name}' is neither a still nor footage");
        if (asset.State == AssetState.Quarantined) return Asked.Not($"'{asset.Name}' may not be used: {asset.StateReason}");
        if (asset.Kind == AssetKind.Video && (request.Frame < 0 || (asset.Frames > 0 && request.Frame >= asset.Frames))) return Asked.Not($"'{asset.Name}' has frames 0 to {asset.Frames - 1}; {request.Frame} was asked for");
        if (await ObjectionAsync(request, asset, cancellationToken) is { Length: > 0 } objection) return Asked.Not(objection);
        List<SubmitInput> inputs = [new("source", asset.Id)];
        if (request.Kind == RepairKind.Fill) inputs.Add(new("mask", request.MaskId));
        var parameters = Parameters(request);
        if (asset.Kind == AssetKind.Video) parameters["frame"] = request.Frame;
        var verb = request.Kind switch { RepairKind.Fill => "Fill", RepairKind.Extend => "Extend", _ => "Retarget" };
        return Asked.For(new SubmitJob(RecipeOf(request.Kind), asset.ProductionId, $"{verb} {asset.Name}", inputs, parameters, request.Seed, request.Use, request.Declarations) { Priority = 10, Again = request.Again });
    }

    private async Task<string> ObjectionAsync(RequestRepairRequest request, Asset asset, CancellationToken cancellationToken)
    {
        if (request.Seed is < 0 or > 1L << 53) return $"the seed {request.Seed} is not 0 to 2^53";
        var (left, top, right, bottom) = request.Margins;
        switch (request.Kind)
        {
            case RepairKind.Fill:
                if (request.MaskId is not { } id) return "paint a mask over what is to be filled";
                return await db.Set<Painting>().AnyAsync(painting => painting.AssetId == id && painting.Kind == PaintingKind.Mask, cancellationToken) ? "" : $"there is no mask {id}";
            case RepairKind.Extend:
                if (Math.Min(Math.Min(left, right), Math.Min(top, bottom)) < 0 || left + top + right + bottom == 0) return "say how many pixels are added, at one side at least";
                return Math.Max((long)asset.Width + left + right, (long)asset.Height + top + bottom) > MaxSide ? $"the result would be larger than {MaxSide} pixels on a side" : "";
            default:
                return request.Width is < 8 or > MaxSide || request.Height is < 8 or > MaxSide ? $"{request.Width} x {request.Height} is not 8 to {MaxSide} pixels on each side" : "";
        }
    }

    private static JsonObject Parameters(RequestRepairRequest request) => request.Kind switch
    {
        RepairKind.Fill => new() { ["copy"] = request.Copy },
        RepairKind.Extend => new() { ["left"] = request.Margins.Left, ["top"] = request.Margins.Top, ["right"] = request.Margins.Right, ["bottom"] = request.Margins.Bottom, ["copy"] = request.Copy },
        _ => new() { ["width"] = request.Width, ["height"] = request.Height },
    };
}
