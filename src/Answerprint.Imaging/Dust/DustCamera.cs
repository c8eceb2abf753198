using System.Numerics;

namespace Answerprint.Imaging.Dust;

/// <summary>A pinhole camera: x to the right, y up, z to the front (towards the one who looks along -z).</summary>
/// <param name="Position">Metres.</param>
/// <param name="Pitch">Radians upwards from level, looking along -z.</param>
/// <param name="FocalLength">In pixels of the picture.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
public readonly record struct DustCamera(Vector3 Position, float Pitch, float FocalLength, int Width, int Height)
{
    /// <value>How far above the middle of the picture its axis is, in pixels: what a shift lens does. Default 0.</value>
    public float Raised { get; init; }

    /// <summary>The direction of a place in the picture, of length 1, and the depth along the view of one metre of it.</summary>
    internal (Vector3 Direction, float Depth) At(float x, float y)
    {
        var local = new Vector3((x - Width / 2f) / FocalLength, (Height / 2f - Raised - y) / FocalLength, -1);
        float length = local.Length(), sin = MathF.Sin(Pitch), cos = MathF.Cos(Pitch);
        local /= length;
        return (new Vector3(local.X, cos * local.Y - sin * local.Z, sin * local.Y + cos * local.Z), 1 / length);
    }
}
