using System.Numerics;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Dust;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>One run of a collapse: what stays from frame to frame.</summary>
/// <param name="scene">What falls, with its frames and rate.</param>
/// <param name="plate">The plate, at the size that is made.</param>
/// <param name="effort">How good.</param>
/// <param name="folder">Where intermediate files stay.</param>
/// <param name="media">Programs and limits.</param>
/// <param name="compute">Where this process does its work.</param>
/// <param name="report">Is told how far it is, 0 to 1, in words, by any thread.</param>
internal sealed class CollapseRun(CollapseScene scene, CollapsePlate plate, CollapseEffort effort, string folder, MediaOptions media, Func<Action, CancellationToken, Task> compute, Action<double, string> report) : IAsyncDisposable
{
    // Shares of the work: the clean plate, and of what comes after breaking and falling, rendering. Without the path tracer, breaking and falling is about half of all.
    private const double Prepared = 0.03, Rendering = 0.8;

    private readonly CollapseBlender blender = new(folder, media);
    private readonly Lock telling = new();
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
    private CollapseRendering? rendering;
    private Picture<Half>? light;
    private Vector3 cast = Vector3.One;
    private int rendered, together;

    /// <summary>The frame that <see cref="StepAsync"/> comes to next, from 0.</summary>
    public int Frame { get; private set; }

    /// <summary>Processor time that Blender took; waits until it has ended.</summary>
    public async Task<TimeSpan> BlenderCpuAsync()
    {
        if (rendering is not null) await rendering.CompleteAsync();
        return blender.Cpu;
    }

    /// <summary>Clean plate, plate for Blender, and what all depends on.</summary>
    /// <param name="whole">The stage at the plate's own size.</param>
    /// <param name="size">The plate's own size.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task PrepareAsync(CollapseStage whole, (int Width, int Height) size, CancellationToken cancellationToken)
    {
        report(0, "Making the clean plate");
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

    /// <summary>Lets the building fall and begins to render the frames from one to another, where they are missing.</summary>
    /// <param name="first">The first frame that is to be made, from 0; below 0 for none.</param>
    /// <param name="last">The last.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public async Task BlendAsync(int first, int last, CancellationToken cancellationToken)
    {
        if (first < 0) return;
        report(Prepared, "Breaking the building");
        await blender.BuildAsync(job, identity!, light is null, (share, phase) => report(Prepared + (Built - Prepared) * share, phase), cancellationToken);
        if (light is not null) await compute(() => drawing = CollapseDrawing.Open(blender, job, light, effort), cancellationToken);
        else rendering = CollapseRendering.Start(blender, Math.Max(first + 1, scene.Failure.Start), last + 1, effort.Layers ? TellPasses : null, TellRendered, cancellationToken);
        track = DebrisTrack.Read(await File.ReadAllBytesAsync(blender.TrackFile, cancellationToken));
        var picture = (await plate.FrameAsync(0, cancellationToken)).Picture;
        await compute(() => composite = new CollapseComposite(picture, plate.Format.Curve, (ulong)scene.Seed, effort.Threads), cancellationToken);
        dust = DustStage.VolumeOf(staged!, stage, effort.DustCells, effort.Threads);
    }

    private double Built => light is null ? 0.12 : 0.5;

    /// <summary>Takes the dust one frame on.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        var index = Frame++;
        if (dust is not null) await compute(() => dust.Step((float)(1 / scene.Rate), DustEmission.At(track!, index, scene.Rate, DustStage.AmountOf(scene)), cancellationToken), cancellationToken);
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
            var parts = effort.Layers ? new CollapseParts(plate.Width, plate.Height) : null;
            var cloud = dust is null ? [] : Dust(layers, ground.ForegroundOnCanvas(matter, index), number, cancellationToken);
            (layers, cloud) = ground.Seen(index, layers, cloud);
            if (effort.Layers) (normal, motion) = (ground.Seen(index, normal!, 3), ground.SeenMotion(index, motion!));
            var picture = composite!.Make(matter, layers, cloud, number, out var account, parts);
            made = new CollapsePicture(number, picture, source, account, key, parts is null ? null : new CollapseLayerSet(parts, bare, normal, motion));
        }
    }

    private float[] Dust(CollapseLayers layers, PixelBuffer<byte> foreground, int number, CancellationToken cancellationToken)
    {
        ForegroundDepth.Limit(layers.Depth, layers.Behind, foreground, stage);
        return DustRenderer.Render(dust!, stage.Camera, DustStage.LightOf(scene, cast), layers.Depth, (float)(number / scene.Rate), (ulong)scene.Seed, effort.Threads, layers.Behind, cancellationToken);
    }

    /// <summary>Says that a frame was handed over.</summary>
    /// <param name="number">From 1.</param>
    public void TellMade(int number) => Tell(number, 0);

    /// <summary>Kills what still renders.</summary>
    public ValueTask DisposeAsync() => rendering?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void TellPasses(int number)
    {
        lock (telling) report(Share, $"Rendering normals and motion, frame {number} of {scene.Frames}");
    }

    private void TellRendered(int number) => Tell(0, number);

    /// <summary>Frames are rendered and put together at the same time; what is told never goes back.</summary>
    private void Tell(int made, int traced)
    {
        lock (telling)
        {
            (together, rendered) = (Math.Max(together, made), Math.Max(Math.Max(rendered, traced), made));
            report(Share, light is null && rendered < scene.Frames ? $"Rendering, frame {rendered + 1} of {scene.Frames}; {together} finished" : $"Dust and composite, frame {together} of {scene.Frames}");
        }
    }

    private double Share => Built + (1 - Built) * (light is null ? Rendering * rendered + (1 - Rendering) * together : together) / scene.Frames;

    private async Task<(CollapseLayers Layers, float[]? Normal, float[]? Motion)> ReadAsync(int number, CancellationToken cancellationToken)
    {
        await rendering!.WaitAsync(number, cancellationToken);
        var layers = await CollapseFrames.ReadAsync(blender.FrameFile(number), canvas.Width, canvas.Height, media, effort.Threads, cancellationToken);
        if (!effort.Layers) return (layers, null, null);
        var (normal, motion) = await CollapseFrames.ReadPassesAsync(blender.PassesFile(number), canvas.Width, canvas.Height, media, cancellationToken);
        return (layers, normal, motion);
    }

    private CollapseScene AtSize((int Width, int Height) size) => size == (plate.Width, plate.Height) ? scene : scene.Scaled((double)size.Width / plate.Width, (double)size.Height / plate.Height);
}
