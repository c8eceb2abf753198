using System.Numerics;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Dust;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Repair;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>How good, and how long it takes.</summary>
/// <param name="Samples">Samples a pixel of the renderer, 1 to 4,096.</param>
/// <param name="DustCells">Most cells of the dust's grid.</param>
/// <param name="Threads">Threads, 1 or more.</param>
public sealed record CollapseEffort(int Samples, int DustCells, int Threads)
{
    /// <summary>To look at.</summary>
    public static CollapseEffort Draft(int threads) => new(6, 500_000, threads);

    /// <summary>To keep.</summary>
    public static CollapseEffort Final(int threads) => new(48, 4_000_000, threads);
}

/// <summary>A frame that is finished.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Pixels">8 bits, sRGB.</param>
/// <param name="Account">How its pixels came about.</param>
public sealed record CollapsePicture(int Number, PixelBuffer<byte> Pixels, CollapseAccount Account);

/// <summary>How far a collapse is.</summary>
/// <param name="Share">Of the work, 0 to 1.</param>
/// <param name="Phase">What is being done, in words.</param>
public readonly record struct CollapseProgress(double Share, string Phase);

/// <summary>A building comes down in a still plate: clean plate, fall, dust and composite, frame by frame.</summary>
public sealed class CollapseShot(MediaOptions media)
{
    // Where the foreground is taken to stand, as a share of the way to the building.
    private const float Foreground = 0.85f;

    /// <summary>Where the work of this process is done: away from the caller's thread, or in a turn that counts its processor time.</summary>
    public Func<Action, CancellationToken, Task> Compute { get; init; } = Task.Run;

    /// <summary>Makes the shot.</summary>
    /// <param name="scene">What falls and how.</param>
    /// <param name="plate">The plate, 8 bits sRGB, three channels.</param>
    /// <param name="plateFile">The same as a file that Blender can open.</param>
    /// <param name="folder">Where intermediate files go and stay: a second run with the same scene renders only what is missing.</param>
    /// <param name="effort">How good.</param>
    /// <param name="done">Takes each frame, in order.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancellationToken">Stops Blender and the rest within a second.</param>
    /// <returns>Processor time of Blender.</returns>
    /// <exception cref="CollapseException">It cannot be made; in words.</exception>
    /// <exception cref="ArgumentException">The scene does not fit the plate; in words.</exception>
    public async Task<TimeSpan> RunAsync(CollapseScene scene, PixelBuffer<byte> plate, string plateFile, string folder, CollapseEffort effort, Func<CollapsePicture, Task> done,
        IProgress<CollapseProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(plate);
        ArgumentNullException.ThrowIfNull(effort);
        ArgumentNullException.ThrowIfNull(done);
        var stage = CollapseStage.Of(scene, plate.Width, plate.Height);
        var (building, foreground) = MasksOf(scene, plate.Width, plate.Height);
        Report(0, "Making the clean plate");
        var clean = plate;
        await Compute(() => clean = CleanPlate(plate, building, effort.Threads, cancellationToken), cancellationToken);
        Report(0.03, "Breaking the building");

        var blender = new CollapseBlender(folder, media);
        var size = (plate.Width, plate.Height);
        await blender.BuildAsync(CollapseJob.Write(scene, stage, Path.GetFullPath(plateFile), size, size, effort.Samples, effort.Threads), () => Report(0.06, "Letting it fall"), cancellationToken);
        Report(0.12, "Rendering");
        await blender.RenderAsync(scene.Failure.Start, scene.Frames, frame => Report(0.12 + 0.58 * frame / scene.Frames, $"Rendering, frame {frame} of {scene.Frames}"), cancellationToken);

        var track = DebrisTrack.Read(await File.ReadAllBytesAsync(blender.TrackFile, cancellationToken));
        var (composite, dust) = (new CollapseComposite(plate, clean, building, foreground, (ulong)scene.Seed), VolumeOf(scene, stage, effort));
        var camera = new DustCamera(new Vector3(0, (float)stage.CameraHeight, 0), (float)stage.Pitch, (float)stage.FocalLength, plate.Width, plate.Height);
        for (var frame = 1; frame <= scene.Frames; frame++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Compute(() => dust?.Step((float)(1 / scene.Rate), DustEmission.At(track, frame - 1, scene.Rate, scene.Dust), cancellationToken), cancellationToken);
            if (frame < scene.Failure.Start)
            {
                await done(new CollapsePicture(frame, plate, new CollapseAccount(plate.Width * plate.Height, 0, 0)));
                continue;
            }
            var layers = await CollapseFrames.ReadAsync(blender.FrameFile(frame), plate.Width, plate.Height, media, cancellationToken);
            KeepBefore(layers.Depth, foreground.Memory.Span, Foreground * (float)stage.Distance);
            CollapsePicture? made = null;
            var number = frame;
            await Compute(() =>
            {
                var cloud = dust is null ? [] : DustRenderer.Render(dust, camera, LightOf(scene), layers.Depth, (float)(number / scene.Rate), (ulong)scene.Seed, effort.Threads, cancellationToken);
                made = new CollapsePicture(number, composite.Make(layers, cloud, number, out var account), account);
            }, cancellationToken);
            await done(made!);
            Report(0.7 + 0.3 * frame / scene.Frames, $"Dust and composite, frame {frame} of {scene.Frames}");
        }
        return blender.Cpu;

        void Report(double share, string phase) => progress?.Report(new CollapseProgress(share, phase));
    }

    /// <summary>Where the building is seen, a little wider than its outline, and what stands before it.</summary>
    private static (PixelBuffer<byte> Building, PixelBuffer<byte> Foreground) MasksOf(CollapseScene scene, int width, int height)
    {
        var (building, foreground) = (One(width, height), One(width, height));
        Outline.Fill(scene.Building.Outline, building);
        foreach (var outline in scene.Foreground) Outline.Fill(outline, foreground);
        var grown = Outline.Grow(building, Math.Clamp(height / 200, 2, 12));
        var mask = grown.Memory.Span;
        var front = foreground.Memory.Span;
        for (var i = 0; i < mask.Length; i++) mask[i] = (byte)(mask[i] * (255 - front[i]) / 255);
        return (grown, foreground);
    }

    private static PixelBuffer<byte> CleanPlate(PixelBuffer<byte> plate, PixelBuffer<byte> building, int threads, CancellationToken cancellationToken)
    {
        var hole = One(plate.Width, plate.Height);
        var to = hole.Memory.Span;
        var seen = building.Memory.Span;
        for (var i = 0; i < to.Length; i++) to[i] = seen[i] > 0 ? (byte)255 : (byte)0;
        var picture = Picture.Create(plate);
        var field = HoleFill.Fill(picture.Features(), hole, new FillOptions { MaxDegreeOfParallelism = threads }, null, cancellationToken);
        return field is null ? plate : ((Picture<byte>)field.Apply(picture, [], threads, cancellationToken)).Pixels;
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

    private static PixelBuffer<byte> One(int width, int height) => new(PixelLayout.Interleaved(width, height, 1));
}
