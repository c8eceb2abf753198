namespace Answerprint.Imaging.GreyBox;

/// <summary>A point or direction in metres: x to the right, y up, z towards the front. Only IEEE additions, products, quotients and roots, so that all machines agree.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Up.</param>
/// <param name="Z">To the front.</param>
public readonly record struct Vector3D(double X, double Y, double Z)
{
    /// <summary>The sum.</summary>
    public static Vector3D operator +(Vector3D a, Vector3D b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    /// <summary>The difference.</summary>
    public static Vector3D operator -(Vector3D a, Vector3D b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    /// <summary>The multiple.</summary>
    public static Vector3D operator *(Vector3D a, double s) => new(a.X * s, a.Y * s, a.Z * s);

    /// <summary>The scalar product.</summary>
    public double Dot(Vector3D b) => X * b.X + Y * b.Y + Z * b.Z;

    /// <summary>The vector product.</summary>
    public Vector3D Cross(Vector3D b) => new(Y * b.Z - Z * b.Y, Z * b.X - X * b.Z, X * b.Y - Y * b.X);

    /// <summary>The least of both, coordinate by coordinate.</summary>
    public static Vector3D Least(Vector3D a, Vector3D b) => new(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Min(a.Z, b.Z));

    /// <summary>The greatest of both, coordinate by coordinate.</summary>
    public static Vector3D Most(Vector3D a, Vector3D b) => new(Math.Max(a.X, b.X), Math.Max(a.Y, b.Y), Math.Max(a.Z, b.Z));

    /// <summary>The coordinate that is farthest from 0, without its sign.</summary>
    public double Greatest => Math.Max(Math.Abs(X), Math.Max(Math.Abs(Y), Math.Abs(Z)));

    /// <summary>Length in metres.</summary>
    public double Length => Math.Sqrt(Dot(this));

    /// <summary>The direction of length 1; itself when it has no length.</summary>
    public Vector3D Normalised() => Length is var length && length > 0 ? this * (1 / length) : this;

    /// <summary>Two directions that stand at right angles to this one (of length 1) and to each other.</summary>
    public (Vector3D A, Vector3D B) Basis()
    {
        Vector3D a = (X > 0.6 || X < -0.6 ? new Vector3D(0, 1, 0) : new Vector3D(1, 0, 0)).Cross(this).Normalised();
        return (a, Cross(a));
    }
}
