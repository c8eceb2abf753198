using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>What draws the pieces.</summary>
public enum CollapseRenderer
{
    /// <summary>Blender's path tracer.</summary>
    Cycles,

    /// <summary>The rasterizer of this program (<see cref="Imaging.Destruction.Raster.DebrisRaster"/>): a fraction of a second a frame, without noise, without bounced light.</summary>
    Raster,
}

/// <summary>How good, and how long it takes.</summary>
/// <param name="Samples">Samples a pixel of the path tracer, 1 to 4,096; the rasterizer always takes 16.</param>
/// <param name="DustCells">Most cells of the dust's grid.</param>
/// <param name="Threads">Threads, 1 or more.</param>
/// <param name="Width">Pixels across of what is made, where the plate is wider; null for the plate's own size.</param>
/// <param name="Layers">Whether every frame is taken apart as well.</param>
/// <param name="Renderer">What draws the pieces.</param>
public sealed record CollapseEffort(int Samples, int DustCells, int Threads, int? Width = null, bool Layers = false, CollapseRenderer Renderer = CollapseRenderer.Cycles)
{
    /// <summary>How wide a draft is.</summary>
    public const int DraftWidth = 640;

    /// <summary>To look at: 640 pixels wide, drawn by the rasterizer.</summary>
    public static CollapseEffort Draft(int threads) => new(16, 400_000, threads, DraftWidth, Renderer: CollapseRenderer.Raster);

    /// <summary>To keep: at the plate's own size.</summary>
    public static CollapseEffort Final(int threads) => new(48, 4_000_000, threads);
}

/// <summary>A frame that is finished.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Picture">In samples like the plate's.</param>
/// <param name="Plate">The frame of the plate that it was made from.</param>
/// <param name="Account">How its pixels came about.</param>
/// <param name="Key">Changes with everything that the frame was made from.</param>
/// <param name="Layers">The frame taken apart, where that was asked for.</param>
public sealed record CollapsePicture(int Number, Picture Picture, PlateFrame Plate, CollapseAccount Account, string Key = "", CollapseLayerSet? Layers = null);

/// <summary>How far a collapse is.</summary>
/// <param name="Share">Of the work, 0 to 1.</param>
/// <param name="Phase">What is being done, in words.</param>
public readonly record struct CollapseProgress(double Share, string Phase);

/// <summary>A shot that is finished.</summary>
/// <param name="Scene">The collapse as it was made: with its frames and rate, in pixels of the size that was made.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="BlenderCpu">Processor time of Blender.</param>
/// <param name="Accounts">How the pixels of every frame came about, those that were there before included.</param>
public sealed record CollapseMade(CollapseScene Scene, int Width, int Height, TimeSpan BlenderCpu, IReadOnlyList<CollapseAccount> Accounts);

/// <summary>A building comes down in a plate: clean plate, fall, dust and composite, frame by frame.</summary>
public sealed class CollapseShot(MediaOptions media)
{
    /// <summary>Where the work of this process is done: away from the caller's thread, or in a turn that counts its processor time.</summary>
    public Func<Action, CancellationToken, Task> Compute { get; init; } = Task.Run;

    /// <summary>What is known of a frame that a run before finished: asked with its number, from 1, and its key; null where it is to be made.</summary>
    public Func<int, string, CollapseAccount?> Finished { get; init; } = static (_, _) => null;

