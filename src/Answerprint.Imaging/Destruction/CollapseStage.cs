using System.Numerics;
using Answerprint.Imaging.Dust;
using Answerprint.Imaging.GreyBox;

namespace Answerprint.Imaging.Destruction;

/// <summary>Where camera and building stand in metres: x to the right, y away from the camera, z up, the building's foot at z = 0.</summary>
public sealed class CollapseStage
{
    private const int Rings = 28;

    private readonly int width, height;
    private readonly double middleX, middleY;

    private CollapseStage(CollapseScene scene, CollapseCamera camera, int width, int height)
    {
        (this.width, this.height, middleX) = (width, height, width / 2.0);
        FocalLength = camera.FocalLength * width;
        middleY = camera.Shifted ? camera.Horizon * height : height / 2.0;
        Pitch = camera.Shifted ? 0 : Math.Atan((camera.Horizon * height - middleY) / FocalLength);
        if (scene.Building.Front is { } front)
        {
            (CameraHeight, Block) = CollapseBlock.Of(front, scene.Building, RayOf);
            Distance = Block.Corners.Min(point => point.Y);
            (Low, High) = (Block.Low, Block.High);
            return;
        }
        double top = scene.Building.Outline.Min(point => point.Y), foot = scene.Building.Outline.Max(point => point.Y);
        double rise = Slope(top), fall = Slope(foot);
        Distance = scene.Building.Height / (rise - fall);
        CameraHeight = -Distance * fall;
        Vector2[] outline = [.. scene.Building.Outline.Select(OnFront)];
        float left = outline.Min(point => point.X), right = outline.Max(point => point.X), near = (float)Distance, deep = (float)scene.Building.Depth;
        if (scene.Building.Shape == BuildingShape.Round)
            (near, deep) = (near - (right - left) / 2, right - left);
        (Low, High) = (new Vector3(left, near, 0), new Vector3(right, near + deep, (float)scene.Building.Height));
    }

    /// <summary>Pixels of the plate.</summary>
    public double FocalLength { get; }

    /// <summary>Radians upwards from level.</summary>
    public double Pitch { get; }

    /// <summary>Metres from the camera to the building's nearest corner, to its front, or to a round one's axis.</summary>
    public double Distance { get; }

    /// <summary>Metres of the camera above the building's foot.</summary>
    public double CameraHeight { get; }

    /// <summary>The row in pixels that the lens' axis meets.</summary>
    public double MiddleY => middleY;

    /// <summary>The form of a block that is seen at an angle; null for others.</summary>
    public CollapseBlock? Block { get; }

    /// <summary>The least corner of the building.</summary>
    public Vector3 Low { get; }

    /// <summary>The greatest corner of the building.</summary>
    public Vector3 High { get; }

    /// <summary>The same camera as dust is drawn with, which has y up and z to the front.</summary>
    public DustCamera Camera => new(new Vector3(0, (float)CameraHeight, 0), (float)Pitch, (float)FocalLength, width, height) { Raised = (float)(height / 2.0 - middleY) };

    /// <summary>Places camera and building.</summary>
    /// <param name="scene">What is known of them.</param>
    /// <param name="width">Width of the plate in pixels.</param>
    /// <param name="height">Height of the plate in pixels.</param>
    /// <exception cref="ArgumentException">The outline leaves the plate by more than half of it, the camera would stand lower than the building's foot, or it cannot be solved from its lines; the message says
    /// what to change.</exception>
    public static CollapseStage Of(CollapseScene scene, int width, int height)
    {
        CheckPlaces(scene, width, height);
        float foot = scene.Building.Outline.Max(point => point.Y);
        CollapseCamera camera = scene.Camera.Lines is { } lines
            ? VanishingPoints.Solve(VanishingPoints.Meet(lines.Along, width), VanishingPoints.Meet(lines.Across, width), scene.Camera.Shifted, width, height) : scene.Camera;
        if (scene.Building.Front is { } front)
            foot = Math.Min(Math.Min(front.Face[0].Y, front.Face[1].Y), front.Side?.Y ?? float.MaxValue);
        if (foot <= camera.Horizon * height + 1)
            throw new ArgumentException(
                $"The building's foot is in row {foot:0} and the horizon in row {camera.Horizon * height:0}: the camera would stand lower than the ground. Move the horizon up or the foot down.", nameof(scene));
        return new CollapseStage(scene, camera, width, height);
    }

