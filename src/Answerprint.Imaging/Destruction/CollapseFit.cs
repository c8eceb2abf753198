using System.Numerics;

namespace Answerprint.Imaging.Destruction;

/// <summary>A collapse brought to a plate: its length, its rate, its size.</summary>
public static class CollapseFit
{
    /// <summary>Frames of a shot over a still that says nothing else.</summary>
    public const int UsualFrames = 72;

    /// <summary>Frames a second where neither scene nor plate say.</summary>
    public const double UsualRate = 24;

    // A rate that is written with three digits is the same rate.
    private const double SameRate = 0.002;

    /// <summary>The collapse with the frames and the rate that it has on a plate: what it does not say is the plate's.</summary>
    /// <param name="scene">The collapse.</param>
    /// <param name="frames">Frames that the plate has; null for a still.</param>
    /// <param name="rate">Frames a second of the plate; null when it does not say.</param>
    /// <exception cref="ArgumentException">The plate is too short, or has another rate, or the fall starts after the end; in words.</exception>
    public static CollapseScene Timed(this CollapseScene scene, int? frames, double? rate)
    {
        ArgumentNullException.ThrowIfNull(scene);
        if (frames < CollapseReader.MinFrames)
            throw new ArgumentException($"The shot has {frames} frame{(frames == 1 ? "" : "s")}; a collapse needs {CollapseReader.MinFrames} or more. A single picture is given as a still.", nameof(frames));
        if (scene.Frames > frames)
            throw new ArgumentException($"The collapse has {scene.Frames} frames and the shot {frames}: ask for {frames} or fewer, or leave 'frames' out.", nameof(scene));
        if (scene.Frames == 0 && frames > CollapseReader.MaxFrames)
            throw new ArgumentException($"The shot has {frames} frames; a collapse has at most {CollapseReader.MaxFrames}. Say how many with 'frames'.", nameof(scene));
        if (scene.Rate > 0 && rate > 0 && Math.Abs(scene.Rate - rate.Value) > SameRate * rate.Value)
            throw new ArgumentException($"The collapse has {scene.Rate:0.###} frames a second and the shot {rate:0.###}: leave 'rate' out, or convert the shot.", nameof(scene));
        CollapseScene timed = scene with { Frames = scene.Frames > 0 ? scene.Frames : frames ?? UsualFrames, Rate = rate > 0 ? rate.Value : scene.Rate > 0 ? scene.Rate : UsualRate };
        if (timed.Reference > timed.Frames)
            throw new ArgumentException($"Places are given in frame {timed.Reference}; the shot has {timed.Frames}. Set 'reference' to one of its frames.", nameof(scene));
        return timed.Failure.Start < timed.Frames
            ? timed
            : throw new ArgumentException($"The building gives way in frame {timed.Failure.Start}; the shot has {timed.Frames} frames. Set 'failure.start' to an earlier one.", nameof(scene));
    }

    /// <summary>The collapse over a plate of another size: every place in pixels times a factor.</summary>
    /// <param name="scene">The collapse.</param>
    /// <param name="across">Width of the new plate over that of the old.</param>
    /// <param name="down">Height of the new plate over that of the old.</param>
    public static CollapseScene Scaled(this CollapseScene scene, double across, double down)
    {
        ArgumentNullException.ThrowIfNull(scene);
        var factor = new Vector2((float)across, (float)down);
        return scene with
        {
            Camera = scene.Camera.Lines is { } lines ? scene.Camera with { Lines = new CollapseLines(Times(lines.Along, factor), Times(lines.Across, factor)) } : scene.Camera,
            Building = scene.Building with
            {
                Outline = Times(scene.Building.Outline, factor),
                Silhouette = scene.Building.Silhouette is { } seen ? Times(seen, factor) : null,
                Front = scene.Building.Front is { } front
                    ? new CollapseFront(Times(front.Face, factor), front.Side * factor, front.Ridge is { } ridge ? (ridge.Left * factor, ridge.Right * factor) : null) : null,
            },
            Failure = scene.Failure with { Point = scene.Failure.Point * factor },
            Foreground = [.. scene.Foreground.Select(outline => Times(outline, factor))],
            Moving = [.. scene.Moving.Select(thing => thing.Changed((_, point) => point * factor))],
        };
    }

    private static IReadOnlyList<Vector2> Times(IReadOnlyList<Vector2> points, Vector2 factor) => [.. points.Select(point => point * factor)];
}
