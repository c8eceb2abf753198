using System.Text;
using System.Text.Json;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.GreyBox;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>A wish that a building in a plate comes down.</summary>
/// <param name="AssetId">The plate.</param>
/// <param name="Scene">What falls and how, as docs/collapse.md says.</param>
/// <param name="Pass">What is made of it.</param>
/// <param name="Answers">What Clearance has to be told of the plate.</param>
public sealed record RequestCollapseRequest(Guid AssetId, JsonElement Scene, CollapsePass Pass, CollapseAnswers Answers)
{
    /// <summary>The frame of a shot that it begins at, from 0; ignored for stills.</summary>
    public int First { get; init; }

    /// <summary>The shot that the result becomes a version of; none for the shots that the plate is a version of.</summary>
    public Guid? ShotId { get; init; }

    /// <summary>What it is for; none for what its pass is for: a draft for ideation, a final for the cut.</summary>
    public Use? Use { get; init; }

    /// <summary>What only the person who asks can say beside the answers.</summary>
    public Declarations Declarations { get; init; } = new() { Alteration = "asRecorded" };

    /// <summary>Run finished work again, to show that it gives the same pixels.</summary>
    public bool Again { get; init; }
}

/// <summary>Puts a collapse on record as a job, after everything that can be known beforehand was looked at.</summary>
/// <param name="db">Records.</param>
/// <param name="desk">Takes the job.</param>
/// <param name="engine">The 3D program.</param>
public sealed class RequestCollapse(AnswerprintDb db, JobDesk desk, CollapseEngine engine)
{
    /// <summary>What a pass is for where nothing else is said.</summary>
    public static Use UseOf(CollapsePass pass) => pass == CollapsePass.Draft ? Use.Ideation : Use.FinalDeliverable;

    /// <summary>Puts it on record.</summary>
    public async Task<SubmitJobResult> HandleAsync(RequestCollapseRequest request, Actor actor, CancellationToken cancellationToken) =>
        await desk.SubmitAsync(await WishAsync(request, cancellationToken), actor, cancellationToken);

    /// <summary>What Clearance would say, with nothing put on record.</summary>
    public async Task<SubmitJobResult> PreviewAsync(RequestCollapseRequest request, Actor actor, CancellationToken cancellationToken) =>
        await desk.PreviewAsync(await WishAsync(request, cancellationToken), actor, cancellationToken);

    private async Task<Asked> WishAsync(RequestCollapseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asset = await db.Set<Asset>().AsNoTracking().FirstOrDefaultAsync(asset => asset.Id == request.AssetId, cancellationToken);
        if (asset is null) return Asked.Not($"there is no asset {request.AssetId}");
        if (asset.Kind is not (AssetKind.Still or AssetKind.Artwork or AssetKind.Video or AssetKind.Sequence)) return Asked.Not($"'{asset.Name}' is no plate: a still, footage or a sequence of frames is");
        if (asset.State == AssetState.Quarantined) return Asked.Not($"'{asset.Name}' may not be used: {asset.StateReason}");
        if (SceneObjection(request, asset, out var scene) is { Length: > 0 } wrong) return Asked.Not(wrong);
        var use = request.Use ?? UseOf(request.Pass);
        if (request.Pass == CollapsePass.Draft && use is not (Use.Ideation or Use.Temp)) return Asked.Not($"a draft is for ideation or temp; ask for the final pass for {use}");
        if (request.ShotId is { } shot && !await IsOfAsync(shot, asset.ProductionId, cancellationToken)) return Asked.Not($"there is no shot {shot} in this production");
        if (request.Answers.Open() is { Length: > 0 } open) return Asked.Not(open);
        if (!scene!.IsRemoval && await engine.AskAsync(cancellationToken) is { Problem: { Length: > 0 } missing }) return Asked.Not(missing);
        List<SubmitInput> inputs = [new(CollapseRecipe.PlatePart, asset.Id)];
        if (asset.Kind == AssetKind.Sequence)
            inputs.AddRange(await db.Set<SequenceFrame>().AsNoTracking().Where(frame => frame.AssetId == asset.Id).OrderBy(frame => frame.Number).Select(frame => new SubmitInput(CollapseRecipe.FramePart, null, frame.BlobSha256)).ToListAsync(cancellationToken));
        var name = scene.IsRemoval ? $"Take the building out of {asset.Name}" : $"Bring the building down in {asset.Name}";
        var parameters = CollapseParameters.ToJson(request.Scene, request.Pass, IsMoving(asset) ? request.First : 0, request.ShotId);
        return Asked.For(new SubmitJob(CollapseRecipe.RecipeName, asset.ProductionId, name.Length > 300 ? name[..300] : name, inputs, parameters, scene.Seed, use, request.Answers.In(request.Declarations))
        {
            Priority = request.Pass == CollapsePass.Final ? 0 : 10, Again = request.Again,
        });
    }

    /// <summary>Why the scene is none, or does not fit the plate.</summary>
    private static string SceneObjection(RequestCollapseRequest request, Asset plate, out CollapseScene? scene)
    {
        var json = request.Scene;
        scene = null;
        if (IsMoving(plate) && (request.First < 0 || request.First >= plate.Frames)) return $"'{plate.Name}' has frames 0 to {plate.Frames - 1}; the first was to be {request.First}";
        if (json.ValueKind != JsonValueKind.Object) return "a collapse needs its scene: at least building.outline";
        try
        {
            scene = CollapseReader.Read(Encoding.UTF8.GetBytes(json.GetRawText()));
            scene.Timed(IsMoving(plate) ? (int)Math.Min(int.MaxValue, plate.Frames - request.First) : null, null);
            if (scene.IsRemoval) CollapseStage.CheckPlaces(scene, plate.Width, plate.Height);
            else CollapseStage.Of(scene, plate.Width, plate.Height);
            return "";
        }
        catch (Exception error) when (error is SceneFormatException or ArgumentException)
        {
            return Sentence(error);
        }
    }

    /// <summary>What went wrong, without the name of the program's own parameter, which says nothing to the person.</summary>
    internal static string Sentence(Exception error) => error is ArgumentException { ParamName: { } name } ? error.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : error.Message;

    private static bool IsMoving(Asset plate) => plate.Kind is AssetKind.Video or AssetKind.Sequence;

    private Task<bool> IsOfAsync(Guid shotId, Guid productionId, CancellationToken cancellationToken) =>
        (from shot in db.Set<Shot>()
         join one in db.Set<Scene>() on shot.SceneId equals one.Id
         where shot.Id == shotId && one.ProductionId == productionId
         select shot.Id).AnyAsync(cancellationToken);
}
