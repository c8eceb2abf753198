using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Motion.Tracking;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>A plate whose camera moves: it is followed, the building falls on a canvas as wide as the view ever gets, and what is made there is brought to each frame.</summary>
internal sealed class MovingGround : CollapseGround
{
    // Frames that a clean plate is made from, as many as fit in this many bytes.
    private const long SourceBytes = 512L << 20;
    private const int FewestSources = 3, MostSources = 15;

    private readonly CollapseScene scene;
    private readonly CollapsePlate plate;
    private readonly CollapseCanvas canvas;
    private readonly ShotTracks tracks;
    private readonly CleanPlate clean;
    private readonly Picture texture;
    private readonly string identity;
    private readonly int threads;
    private readonly Func<Action, CancellationToken, Task> compute;

    private MovingGround(CollapseScene scene, CollapsePlate plate, CollapseCanvas canvas, ShotTracks tracks, CleanPlate clean, Picture texture, string identity, int threads, Func<Action, CancellationToken, Task> compute) =>
        (this.scene, this.plate, this.canvas, this.tracks, this.clean, this.texture, this.identity, this.threads, this.compute) = (scene, plate, canvas, tracks, clean, texture, identity, threads, compute);

    public override bool IsPlate => false;

    public override string Identity => identity;

    public override CollapseScene Scene => canvas.On(scene);

    public override (int Width, int Height) Size => (canvas.Width, canvas.Height);

    public static new async Task<CollapseGround> PrepareAsync(CollapseScene scene, CollapsePlate plate, int threads, Func<Action, CancellationToken, Task> compute, CancellationToken cancellationToken)
    {
        var tracks = await ShotTracks.FollowAsync(scene, plate, threads, compute, cancellationToken);
        var fall = Enumerable.Range(scene.Failure.Start - 1, scene.Frames - scene.Failure.Start + 1).ToList();
        var canvas = CollapseCanvas.Of([.. fall.Select(tracks.Building.MotionOf), .. fall.Select(tracks.Background.MotionOf)], plate.Width, plate.Height);
        var numbers = SourcesOf(scene, plate);
        var sources = new List<CleanPlateSource>();
        using var identity = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        identity.AppendData(Encoding.UTF8.GetBytes(string.Join(' ', fall.Select(number => $"{tracks.Building.MotionOf(number)} {tracks.Background.MotionOf(number)}"))));
        foreach (var number in numbers)
        {
            var picture = (await plate.FrameAsync(number, cancellationToken)).Picture;
            var foreground = ForegroundOf(scene, tracks.Building, number, plate);
            identity.AppendData(picture.Hash());
            await compute(() => sources.Add(new CleanPlateSource(
                picture, plate.Format.Curve, canvas.From(tracks.Building.MotionOf(number)), canvas.From(tracks.Background.MotionOf(number)), foreground)), cancellationToken);
        }
        var reference = numbers.IndexOf(scene.ReferenceFrame - 1);
        var building = BuildingOf(canvas.On(scene), canvas.Width, canvas.Height, plate.Height);
        ThrowIfUnseen(building);
        CleanPlate? clean = null;
        Picture? texture = null;
        await compute(() =>
        {
            clean = CleanPlate.Make(canvas, sources, reference, building, (ulong)scene.Seed, threads, cancellationToken);
            texture = CanvasTexture.Make(canvas, sources, reference, threads);
        }, cancellationToken);
        return new MovingGround(scene, plate, canvas, tracks, clean!, texture!, Convert.ToHexStringLower(identity.GetHashAndReset()), threads, compute);
    }

    public override Task<(Picture Picture, PlateCurve Curve)> TextureAsync(CancellationToken cancellationToken) => Task.FromResult((texture, PlateCurve.Linear));

    public override async Task<CollapseMatter> FrameAsync(int number, CancellationToken cancellationToken)
    {
        var picture = (await plate.FrameAsync(number, cancellationToken)).Picture;
        CollapseMatter? matter = null;
        await compute(() => matter = clean.Frame(
            picture, plate.Format.Curve, number + 1, tracks.Building.ViewOf(canvas, number), tracks.Background.ViewOf(canvas, number), ForegroundOf(scene, tracks.Building, number, plate), threads), cancellationToken);
        return matter!;
    }

    public override PixelBuffer<byte> ForegroundOnCanvas(CollapseMatter matter, int number) => tracks.Building.ViewOf(canvas, number).TakeBack(matter.Foreground);

    public override (CollapseLayers Layers, float[] Dust) Seen(int number, CollapseLayers layers, float[] dust)
    {
        var view = tracks.Building.ViewOf(canvas, number);
        return (view.Bring(layers, threads), dust.Length == 0 ? dust : Positive(view.Bring(dust, 4, threads)));
    }

    public override float[] Seen(int number, float[] values, int channels) => tracks.Building.ViewOf(canvas, number).Nearest(values, channels);

    public override float[] SeenMotion(int number, float[] motion) =>
        tracks.Building.ViewOf(canvas, number).NearestMotion(motion, canvas.From(tracks.Building.MotionOf(Math.Min(number + 1, scene.Frames - 1))));

    /// <summary>Frames evenly over the fall, the reference frame among them.</summary>
    private static List<int> SourcesOf(CollapseScene scene, CollapsePlate plate)
    {
        var most = (int)Math.Clamp(SourceBytes / (12L * plate.Width * plate.Height), FewestSources, MostSources);
        var (first, last) = (scene.Failure.Start - 1, scene.Frames - 1);
        var count = Math.Min(most, last - first + 1);
        return [.. Enumerable.Range(0, count).Select(i => first + (count == 1 ? 0 : (last - first) * i / (count - 1))).Append(scene.ReferenceFrame - 1).Distinct().Order()];
    }

    /// <summary>What stands before the building goes with the view; what moves goes between its keys, as seen from the reference frame.</summary>
    private static PixelBuffer<byte> ForegroundOf(CollapseScene scene, ShotMotion motion, int number, CollapsePlate plate)
    {
        var mask = One(plate.Width, plate.Height);
        var there = motion.MotionOf(number);
        foreach (var outline in scene.Foreground) Outline.Fill([.. outline.Select(point => Moved(there, point))], mask);
        foreach (var thing in scene.Moving)
        {
            var still = thing.Changed((frame, point) => Moved(motion.MotionOf(Math.Min(frame, scene.Frames) - 1).Inverse(), point));
            Outline.Fill([.. still.At(number + 1).Select(point => Moved(there, point))], mask);
        }
        return mask;
    }

    private static Vector2 Moved(Homography motion, Vector2 point)
    {
        var (x, y) = motion.Apply(point.X, point.Y);
        return new Vector2((float)x, (float)y);
    }

    private static float[] Positive(float[] values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = Math.Max(0, i % 4 == 3 ? Math.Min(values[i], 1) : values[i]);
        return values;
    }
}
