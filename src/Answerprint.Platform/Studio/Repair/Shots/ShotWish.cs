using System.Text.Json.Nodes;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Studio.Repair.Shots;

/// <summary>Turns the wish to fill a whole shot into a job, or says what is wrong with it.</summary>
internal sealed class ShotWish(AnswerprintDb db)
{
    private const int MaxKeyframes = 100;

    public async Task<Asked> OfAsync(RequestRepairRequest request, Asset asset, CancellationToken cancellationToken)
    {
        if (request.Kind != RepairKind.Fill) return Asked.Not("a whole shot can be filled; extend and retarget take one frame");
        if (asset.Kind is not (AssetKind.Video or AssetKind.Sequence)) return Asked.Not($"'{asset.Name}' is no shot: footage or a sequence of frames is");
        if (asset.State == AssetState.Quarantined) return Asked.Not($"'{asset.Name}' may not be used: {asset.StateReason}");
        if (request.Seed is < 0 or > 1L << 53) return Asked.Not($"the seed {request.Seed} is not 0 to 2^53");
        if (asset.Frames > FillShotRecipe.MaxFrames) return Asked.Not($"'{asset.Name}' has {asset.Frames} frames; a shot has up to {FillShotRecipe.MaxFrames} here. Cut it first");
        var frames = asset.Kind == AssetKind.Video ? [] : await db.Set<SequenceFrame>().AsNoTracking().Where(frame => frame.AssetId == asset.Id).OrderBy(frame => frame.Number).ToListAsync(cancellationToken);
        var (masks, problem) = await MasksAsync(request, asset, frames, cancellationToken);
        if (problem.Length > 0) return Asked.Not(problem);
        List<SubmitInput> inputs = [new("source", asset.Id), .. masks.Select(mask => new SubmitInput("mask", mask.MaskId)), .. frames.Select(frame => new SubmitInput("frame", null, frame.BlobSha256))];
        var parameters = new JsonObject
        {
            ["keyframes"] = new JsonArray([.. masks.Select(mask => (JsonNode)(int)mask.Frame)]), ["passing"] = request.Passing, ["copy"] = request.Copy,
            ["numbers"] = frames.Count == 0 ? null : new JsonArray([.. frames.Select(frame => (JsonNode)frame.Number)]), ["pattern"] = frames.Count == 0 ? null : asset.FileName,
        };
        return Asked.For(new SubmitJob(FillShotRecipe.RecipeName, asset.ProductionId, $"Fill the shot {asset.Name}", inputs, parameters, request.Seed, request.Use, request.Declarations) { Priority = 5, Again = request.Again });
    }

    /// <summary>The masks in order, their frames counted from 0.</summary>
    private async Task<(IReadOnlyList<ShotMask> Masks, string Problem)> MasksAsync(RequestRepairRequest request, Asset asset, List<SequenceFrame> frames, CancellationToken cancellationToken)
    {
        var given = request.Keyframes.Count > 0 ? request.Keyframes : request.MaskId is { } only ? [new ShotMask(frames.Count > 0 ? frames[0].Number : 0, only)] : [];
        if (given.Count is 0 or > MaxKeyframes) return ([], given.Count == 0 ? "paint a mask over what is to be filled" : $"there are {given.Count} masks; up to {MaxKeyframes} are possible");
        var masks = new List<ShotMask>();
        foreach (var mask in given.OrderBy(mask => mask.Frame))
        {
            var index = frames.Count > 0 ? frames.FindIndex(frame => frame.Number == mask.Frame) : mask.Frame;
            if (index < 0 || (frames.Count == 0 && asset.Frames > 0 && index >= asset.Frames))
                return ([], $"'{asset.Name}' has frames {(frames.Count > 0 ? frames[0].Number : 0)} to {(frames.Count > 0 ? frames[^1].Number : asset.Frames - 1)}; a mask is for {mask.Frame}");
            if (masks.Exists(other => other.Frame == index)) return ([], $"there are two masks for frame {mask.Frame}");
            if (!await db.Set<Painting>().AnyAsync(painting => painting.AssetId == mask.MaskId && painting.Kind == PaintingKind.Mask, cancellationToken)) return ([], $"there is no mask {mask.MaskId}");
            masks.Add(new ShotMask(index, mask.MaskId));
        }
        return (masks, "");
    }
}
