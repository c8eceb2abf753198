using System.Numerics;
using Answerprint.Imaging.GreyBox;

namespace Answerprint.Imaging.Destruction;

/// <summary>A block in metres: a front face that goes back along one direction, and a ridge. From edges drawn in the plate, single view metrology (Criminisi, Reid and Zisserman 2000) over level ground.</summary>
/// <param name="Face">Corners of the front face, the two on the ground first.</param>
/// <param name="Back">From each corner of the front to that of the back; level.</param>
/// <param name="Ridge">Both ends of the ridge; null for a flat roof, or a gable in the face.</param>
public sealed record CollapseBlock(IReadOnlyList<Vector3> Face, Vector3 Back, (Vector3 Left, Vector3 Right)? Ridge)
{
    /// <summary>All corners, those of the front first.</summary>
    public IEnumerable<Vector3> Corners => Face.Concat(Face.Select(point => point + Back)).Concat(Ridge is { } ridge ? [ridge.Left, ridge.Right] : []);

    /// <summary>The least corner.</summary>
    public Vector3 Low => Corners.Aggregate(Vector3.Min);

    /// <summary>The greatest corner.</summary>
    public Vector3 High => Corners.Aggregate(Vector3.Max);

    /// <summary>Places a block.</summary>
    /// <param name="front">What was drawn.</param>
    /// <param name="building">Its height, and its depth when no side is seen.</param>
    /// <param name="rayOf">The ray of a pixel: x to the right, y away from the camera, z up.</param>
    /// <returns>Metres of the camera above the ground, and the block.</returns>
    /// <exception cref="ArgumentException">The foot is seen at or above the horizon, the face on edge, or the roof below the face's foot; the message says which.</exception>
    internal static (double CameraHeight, CollapseBlock Block) Of(CollapseFront front, CollapseBuilding building, Func<Vector2, Vector3D> rayOf)
    {
        // The camera is 1 above the ground; the building's height says later what that is in metres.
        Vector3D left = OnGround(rayOf(front.Face[0])), right = OnGround(rayOf(front.Face[1]));
        if (left.X > right.X)
            (left, right) = (right, left);
        Vector3D along = (right - left).Normalised(), away = new Vector3D(-along.Y, along.X, 0);
        if ((right - left).Length < 1e-3 || Math.Abs(away.Dot(left)) < 1e-3)
            throw new ArgumentException("The building's front is seen on edge: its first two corners must be the ends of its foot.", nameof(front));
        if (away.Y < 0)
            away *= -1;
        Vector3D[] face = [.. front.Face.Select((point, i) => i switch { < 2 => OnGround(rayOf(point)), _ => OnPlane(rayOf(point), left, away) })];
        // From left to right, and on around the same way.
        if (face[0].X > face[1].X)
            face = [face[1], face[0], .. face[2..].Reverse()];
        double top = face.Max(point => point.Z);
        Vector3D? back = null;
        if (front.Side is { } side)
        {
            Vector3D far = OnGround(rayOf(side));
            // The side that is seen ends beside the front, at the end of the front that it begins from.
            bool isRight = side.X > Math.Max(front.Face[0].X, front.Face[1].X), isLeft = side.X < Math.Min(front.Face[0].X, front.Face[1].X);
            back = far - (isRight || (!isLeft && (far - right).Length <= (far - left).Length) ? right : left);
        }
        double scale = building.Height / (top + 1);
        (Vector3D Left, Vector3D Right)? ridge = null;
        if (front.Ridge is { } drawn)
        {
            // A ridge runs half-way between front and back; how far that is in units of the camera's height needs the scale, which needs the ridge's height: a few rounds settle it.
            for (int round = 0; round < 12; round++)
            {
                Vector3D half = (back ?? away * (building.Depth / scale)) * 0.5;
                ridge = (OnPlane(rayOf(drawn.Left), left + half, away), OnPlane(rayOf(drawn.Right), left + half, away));
                scale = building.Height / (Math.Max(top, Math.Max(ridge.Value.Left.Z, ridge.Value.Right.Z)) + 1);
            }
        }
        if (!(scale > 0 && double.IsFinite(scale)))
            throw new ArgumentException("The building's top lies below its foot.", nameof(front));
        Vector3 Metres(Vector3D point) => new((float)(point.X * scale), (float)(point.Y * scale), (float)Math.Max(0, (point.Z + 1) * scale));
        Vector3D deep = back is { } given ? given * scale : away * building.Depth;
        return (scale, new CollapseBlock([.. face.Select(Metres)], new Vector3((float)deep.X, (float)deep.Y, 0), ridge is { } two ? (Metres(two.Left), Metres(two.Right)) : null));
    }

    private static Vector3D OnGround(Vector3D ray) => ray.Z < -1e-6 ? ray * (-1 / ray.Z) : throw new ArgumentException("A corner of the building's foot lies at or above the horizon.", nameof(ray));

    private static Vector3D OnPlane(Vector3D ray, Vector3D through, Vector3D normal) =>
        ray.Dot(normal) is var towards && Math.Abs(towards) > 1e-6 && through.Dot(normal) / towards is > 0 and var t ? ray * t
            : throw new ArgumentException("A corner of the building's front cannot be seen from where the camera stands.", nameof(ray));
}
