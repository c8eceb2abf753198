using System.Numerics;

namespace Answerprint.Imaging.Destruction.Raster;

/// <summary>What a surface is made of, as the exported geometry numbers it.</summary>
public enum DebrisMaterial : byte
{
    /// <summary>An outside, which shows the plate.</summary>
    Plate = 0,

    /// <summary>A broken face.</summary>
    Inside = 1,

    /// <summary>A room's wall, floor or ceiling.</summary>
    Room = 2,

    /// <summary>Reinforcement.</summary>
    Steel = 3,

    /// <summary>Rubble in a colour of its own.</summary>
    Rubble = 4,

    /// <summary>Shards of glass in colours of their own, which mirror sun and sky.</summary>
    Glass = 5,
}

/// <summary>One thing that moves as a whole, or a mesh whose corners a cache gives for each frame.</summary>
/// <param name="IsCached">Whether a cache says where its corners are.</param>
/// <param name="FirstCorner">Where its corners begin.</param>
/// <param name="Corners">How many it has.</param>
/// <param name="FirstTriangle">Where its triangles begin.</param>
/// <param name="Triangles">How many it has.</param>
/// <param name="Poses">Where it is in each frame; empty for a cached one.</param>
public sealed record DebrisObject(bool IsCached, int FirstCorner, int Corners, int FirstTriangle, int Triangles, IReadOnlyList<DebrisPose> Poses);

/// <summary>Where a piece is in a frame.</summary>
/// <param name="ToScene">From the piece's axes to the scene's, for row vectors.</param>
/// <param name="Moved">0 while it stands, more the further it came, at most 1.</param>
/// <param name="Open">Metres of the crack along it, at most 1.</param>
/// <param name="IsShown">Whether it is there.</param>
public readonly record struct DebrisPose(Matrix4x4 ToScene, float Moved, float Open, bool IsShown);

/// <summary>The geometry of a fall, in columns over all objects; metres, x to the right, y away from the camera, z up.</summary>
public sealed class DebrisScene
{
    internal DebrisScene(int frames, IReadOnlyList<DebrisObject> objects, int corners, int triangles)
    {
        (Frames, Objects) = (frames, objects);
        (Own, Rest, Tint) = (new Vector3[corners], new Vector3[corners], new Vector3[corners]);
        (Corners, ObjectOf, Materials) = (new int[3 * triangles], new int[triangles], new byte[triangles]);
        (Show, Normals) = (new Vector3[3 * triangles], new Vector3[triangles]);
    }

    /// <summary>How many frames the fall has.</summary>
    public int Frames { get; }

    /// <summary>Everything that is drawn.</summary>
    public IReadOnlyList<DebrisObject> Objects { get; }

    /// <summary>Triangles of all objects.</summary>
    public int Triangles => ObjectOf.Length;

    /// <summary>Where a corner was in the scene before the fall.</summary>
    /// <param name="corner">Counted over all objects, as <see cref="DebrisObject.FirstCorner"/> does.</param>
    public Vector3 RestAt(int corner) => Rest[corner];

    /// <summary>What a triangle is made of.</summary>
    /// <param name="triangle">Counted over all objects, from 0.</param>
    public DebrisMaterial MaterialOf(int triangle) => (DebrisMaterial)Materials[triangle];

    /// <summary>Corners in their object's axes.</summary>
    internal Vector3[] Own { get; }

    /// <summary>Corners in the scene before the fall.</summary>
    internal Vector3[] Rest { get; }

    /// <summary>Linear colours of a cached mesh's corners.</summary>
    internal Vector3[] Tint { get; }

    /// <summary>Three a triangle, counted over all objects.</summary>
    internal int[] Corners { get; }

    /// <summary>Which object a triangle belongs to.</summary>
    internal int[] ObjectOf { get; }

    /// <summary>A <see cref="DebrisMaterial"/> for each triangle.</summary>
    internal byte[] Materials { get; }

    /// <summary>Three a triangle: the place before the fall whose picture a corner shows.</summary>
    internal Vector3[] Show { get; }

    /// <summary>One a triangle: its face's normal before the fall.</summary>
    internal Vector3[] Normals { get; }
}
