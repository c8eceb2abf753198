namespace Answerprint.Imaging.GreyBox;

/// <summary>A half line.</summary>
internal readonly struct Ray
{
    /// <summary>Nearer than this nothing is hit: 0.1 mm, so that a surface does not hide itself.</summary>
    internal const double Least = 1e-4;

    internal readonly Vector3D Origin, Direction, Inverse;

    internal Ray(Vector3D origin, Vector3D direction)
    {
        (Origin, Direction) = (origin, direction);
        Inverse = new(1 / Away(direction.X), 1 / Away(direction.Y), 1 / Away(direction.Z));
    }

    /// <summary>Whether it meets a cuboid nearer than a distance.</summary>
    internal bool Reaches(in Vector3D low, in Vector3D high, double distance)
    {
        double x0 = (low.X - Origin.X) * Inverse.X, x1 = (high.X - Origin.X) * Inverse.X, y0 = (low.Y - Origin.Y) * Inverse.Y, y1 = (high.Y - Origin.Y) * Inverse.Y;
        double z0 = (low.Z - Origin.Z) * Inverse.Z, z1 = (high.Z - Origin.Z) * Inverse.Z;
        double near = Math.Max(Math.Max(Math.Min(x0, x1), Math.Min(y0, y1)), Math.Min(z0, z1)), far = Math.Min(Math.Min(Math.Max(x0, x1), Math.Max(y0, y1)), Math.Max(z0, z1));
        // A little wider, so that what lies in its own hull is not lost to rounding.
        return near <= far + 1e-9 && far > 0 && near < distance;
    }

    // 1 / 0 times 0 would be no number.
    private static double Away(double d) => d is > -1e-12 and < 1e-12 ? d < 0 ? -1e-12 : 1e-12 : d;
}

/// <summary>Where a ray met something.</summary>
internal struct Hit
{
    internal double Distance;
    internal Solid? Solid;
    internal int Piece;
    internal Face Face;

    internal static Hit Nothing(double distance = double.MaxValue) => new() { Distance = distance };
}

/// <summary>A side of a piece.</summary>
internal enum Face : byte
{
    Front,
    Right,
    Back,
    Left,
    Top,
    Bottom,
    Round,
    Mesh,
}
