using System.Numerics;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Dust;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>One run of a collapse: what stays from frame to frame.</summary>
internal sealed class CollapseRun(CollapseScene scene, CollapsePlate plate, CollapseEffort effort, string folder, MediaOptions media, Func<Action, CancellationToken, Task> compute)
{
    // Where the foreground is taken to stand, as a share of the way to the building.
    private const float Foreground = 0.85f;

    private readonly CollapseBlender blender = new(folder, media);
    // Where everything stands on what it is made on: the plate, or the canvas of a moving one.
    private CollapseScene? staged;
    private CollapseStage stage = CollapseStage.Of(scene, plate.Width, plate.Height);
    private (int Width, int Height) canvas = (plate.Width, plate.Height);
    private byte[] job = [];
    private string frames = "", held = "";
    private CollapseGround? ground;
    private CollapseIdentity? identity;
    private CollapseComposite? composite;
    private DebrisTrack? track;
    private DustVolume? dust;
    private CollapseDrawing? drawing;
    private Picture<Half>? light;
    private Vector3 cast = Vector3.One;

    /// <summary>The frame that <see cref="StepAsync"/> comes to next, from 0.</summary>
    public int Frame { get; private set; }

    public TimeSpan BlenderCpu => blender.Cpu;

    /// <summary>Clean plate, plate for Blender, and what all depends on.</summary>
    /// <param name="whole">The stage at the plate's own size.</param>
    /// <param name="size">The plate's own size.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task PrepareAsync(CollapseStage whole, (int Width, int Height) size, CancellationToken cancellationToken)
    {
        ground = await CollapseGround.PrepareAsync(scene, plate, effort.Threads, compute, cancellationToken);
        (staged, canvas) = (ground.Scene, ground.Size);
        stage = CollapseStage.Of(staged, canvas.Width, canvas.Height);
        var (still, curve) = await ground.TextureAsync(cancellationToken);
        var texture = "";
        await compute(() =>
        {
            var linear = PlateLight.Of(still, curve);
            (texture, cast) = (CollapseTexture.Write(still, linear, curve, folder), PlateLight.CastOf(linear));
            if (effort.Renderer == CollapseRenderer.Raster) light = linear;
        }, cancellationToken);
        var file = Path.Combine(Path.GetFullPath(folder), texture);
        // Job and stage count in pixels of the plate's own size; only what is rendered is smaller. The canvas of a moving plate is known at the size that is made alone.
        job = ground.IsPlate
            ? CollapseJob.Write(AtSize(size), whole, cast, file, size, canvas, effort.Samples, effort.Threads)
            : CollapseJob.Write(staged, stage, cast, file, canvas, canvas, effort.Samples, effort.Threads);
        identity = CollapseIdentity.Of(job);
        frames = identity.Frames(scene, effort) + ground.Identity;
    }

    /// <summary>What a frame, counted from 0, depends on.</summary>
    public async Task<string> KeyAsync(int index, CancellationToken cancellationToken)
    {
        if (plate.Kind == PlateKind.Still && held.Length > 0) return held;
        return held = CollapseIdentity.Frame(frames, (await plate.FrameAsync(index, cancellationToken)).Picture);
    }

    /// <summary>Lets the building fall and renders the frames from one to another, where they are missing.</summary>
    /// <param name="first">The first frame that is to be made, from 0; below 0 for none.</param>
    /// <param name="last">The last.</param>
    /// <param name="report">How far it is.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public async Task BlendAsync(int first, int last, Action<double, string> report, CancellationToken cancellationToken)
    {
        if (first < 0) return;
        await blender.BuildAsync(job, identity!, light is null, () => report(light is null ? 0.06 : 0.25, "Letting it fall"), cancellationToken);
        if (light is not null) await compute(() => drawing = CollapseDrawing.Open(blender, job, light, effort), cancellationToken);
        else await RenderAsync(Math.Max(first + 1, scene.Failure.Start), last + 1, report, cancellationToken);
        track = DebrisTrack.Read(await File.ReadAllBytesAsync(blender.TrackFile, cancellationToken));
        var picture = (await plate.FrameAsync(0, cancellationToken)).Picture;
        await compute(() => composite = new CollapseComposite(picture, plate.Format.Curve, (ulong)scene.Seed, effort.Threads), cancellationToken);
        dust = DustStage.VolumeOf(staged!, stage, effort.DustCells, effort.Threads);
    }

