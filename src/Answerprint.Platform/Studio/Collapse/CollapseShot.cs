using System.Numerics;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Dust;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>How good, and how long it takes.</summary>
/// <param name="Samples">Samples a pixel of the renderer, 1 to 4,096.</param>
/// <param name="DustCells">Most cells of the dust's grid.</param>
/// <param name="Threads">Threads, 1 or more.</param>
/// <param name="Width">Pixels across of what is made, where the plate is wider; null for the plate's own size.</param>
public sealed record CollapseEffort(int Samples, int DustCells, int Threads, int? Width = null)
{
    /// <summary>How wide a draft is.</summary>
    public const int DraftWidth = 640;

    /// <summary>To look at: 640 pixels wide.</summary>
    public static CollapseEffort Draft(int threads) => new(6, 500_000, threads, DraftWidth);

    /// <summary>To keep: at the plate's own size.</summary>
    public static CollapseEffort Final(int threads) => new(48, 4_000_000, threads);
}

/// <summary>A frame that is finished.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Picture">In samples like the plate's.</param>
/// <param name="Plate">The frame of the plate that it was made from.</param>
/// <param name="Account">How its pixels came about.</param>
public sealed record CollapsePicture(int Number, Picture Picture, PlateFrame Plate, CollapseAccount Account);

/// <summary>How far a collapse is.</summary>
/// <param name="Share">Of the work, 0 to 1.</param>
/// <param name="Phase">What is being done, in words.</param>
public readonly record struct CollapseProgress(double Share, string Phase);

/// <summary>A shot that is finished.</summary>
/// <param name="Scene">The collapse as it was made: with its frames and rate, in pixels of the size that was made.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="BlenderCpu">Processor time of Blender.</param>
public sealed record CollapseMade(CollapseScene Scene, int Width, int Height, TimeSpan BlenderCpu);

/// <summary>A building comes down in a plate: clean plate, fall, dust and composite, frame by frame.</summary>
public sealed class CollapseShot(MediaOptions media)
{
    // Where the foreground is taken to stand, as a share of the way to the building.
    private const float Foreground = 0.85f;

    /// <summary>Where the work of this process is done: away from the caller's thread, or in a turn that counts its processor time.</summary>
    public Func<Action, CancellationToken, Task> Compute { get; init; } = Task.Run;

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
        (scene, plate) = Fit(scene, plate, effort);
        var stage = CollapseStage.Of(scene, plate.Width, plate.Height);
        Report(0, "Making the clean plate");
        var ground = await CollapseGround.PrepareAsync(scene, plate, effort.Threads, Compute, cancellationToken);
        var still = (await plate.FrameAsync(scene.Failure.Start - 1, cancellationToken)).Picture;
        var texture = "";
        await Compute(() => texture = CollapseTexture.Write(still, plate.Format.Curve, folder), cancellationToken);
        Report(0.03, "Breaking the building");

        var blender = new CollapseBlender(folder, media);
        var size = (plate.Width, plate.Height);
        var job = CollapseJob.Write(scene, stage, Path.Combine(Path.GetFullPath(folder), texture), size, size, effort.Samples, effort.Threads);
        await blender.BuildAsync(job, () => Report(0.06, "Letting it fall"), cancellationToken);
        Report(0.12, "Rendering");
        await blender.RenderAsync(scene.Failure.Start, scene.Frames, frame => Report(0.12 + 0.58 * frame / scene.Frames, $"Rendering, frame {frame} of {scene.Frames}"), cancellationToken);

