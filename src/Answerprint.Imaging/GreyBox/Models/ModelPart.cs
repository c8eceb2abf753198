namespace Answerprint.Imaging.GreyBox.Models;

/// <summary>Triangles of one material.</summary>
public sealed class ModelPart
{
    internal ModelPart(string name, string region, Vector3D[] corners, Vector3D[]? normals, (double U, double V)[]? coordinates)
    {
        (Name, Region, Corners, Normals, Coordinates) = (name, region, corners, normals, coordinates);
        (Low, High) = (corners[0], corners[0]);
        foreach (Vector3D corner in corners)
            (Low, High) = (Vector3D.Least(Low, corner), Vector3D.Most(High, corner));
    }

    /// <summary>What the file calls it.</summary>
    public string Name { get; }

    /// <summary>The name of its material.</summary>
    public string Region { get; }

    /// <summary>How many triangles.</summary>
    public int Triangles => Corners.Length / 3;

    /// <summary>Least corner of its hull.</summary>
    public Vector3D Low { get; }

    /// <summary>Greatest corner of its hull.</summary>
    public Vector3D High { get; }

    /// <summary>The middle of its foot.</summary>
    public Vector3D Foot => new((Low.X + High.X) / 2, Low.Y, (Low.Z + High.Z) / 2);

    /// <summary>Width, height and depth; a flat part has the least size that scenes know.</summary>
    public Vector3D Size => Vector3D.Most(High - Low, new Vector3D(SceneLimits.MinSize, SceneLimits.MinSize, SceneLimits.MinSize));

    /// <summary>Whether the file brings coordinates of its own on the surface.</summary>
    public bool HasCoordinates => Coordinates is not null;

    internal Vector3D[] Corners { get; }

    internal Vector3D[]? Normals { get; }

    internal (double U, double V)[]? Coordinates { get; }

    /// <summary>Corners of all triangles, three numbers each, as single-precision numbers: what a viewer draws.</summary>
    public float[] Positions()
    {
        var positions = new float[Corners.Length * 3];
        for (int i = 0; i < Corners.Length; i++)
            (positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]) = ((float)Corners[i].X, (float)Corners[i].Y, (float)Corners[i].Z);
        return positions;
    }
}