    private async Task RenderAsync(int from, int last, Action<double, string> report, CancellationToken cancellationToken)
    {
        report(0.12, "Rendering");
        await blender.RenderAsync(from, last, frame => report(0.12 + 0.58 * frame / scene.Frames, $"Rendering, frame {frame} of {scene.Frames}"), cancellationToken);
        if (effort.Layers) await blender.PassesAsync(from, last, _ => { }, cancellationToken);
    }

    /// <summary>The share of the work that is done before frames are put together: without the path tracer, breaking and falling is about half of it.</summary>
    public double Before => light is null ? 0.7 : 0.5;

    /// <summary>Takes the dust one frame on.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        var index = Frame++;
        if (dust is not null) await compute(() => dust.Step((float)(1 / scene.Rate), DustEmission.At(track!, index, scene.Rate, scene.Dust), cancellationToken), cancellationToken);
    }

    /// <summary>Makes the frame that was stepped to.</summary>
    public async Task<CollapsePicture> MakeAsync(int index, string key, CancellationToken cancellationToken)
    {
        var (source, number) = (await plate.FrameAsync(index, cancellationToken), index + 1);
        if (number < scene.Failure.Start && !effort.Layers) return new CollapsePicture(number, source.Picture, source, new CollapseAccount(plate.Width * plate.Height, 0, 0, 0), key);
        var matter = await ground!.FrameAsync(index, cancellationToken);
        if (number < scene.Failure.Start)
            return new CollapsePicture(number, source.Picture, source, new CollapseAccount(plate.Width * plate.Height, 0, 0, 0), key, new CollapseLayerSet(composite!.Standing(matter), null, null, null));
        var (layers, normal, motion) = drawing is null ? await ReadAsync(number, cancellationToken) : default;
        CollapsePicture? made = null;
        await compute(() =>
        {
            if (drawing is null)
            {
                PutTogether();
                return;
            }
            ((layers, normal, motion), var more) = (drawing.Take(number, cancellationToken), number < scene.Frames);
            if (more) drawing.DrawWhile(number + 1, PutTogether, cancellationToken);
            else PutTogether();
        }, cancellationToken);
        return made!;

        void PutTogether()
        {
            var bare = effort.Layers ? (float[])ground.Seen(index, layers.Depth, 1).Clone() : null;
            KeepBefore(layers.Depth, ground.ForegroundOnCanvas(matter, index).Memory.Span, Foreground * (float)stage.Distance);
            var parts = effort.Layers ? new CollapseParts(plate.Width, plate.Height) : null;
            var cloud = dust is null ? [] : DustRenderer.Render(dust, stage.Camera, DustStage.LightOf(scene, cast), layers.Depth, (float)(number / scene.Rate), (ulong)scene.Seed, effort.Threads, cancellationToken);
            (layers, cloud) = ground.Seen(index, layers, cloud);
            if (effort.Layers) (normal, motion) = (ground.Seen(index, normal!, 3), ground.SeenMotion(index, motion!));
            var picture = composite!.Make(matter, layers, cloud, number, out var account, parts);
            made = new CollapsePicture(number, picture, source, account, key, parts is null ? null : new CollapseLayerSet(parts, bare, normal, motion));
        }
    }

    private async Task<(CollapseLayers Layers, float[]? Normal, float[]? Motion)> ReadAsync(int number, CancellationToken cancellationToken)
    {
        var layers = await CollapseFrames.ReadAsync(blender.FrameFile(number), canvas.Width, canvas.Height, media, effort.Threads, cancellationToken);
        if (!effort.Layers) return (layers, null, null);
        var (normal, motion) = await CollapseFrames.ReadPassesAsync(blender.PassesFile(number), canvas.Width, canvas.Height, media, cancellationToken);
        return (layers, normal, motion);
    }

    private CollapseScene AtSize((int Width, int Height) size) => size == (plate.Width, plate.Height) ? scene : scene.Scaled((double)size.Width / plate.Width, (double)size.Height / plate.Height);

    /// <summary>Dust behind the foreground is hidden by it, as pieces are.</summary>
    private static void KeepBefore(float[] depth, ReadOnlySpan<byte> foreground, float metres)
    {
        for (var i = 0; i < depth.Length; i++)
            if (foreground[i] > 127) depth[i] = Math.Min(depth[i], metres);
    }
}
