using System.Numerics;
using Answerprint.Imaging.Motion.Tracking;

namespace Answerprint.Imaging.Destruction;

/// <summary>
/// The reference frame of a moving plate with as much around it as other frames show: on it everything is made as over a still plate, then brought to each frame. The margins are alike on
/// opposite sides, so that the view's middle stays the camera's.
/// </summary>
/// <param name="MarginX">Pixels on the left, and on the right.</param>
/// <param name="MarginY">Pixels above, and below.</param>
/// <param name="PlateWidth">Pixels across of a frame.</param>
/// <param name="PlateHeight">Pixels down of a frame.</param>
public sealed record CollapseCanvas(int MarginX, int MarginY, int PlateWidth, int PlateHeight)
{
    // What is bent by a strong perspective, or lies far away, would make a canvas without end.
    private const double MostMargin = 1;

    /// <summary>Pixels across.</summary>
    public int Width => PlateWidth + 2 * MarginX;

    /// <summary>Pixels down.</summary>
    public int Height => PlateHeight + 2 * MarginY;

    /// <summary>A canvas that holds what some frames show.</summary>
    /// <param name="motions">Where places of the reference frame lie in each of them.</param>
    /// <param name="width">Pixels across of a frame.</param>
    /// <param name="height">Pixels down of a frame.</param>
    /// <exception cref="ArgumentException">The view moves on by more than its own size; in words.</exception>
    public static CollapseCanvas Of(IEnumerable<Homography> motions, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(motions);
        double right = 0, down = 0;
        foreach (Homography motion in motions)
        {
            Homography back = motion.Inverse();
            foreach ((int x, int y) in (ReadOnlySpan<(int, int)>)[(0, 0), (width, 0), (0, height), (width, height)])
            {
                (double atX, double atY) = back.Apply(x, y);
                right = Math.Max(right, Math.Max(-atX, atX - width));
                down = Math.Max(down, Math.Max(-atY, atY - height));
            }
        }
        if (!(right <= MostMargin * width && down <= MostMargin * height))
            throw new ArgumentException($"The view moves on by {right:0} pixels across and {down:0} down from the reference frame, more than its own {width} x {height}: choose a reference frame nearer to the middle, or a shorter part.", nameof(motions));
        return new CollapseCanvas(Margin(right), Margin(down), width, height);

        static int Margin(double pixels) => pixels < 0.01 ? 0 : (int)Math.Ceiling(pixels) + 2;
    }

    /// <summary>The collapse as it is on the canvas.</summary>
    public CollapseScene On(CollapseScene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        var shift = new Vector2(MarginX, MarginY);
        return scene with
        {
            Camera = scene.Camera with
            {
                FocalLength = scene.Camera.FocalLength * PlateWidth / Width, Horizon = (scene.Camera.Horizon * PlateHeight + MarginY) / Height,
                Lines = scene.Camera.Lines is { } lines ? new CollapseLines(Moved(lines.Along, shift), Moved(lines.Across, shift)) : null,
            },
            Building = scene.Building with
            {
                Outline = Moved(scene.Building.Outline, shift),
                Silhouette = scene.Building.Silhouette is { } seen ? Moved(seen, shift) : null,
                Front = scene.Building.Front is { } front
                    ? new CollapseFront(Moved(front.Face, shift), front.Side + shift, front.Ridge is { } ridge ? (ridge.Left + shift, ridge.Right + shift) : null) : null,
            },
            Failure = scene.Failure with { Point = scene.Failure.Point + shift },
            Foreground = [.. scene.Foreground.Select(outline => Moved(outline, shift))],
        };
    }

    private static IReadOnlyList<Vector2> Moved(IReadOnlyList<Vector2> points, Vector2 by) => [.. points.Select(point => point + by)];

    /// <summary>A frame's motion, from the canvas.</summary>
    /// <param name="fromReference">The motion from the reference frame.</param>
    public Homography From(Homography fromReference) => fromReference.After(Homography.Shift(-MarginX, -MarginY));
}
