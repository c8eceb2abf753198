using System.Numerics;

namespace Answerprint.Imaging.Destruction;

/// <summary>Where camera and building stand in metres: x to the right, y away from the camera, z up, the building's foot at z = 0.</summary>
public sealed class CollapseStage
{
    private const int Rings = 28;

    private readonly int width, height;
    private readonly double middleX, middleY;

    private CollapseStage(CollapseScene scene, int width, int height)
    {
        (this.width, this.height, middleX, middleY) = (width, height, width / 2.0, height / 2.0);
        FocalLength = scene.Camera.FocalLength * width;
        Pitch = Math.Atan((scene.Camera.Horizon * height - middleY) / FocalLength);
        double top = scene.Building.Outline.Min(point => point.Y), foot = scene.Building.Outline.Max(point => point.Y);
        double rise = Slope(top), fall = Slope(foot);
        Distance = scene.Building.Height / (rise - fall);
        CameraHeight = -Distance * fall;
    }

    /// <summary>Pixels of the plate.</summary>
    public double FocalLength { get; }

    /// <summary>Radians upwards from level.</summary>
    public double Pitch { get; }

    /// <summary>Metres from the camera to the building's front, or to a round one's axis.</summary>
    public double Distance { get; }

    /// <summary>Metres of the camera above the building's foot.</summary>
    public double CameraHeight { get; }

    /// <summary>Places camera and building.</summary>
    /// <param name="scene">What is known of them.</param>
    /// <param name="width">Width of the plate in pixels.</param>
    /// <param name="height">Height of the plate in pixels.</param>
    /// <exception cref="ArgumentException">The outline leaves the plate by more than half of it, or the camera would stand lower than the building's foot; the message says what to change.</exception>
    public static CollapseStage Of(CollapseScene scene, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(scene);
        foreach (Vector2 point in scene.Building.Outline)
        {
            if (point.X < -width / 2f || point.X > 1.5f * width || point.Y < -height / 2f || point.Y > 1.5f * height)
                throw new ArgumentException($"The building's outline goes to {point.X:0}, {point.Y:0}; the plate has {width} x {height} pixels, and half of that is allowed beyond each edge.", nameof(scene));
        }
        float top = scene.Building.Outline.Min(point => point.Y), foot = scene.Building.Outline.Max(point => point.Y);
        if (foot - top < 8)
            throw new ArgumentException($"The building's outline is {foot - top:0} pixels high; it needs 8 or more.", nameof(scene));
        if (foot <= scene.Camera.Horizon * height + 1)
            throw new ArgumentException(
                $"The building's foot is in row {foot:0} and the horizon in row {scene.Camera.Horizon * height:0}: the camera would stand lower than the ground. Move the horizon up or the foot down.", nameof(scene));
        return new CollapseStage(scene, width, height);
    }

    /// <summary>Where a pixel's ray meets the upright plane of the building's front: metres to the right, and above the foot.</summary>
    public Vector2 OnFront(Vector2 pixel)
    {
        double up = (middleY - pixel.Y) / FocalLength, ahead = Math.Cos(Pitch) - up * Math.Sin(Pitch), t = Distance / ahead;
        return new Vector2((float)((pixel.X - middleX) / FocalLength * t), (float)(CameraHeight + (up * Math.Cos(Pitch) + Math.Sin(Pitch)) * t));
    }

    /// <summary>A round building as rings from foot to top: height above the foot, middle, radius, in metres.</summary>
    public IReadOnlyList<(float Z, float Middle, float Radius)> RingsOf(IReadOnlyList<Vector2> outline)
    {
        ArgumentNullException.ThrowIfNull(outline);
        float top = outline.Min(point => point.Y), foot = outline.Max(point => point.Y);
        // Every corner of the outline has a ring, so that a cornice stays one; rings closer than a third of a pixel are one.
        var rows = Enumerable.Range(0, Rings).Select(i => foot - 0.5f - (foot - top - 1) * i / (Rings - 1)).Concat(outline.Select(point => Math.Clamp(point.Y, top + 0.5f, foot - 0.5f)))
            .OrderDescending().ToList();
        var result = new List<(float, float, float)>();
        float last = float.MaxValue;
        foreach (float row in rows)
        {
            if (last - row < 0.34f || Span(outline, row) is not { } span)
                continue;
            last = row;
            Vector2 left = OnFront(new Vector2(span.Left, row)), right = OnFront(new Vector2(span.Right, row));
            result.Add((result.Count == 0 ? 0 : left.Y, (left.X + right.X) / 2, Math.Max(0.03f, (right.X - left.X) / 2)));
        }
        return result;
    }

    private static (float Left, float Right)? Span(IReadOnlyList<Vector2> outline, float row)
    {
        float left = float.MaxValue, right = float.MinValue;
        for (int i = 0; i < outline.Count; i++)
        {
            (Vector2 a, Vector2 b) = (outline[i], outline[(i + 1) % outline.Count]);
            if (a.Y == b.Y || (a.Y - row) * (b.Y - row) > 0)
                continue;
            float x = a.X + (b.X - a.X) * (row - a.Y) / (b.Y - a.Y);
            (left, right) = (Math.Min(left, x), Math.Max(right, x));
        }
        return left < right ? (left, right) : null;
    }

    private double Slope(double row) => Math.Tan(Pitch + Math.Atan((middleY - row) / FocalLength));
}