    /// <summary>Makes the shot.</summary>
    /// <param name="scene">What falls and how, in pixels of the plate.</param>
    /// <param name="plate">The plate; it stays open.</param>
    /// <param name="folder">Where intermediate files go and stay: a second run with the same scene renders only what is missing.</param>
    /// <param name="effort">How good.</param>
    /// <param name="done">Takes each frame, in order.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancellationToken">Stops Blender and the rest within a second.</param>
    /// <exception cref="CollapseException">It cannot be made; in words.</exception>
    /// <exception cref="ArgumentException">The scene does not fit the plate; in words.</exception>
    public async Task<CollapseMade> RunAsync(CollapseScene scene, CollapsePlate plate, string folder, CollapseEffort effort, Func<CollapsePicture, Task> done,
        IProgress<CollapseProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(plate);
        ArgumentNullException.ThrowIfNull(effort);
        ArgumentNullException.ThrowIfNull(done);
        scene = scene.Timed(plate.Frames, plate.Rate.IsUnknown ? null : plate.Rate.ToDouble());
        scene = await SnappedAsync(scene, plate, cancellationToken);
        if (scene.IsRemoval) return await RemoveAsync(scene, plate, effort, done, progress, cancellationToken);
        // The fall is that of the plate's own size, whatever size is made: what a draft shows, the final shows.
        var (whole, wholeSize) = (CollapseStage.Of(scene, plate.Width, plate.Height), (plate.Width, plate.Height));
        (scene, plate) = Fit(scene, plate, effort);
        await using var run = new CollapseRun(scene, plate, effort, folder, media, Compute, (share, phase) => progress?.Report(new CollapseProgress(share, phase)));
        await run.PrepareAsync(whole, wholeSize, cancellationToken);
        var (keys, accounts) = (new string[scene.Frames], new CollapseAccount?[scene.Frames]);
        for (var i = 0; i < scene.Frames; i++)
        {
            keys[i] = await run.KeyAsync(i, cancellationToken);
            accounts[i] = Finished(i + 1, keys[i]);
        }
        var last = Array.FindLastIndex(accounts, account => account is null);
        await run.BlendAsync(Array.FindIndex(accounts, account => account is null), last, cancellationToken);
        while (run.Frame <= last)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (index, number) = (run.Frame, run.Frame + 1);
            await run.StepAsync(cancellationToken);
            if (accounts[index] is not null) continue;
            var made = await run.MakeAsync(index, keys[index], cancellationToken);
            accounts[index] = made.Account;
            await done(made);
            run.TellMade(number);
        }
        return new CollapseMade(scene, plate.Width, plate.Height, await run.BlenderCpuAsync(), [.. accounts.Select(account => account!.Value)]);
    }

    /// <summary>The collapse with its outline brought to the edges of the plate, at the plate's own size: what is made smaller is cut alike.</summary>
    private async Task<CollapseScene> SnappedAsync(CollapseScene scene, CollapsePlate plate, CancellationToken cancellationToken)
    {
        if (!scene.Building.Snaps) return scene;
        CollapseStage.CheckPlaces(scene, plate.Width, plate.Height);
        var picture = (await plate.FrameAsync(scene.ReferenceFrame - 1, cancellationToken)).Picture;
        var snapped = scene;
        await Compute(() => snapped = scene with { Building = scene.Building with { Silhouette = OutlineSnap.Silhouette(scene, picture) } }, cancellationToken);
        return snapped;
    }

    private async Task<CollapseMade> RemoveAsync(
        CollapseScene scene, CollapsePlate plate, CollapseEffort effort, Func<CollapsePicture, Task> done, IProgress<CollapseProgress>? progress, CancellationToken cancellationToken)
    {
        CollapseStage.CheckPlaces(scene, plate.Width, plate.Height);
        var (fitted, small) = Fit(scene, plate, effort);
        return await new Removal(fitted, small, effort, Compute).RunAsync(Finished, done, (share, phase) => progress?.Report(new CollapseProgress(share, phase)), cancellationToken);
    }

    /// <summary>The collapse and the plate at the size that is wanted.</summary>
    private static (CollapseScene Scene, CollapsePlate Plate) Fit(CollapseScene scene, CollapsePlate plate, CollapseEffort effort)
    {
        if (effort.Width is not { } width || width >= plate.Width) return (scene, plate);
        var small = new SmallerPlate(plate, width, effort.Threads);
        return (scene.Scaled((double)small.Width / plate.Width, (double)small.Height / plate.Height), small);
    }
}