        var track = DebrisTrack.Read(await File.ReadAllBytesAsync(blender.TrackFile, cancellationToken));
        var first = (await plate.FrameAsync(0, cancellationToken)).Picture;
        var (composite, dust) = (new CollapseComposite(first, plate.Format.Curve, (ulong)scene.Seed, effort.Threads), VolumeOf(scene, stage, effort));
        var camera = new DustCamera(new Vector3(0, (float)stage.CameraHeight, 0), (float)stage.Pitch, (float)stage.FocalLength, plate.Width, plate.Height);
        for (var frame = 1; frame <= scene.Frames; frame++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Compute(() => dust?.Step((float)(1 / scene.Rate), DustEmission.At(track, frame - 1, scene.Rate, scene.Dust), cancellationToken), cancellationToken);
            var source = await plate.FrameAsync(frame - 1, cancellationToken);
            if (frame < scene.Failure.Start)
            {
                await done(new CollapsePicture(frame, source.Picture, source, new CollapseAccount(plate.Width * plate.Height, 0, 0, 0)));
                continue;
            }
            var matter = await ground.FrameAsync(frame - 1, cancellationToken);
            var layers = await CollapseFrames.ReadAsync(blender.FrameFile(frame), plate.Width, plate.Height, media, cancellationToken);
            KeepBefore(layers.Depth, matter.Foreground.Memory.Span, Foreground * (float)stage.Distance);
            CollapsePicture? made = null;
            var number = frame;
            await Compute(() =>
            {
                var cloud = dust is null ? [] : DustRenderer.Render(dust, camera, LightOf(scene), layers.Depth, (float)(number / scene.Rate), (ulong)scene.Seed, effort.Threads, cancellationToken);
                made = new CollapsePicture(number, composite.Make(matter, layers, cloud, number, out var account), source, account);
            }, cancellationToken);
            await done(made!);
            Report(0.7 + 0.3 * frame / scene.Frames, $"Dust and composite, frame {frame} of {scene.Frames}");
        }
        return new CollapseMade(scene, plate.Width, plate.Height, blender.Cpu);

        void Report(double share, string phase) => progress?.Report(new CollapseProgress(share, phase));
    }

    /// <summary>The collapse with its frames and rate, and both at the size that is wanted.</summary>
    private static (CollapseScene Scene, CollapsePlate Plate) Fit(CollapseScene scene, CollapsePlate plate, CollapseEffort effort)
    {
        scene = scene.Timed(plate.Frames, plate.Rate.IsUnknown ? null : plate.Rate.ToDouble());
        if (effort.Width is not { } width || width >= plate.Width) return (scene, plate);
        var small = new SmallerPlate(plate, width, effort.Threads);
        return (scene.Scaled((double)small.Width / plate.Width, (double)small.Height / plate.Height), small);
    }

    /// <summary>Dust behind the foreground is hidden by it, as pieces are.</summary>
    private static void KeepBefore(float[] depth, ReadOnlySpan<byte> foreground, float metres)
    {
        for (var i = 0; i < depth.Length; i++)
            if (foreground[i] > 127) depth[i] = Math.Min(depth[i], metres);
    }

    private static DustVolume? VolumeOf(CollapseScene scene, CollapseStage stage, CollapseEffort effort)
    {
        if (scene.Dust <= 0) return null;
        var outline = scene.Building.Outline.Select(stage.OnFront).ToList();
        var (left, right) = (outline.Min(point => point.X), outline.Max(point => point.X));
        var tall = (float)scene.Building.Height;
        var deep = scene.Building.Shape == BuildingShape.Round ? right - left : (float)scene.Building.Depth;
        var middle = scene.Building.Shape == BuildingShape.Round ? (float)stage.Distance : (float)stage.Distance + deep / 2;
        var (across, up, along) = (right - left + 2.2f * tall, 1.4f * tall, deep + 1.6f * tall);
        // Not behind the camera.
        along = Math.Min(along, 2 * middle - 1);
        var cell = MathF.Cbrt(across * up * along / effort.DustCells);
        return new DustVolume(new Vector3((left + right - across) / 2, 0, -middle - along / 2), cell, Cells(across), Cells(up), Cells(along), (ulong)scene.Seed, effort.Threads);

        int Cells(float metres) => Math.Max(4, (int)(metres / cell));
    }

    private static DustLight LightOf(CollapseScene scene)
    {
        var (azimuth, elevation) = (scene.Light.Azimuth * Math.PI / 180, scene.Light.Elevation * Math.PI / 180);
        var sun = new Vector3((float)(Math.Sin(azimuth) * Math.Cos(elevation)), (float)Math.Sin(elevation), (float)(-Math.Cos(azimuth) * Math.Cos(elevation)));
        return new DustLight(sun, new Vector3(1, 0.87f, 0.69f) * (float)(scene.Light.Sun * 0.2), new Vector3(0.87f, 0.93f, 1.06f) * (float)(scene.Light.Sky * 0.3), new Vector3(0.72f, 0.66f, 0.58f));
    }
}
