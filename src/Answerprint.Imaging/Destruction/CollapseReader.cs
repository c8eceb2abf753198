using System.Numerics;
using Answerprint.Imaging.GreyBox;

namespace Answerprint.Imaging.Destruction;

/// <summary>Reads a collapse from JSON, see docs/collapse.md. Unknown members are ignored.</summary>
public static class CollapseReader
{
    /// <summary>Most bytes of JSON.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Most points of an outline.</summary>
    public const int MaxPoints = 256;

    /// <summary>Most outlines of the foreground.</summary>
    public const int MaxForeground = 64;

    /// <summary>Fewest frames of a collapse.</summary>
    public const int MinFrames = 3;

    /// <summary>Most frames of a collapse.</summary>
    public const int MaxFrames = 2000;

    /// <summary>Reads a whole document.</summary>
    /// <exception cref="SceneFormatException">It is too long, no JSON, or a value is missing or out of bounds; the message says where.</exception>
    public static CollapseScene Read(ReadOnlyMemory<byte> utf8) => SceneNode.Document(utf8, "collapse", MaxBytes, Read);

    private static CollapseScene Read(SceneNode root)
    {
        if (root.Number("version", 1, 1, 1) != 1)
            throw root.Fault("has another version than 1");
        SceneNode camera = root.Optional("camera"), building = root.Child("building"), failure = root.Optional("failure"), light = root.Optional("light");
        Vector2[] outline = building.Places("outline", MaxPoints);
        if (outline.Length < 3)
            throw building.Fault("needs an outline of 3 points or more, or a mask");
        SceneNode[] foreground = [.. root.List("foreground", MaxForeground)];
        int frames = (int)root.Number("frames", MinFrames, MaxFrames, 0), start = (int)failure.Number("start", 2, 2000, 6);
        FailureKind kind = failure.Choice("kind", FailureKind.Pancake);
        // What is removed is never seen.
        start = kind == FailureKind.Remove ? 1 : start;
        if (frames > 0 && start >= frames)
            throw failure.Fault($"starts at frame {start}; the shot has {frames}");
        return new CollapseScene(
            frames, root.Number("rate", 12, 120, 0), (int)root.Number("seed", 0, int.MaxValue, 1),
            new CollapseCamera(camera.Number("focalLength", 0.3, 20, 1.2), camera.Number("horizon", -2, 3, 0.6), camera.Choice("lens", Lens.Plain) == Lens.Shift, Lines(camera)),
            new CollapseBuilding(building.Choice("shape", BuildingShape.Block), outline, building.Number("height", 2, 500, 12), building.Number("depth", 1, 200, 8),
                building.Number("wall", 0.05, 5, 0.45), building.Number("storey", 2, 20, 3), building.Choice("material", BuildingMaterial.Brick), Front(building)) { Snaps = building.Choice("edge", Edge.Snap) == Edge.Snap },
            [.. foreground.Where(part => !MovingForeground.IsKey(part)).Select(part => (IReadOnlyList<Vector2>)part.Places("outline", MaxPoints))],
            new CollapseFailure(kind, start, failure.Number("at", 0, 1, 0.15), failure.Choice("side", Side.Right) == Side.Right,
                failure.Number("strength", 0, 10_000, 40), (int)failure.Number("pieces", 8, 2000, 170), Point(failure, kind)),
            new CollapseLight(light.Number("azimuth", -360, 360, 140), light.Number("elevation", 2, 90, 40), light.Number("sun", 0, 20, 3.2), light.Number("sky", 0, 5, 0.8)),
            root.Number("dust", 0, 4, 1))
        {
            Reference = (int)root.Number("reference", 0, MaxFrames, 0),
            Moving = MovingForeground.Read([.. foreground.Where(MovingForeground.IsKey)]),
        };
    }

    private static CollapseLines? Lines(SceneNode camera)
    {
        SceneNode lines = camera.Optional("lines");
        Vector2[] along = lines.Places("along", MaxPoints), across = lines.Places("across", MaxPoints);
        if (along.Length + across.Length == 0)
            return null;
        return along.Length >= 4 && across.Length >= 4 && along.Length % 2 == 0 && across.Length % 2 == 0 ? new CollapseLines(along, across)
            : throw lines.Fault($"has {along.Length} points 'along' and {across.Length} 'across'; each needs two ends of two edges or more");
    }

    private static Vector2? Point(SceneNode failure, FailureKind kind) => failure.Places("point", 1) is [var point]
        ? kind == FailureKind.Blast ? point : throw failure.Fault("has a 'point', which only a blast has")
        : null;

    private static CollapseFront? Front(SceneNode building)
    {
        Vector2[] face = building.Places("front", MaxPoints), side = building.Places("side", 1), ridge = building.Places("ridge", 2);
        if (face.Length == 0)
            return side.Length + ridge.Length == 0 ? null : throw building.Fault("has a side or a ridge, which need the corners of its 'front'");
        if (face.Length < 3 || ridge.Length == 1)
            throw building.Fault("needs 3 points or more as 'front', and two as 'ridge'");
        if (building.Choice("shape", BuildingShape.Block) == BuildingShape.Round)
            throw building.Fault("is round and has a 'front'; only a block has one");
        return new CollapseFront(face, side.Length == 0 ? null : side[0], ridge.Length == 0 ? null : (ridge[0], ridge[1]));
    }

    private enum Edge
    {
        Snap,
        Drawn,
    }

    private enum Lens
    {
        Plain,
        Shift,
    }

    private enum Side
    {
        Left,
        Right,
    }
}
