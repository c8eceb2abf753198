using System.Text.Json;

namespace Answerprint.Imaging.GreyBox.Models;

/// <summary>A turn, stretch and shift of space: the images of the three axes, and of the origin.</summary>
internal readonly record struct Affine(Vector3D X, Vector3D Y, Vector3D Z, Vector3D Origin)
{
    internal static Affine Same { get; } = new(new(1, 0, 0), new(0, 1, 0), new(0, 0, 1), default);

    /// <summary>What a node says of its place: a matrix, or a shift, a quaternion and a stretch.</summary>
    internal static Affine Of(JsonElement node)
    {
        if (GlbAccessors.Numbers(node, "matrix", 16) is { } m)
            return new(new(m[0], m[1], m[2]), new(m[4], m[5], m[6]), new(m[8], m[9], m[10]), new(m[12], m[13], m[14]));
        double[] t = GlbAccessors.Numbers(node, "translation", 3) ?? [0, 0, 0], q = GlbAccessors.Numbers(node, "rotation", 4) ?? [0, 0, 0, 1], s = GlbAccessors.Numbers(node, "scale", 3) ?? [1, 1, 1];
        var (x, y, z, w) = (q[0], q[1], q[2], q[3]);
        return new(
            new Vector3D(1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)) * s[0], new Vector3D(2 * (x * y - z * w), 1 - 2 * (x * x + z * z), 2 * (y * z + x * w)) * s[1],
            new Vector3D(2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y)) * s[2], new(t[0], t[1], t[2]));
    }

    internal Vector3D Direction(Vector3D v) => X * v.X + Y * v.Y + Z * v.Z;

    internal Vector3D Point(Vector3D v) => Origin + Direction(v);

    /// <summary>A normal, by the matrix of cofactors; its length means nothing.</summary>
    internal Vector3D Facing(Vector3D v) => Y.Cross(Z) * v.X + Z.Cross(X) * v.Y + X.Cross(Y) * v.Z;

    /// <summary>This after another, which lies within it.</summary>
    internal Affine Then(in Affine inner) => new(Direction(inner.X), Direction(inner.Y), Direction(inner.Z), Point(inner.Origin));
}