    /// <summary>Whether what was drawn of the building can lie in a plate, whatever camera took it.</summary>
    /// <param name="scene">What was drawn.</param>
    /// <param name="width">Width of the plate in pixels.</param>
    /// <param name="height">Height of the plate in pixels.</param>
    /// <exception cref="ArgumentException">The outline leaves the plate by more than half of it, or is less than 8 pixels high; in words.</exception>
    public static void CheckPlaces(CollapseScene scene, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(scene);
        CollapseFront? front = scene.Building.Front;
        IEnumerable<Vector2> drawn = scene.Building.Outline.Concat(front?.Face ?? []).Concat(front?.Side is { } side ? [side] : []).Concat(front?.Ridge is { } ridge ? [ridge.Left, ridge.Right] : []);
        foreach (Vector2 point in drawn)
        {
            if (point.X < -width / 2f || point.X > 1.5f * width || point.Y < -height / 2f || point.Y > 1.5f * height)
                throw new ArgumentException($"The building's outline goes to {point.X:0}, {point.Y:0}; the plate has {width} x {height} pixels, and half of that is allowed beyond each edge.", nameof(scene));
        }
        float top = scene.Building.Outline.Min(point => point.Y), foot = scene.Building.Outline.Max(point => point.Y);
        if (foot - top < 8)
            throw new ArgumentException($"The building's outline is {foot - top:0} pixels high; it needs 8 or more.", nameof(scene));
    }

    /// <summary>Where a pixel's ray meets the upright plane of the building's front: metres to the right, and above the foot.</summary>
    public Vector2 OnFront(Vector2 pixel) => OnPlane(pixel, Distance);

    /// <summary>How far along the view the ground is that a row of pixels shows, in metres; infinite at the horizon and above it.</summary>
    public double GroundAt(double row)
    {
        double down = -RayOf(new Vector2(0, (float)row)).Z;
        return down > 1e-9 ? CameraHeight / down : double.PositiveInfinity;
    }

    /// <summary>Where a blast goes off: half-way through the building, and within it.</summary>
    public Vector3 BlastOf(CollapseScene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        Vector3 middle = (Low + High) / 2;
        if (scene.Failure.Point is not { } pixel)
            return middle with { Z = (float)(scene.Failure.At * scene.Building.Height) };
        Vector2 place = OnPlane(pixel, middle.Y);
        return Vector3.Clamp(new Vector3(place.X, middle.Y, place.Y), Low, High);
    }

    private Vector2 OnPlane(Vector2 pixel, double away)
    {
        Vector3D ray = RayOf(pixel);
        double t = away / ray.Y;
        return new Vector2((float)(ray.X * t), (float)(CameraHeight + ray.Z * t));
    }

    /// <summary>The pixel that a place in metres is seen at.</summary>
    public Vector2 PixelOf(Vector3 place)
    {
        double up = place.Z - CameraHeight, ahead = place.Y * Math.Cos(Pitch) + up * Math.Sin(Pitch);
        return new Vector2((float)(middleX + FocalLength * place.X / ahead), (float)(middleY - FocalLength * (up * Math.Cos(Pitch) - place.Y * Math.Sin(Pitch)) / ahead));
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

    private Vector3D RayOf(Vector2 pixel)
    {
        double up = (middleY - pixel.Y) / FocalLength;
        return new Vector3D((pixel.X - middleX) / FocalLength, Math.Cos(Pitch) - up * Math.Sin(Pitch), up * Math.Cos(Pitch) + Math.Sin(Pitch));
    }
}
