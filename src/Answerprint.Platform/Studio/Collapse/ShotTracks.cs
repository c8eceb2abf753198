using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Motion.Tracking;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>The motion of a shot from the frame on at which its track begins.</summary>
/// <param name="Track">The motion.</param>
/// <param name="First">Number of the track's first frame in the shot, from 0.</param>
internal sealed record ShotMotion(CameraTrack Track, int First)
{
    /// <summary>Where places of the reference frame lie in a frame; before the first that was followed they stay.</summary>
    public Homography MotionOf(int number) => Track.Frames[Index(number)].FromReference;

    public FrameView ViewOf(CollapseCanvas canvas, int number) => new(canvas, Track, Index(number));

    private int Index(int number) => Math.Clamp(number - First, 0, Track.Frames.Count - 1);
}

/// <summary>A moving shot, followed at the building, and at what is behind it where that can be told.</summary>
/// <param name="Building">What must stick to the building and the ground at its foot.</param>
/// <param name="Background">What is behind; the same where it shows too little.</param>
internal sealed record ShotTracks(ShotMotion Building, ShotMotion Background)
{
    // Luma is kept in 8 bits while the shot is followed, in pictures as large as fit.
    private const long LumaBytes = 400L << 20;

    // What counts fully, and is judged, is the building; this share of its height around it counts less, and the rest of the view a little.
    private const double Around = 0.15;
    private const byte Beside = 120, Elsewhere = 30;

    // Behind a building there is often only sky: less than this share that agrees says nothing.
    private const double LeastBackground = 0.5, MostParallax = 0.15;

    /// <summary>Follows the shot.</summary>
    /// <exception cref="CollapseException">It cannot be followed; in words.</exception>
    public static async Task<ShotTracks> FollowAsync(CollapseScene scene, CollapsePlate plate, int threads, Func<Action, CancellationToken, Task> compute, CancellationToken cancellationToken)
    {
        var first = Math.Min(scene.Failure.Start, scene.ReferenceFrame) - 1;
        foreach (var key in scene.Moving.SelectMany(thing => thing.Keys)) first = Math.Min(first, Math.Min(key.Frame, scene.Frames) - 1);
        var (count, scale) = (scene.Frames - first, 1);
        while ((long)count * (plate.Width / scale) * (plate.Height / scale) > LumaBytes) scale *= 2;
        var shot = new List<byte[]>(count);
        for (var number = first; number < scene.Frames; number++) shot.Add(LumaOf((await plate.FrameAsync(number, cancellationToken)).Picture, scale));
        var (width, height, reference) = (plate.Width / scale, plate.Height / scale, scene.ReferenceFrame - 1 - first);
        CameraTrackResult? building = null, background = null;
        await compute(() =>
        {
            var (at, behind) = WeightsOf(scene, plate, scale);
            building = CameraTracker.Solve(count, reference, width, height, Luma, new CameraTrackOptions { Weights = at, Seed = (ulong)scene.Seed, MaxDegreeOfParallelism = threads }, null, cancellationToken);
            if (building.Track is not null)
                background = CameraTracker.Solve(count, reference, width, height, Luma,
                    new CameraTrackOptions { Weights = behind, FindsCuts = false, LeastAgreeing = LeastBackground, Seed = (ulong)scene.Seed, MaxDegreeOfParallelism = threads }, null, cancellationToken);
        }, cancellationToken);
        if (building!.Track is not { } found) throw new CollapseException($"'{plate.Name}' moves and cannot be followed. {Told(building.Refusal!, first)}");
        var motion = new ShotMotion(Rescaled(found, scale), first);
        return new ShotTracks(motion, background?.Track is { } other && IsNear(found, other, width, height) ? new ShotMotion(Rescaled(other, scale), first) : motion);

        float[] Luma(int index) => Array.ConvertAll(shot[index], code => (float)code);
    }

    /// <summary>What is behind moves past the building by a part of the view; more than that is no motion, but a mistake.</summary>
    private static bool IsNear(CameraTrack building, CameraTrack background, int width, int height) =>
        building.Frames.Zip(background.Frames).All(pair => pair.First.FromReference.Apart(pair.Second.FromReference, width, height) < MostParallax * Math.Max(width, height));

    private static string Told(TrackRefusal refusal, int first) =>
        first == 0 ? refusal.Message : $"{refusal.Message} (Frames count from {first + 1} of the shot here.)";

    private static CameraTrack Rescaled(CameraTrack track, int scale) =>
        scale == 1 ? track : track with { Frames = [.. track.Frames.Select(frame => frame with { FromReference = frame.FromReference.Rescale(scale), MedianResidual = frame.MedianResidual * scale, Unexplained = frame.Unexplained * scale })] };

    /// <summary>How much each pixel of the reference frame counts: for what sticks to the building, and for what is behind it.</summary>
    private static (byte[] At, byte[] Behind) WeightsOf(CollapseScene scene, CollapsePlate plate, int scale)
    {
        var layout = PixelLayout.Interleaved(plate.Width, plate.Height, 1);
        PixelBuffer<byte> building = new(layout), foreground = new(layout);
        Outline.Fill(scene.Building.Seen, building);
        foreach (var outline in scene.Foreground) Outline.Fill(outline, foreground);
        foreach (var thing in scene.Moving) Outline.Fill(thing.At(scene.ReferenceFrame), foreground);
        var tall = scene.Building.Outline.Max(point => point.Y) - scene.Building.Outline.Min(point => point.Y);
        var around = Outline.Grow(building, (int)Math.Clamp(Around * tall, 4, 200));
        var (width, height) = (plate.Width / scale, plate.Height / scale);
        var (at, behind) = (new byte[width * height], new byte[width * height]);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var from = y * scale * plate.Width + x * scale;
                if (foreground.Memory.Span[from] > 0) continue;
                at[y * width + x] = building.Memory.Span[from] > 0 ? byte.MaxValue : around.Memory.Span[from] > 0 ? Beside : Elsewhere;
                behind[y * width + x] = building.Memory.Span[from] > 0 ? (byte)0 : byte.MaxValue;
            }
        }
        return (at, behind);
    }

    private static byte[] LumaOf(Picture picture, int scale)
    {
        var features = picture.Features();
        var from = features.Memory.Span;
        var (width, height) = (picture.Width / scale, picture.Height / scale);
        var luma = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var sum = 0;
                for (var v = 0; v < scale; v++)
                    for (var u = 0; u < scale; u++)
                    {
                        var at = ((y * scale + v) * picture.Width + x * scale + u) * features.Channels;
                        sum += 54 * from[at] + 183 * from[at + 1] + 19 * from[at + 2];
                    }
                luma[y * width + x] = (byte)((sum / (scale * scale) + 128) >> 8);
            }
        }
        return luma;
    }
}
