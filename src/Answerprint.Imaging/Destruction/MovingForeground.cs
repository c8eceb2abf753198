using System.Numerics;
using Answerprint.Imaging.GreyBox;

namespace Answerprint.Imaging.Destruction;

/// <summary>The outline of a thing in one frame.</summary>
/// <param name="Frame">From 1.</param>
/// <param name="Outline">In pixels of that frame.</param>
public sealed record ForegroundKey(int Frame, IReadOnlyList<Vector2> Outline);

/// <summary>A thing that moves before the building, outlined in some frames; between them each point goes evenly, as seen from a camera that stands.</summary>
/// <param name="Name">What its outlines have in common.</param>
/// <param name="Keys">In order of frames, all with as many points.</param>
public sealed record MovingForeground(string Name, IReadOnlyList<ForegroundKey> Keys)
{
    /// <summary>The outline in a frame; before the first key and after the last it stays as it is there.</summary>
    /// <param name="frame">From 1.</param>
    public IReadOnlyList<Vector2> At(int frame)
    {
        int after = Keys.TakeWhile(key => key.Frame <= frame).Count();
        if (after == 0 || after == Keys.Count)
            return Keys[Math.Max(0, after - 1)].Outline;
        (ForegroundKey first, ForegroundKey second) = (Keys[after - 1], Keys[after]);
        float share = (frame - first.Frame) / (float)(second.Frame - first.Frame);
        return [.. first.Outline.Zip(second.Outline, (a, b) => Vector2.Lerp(a, b, share))];
    }

    /// <summary>The same thing with every point somewhere else.</summary>
    /// <param name="change">Takes frame and point.</param>
    public MovingForeground Changed(Func<int, Vector2, Vector2> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return this with { Keys = [.. Keys.Select(key => key with { Outline = [.. key.Outline.Select(point => change(key.Frame, point))] })] };
    }

    internal static bool IsKey(SceneNode part) => FrameOf(part) > 0;

    internal static IReadOnlyList<MovingForeground> Read(IReadOnlyList<SceneNode> parts) =>
        [.. parts.GroupBy(part => part.Name("name", ""), StringComparer.Ordinal).Select(thing => new MovingForeground(thing.Key, Ordered([.. thing.OrderBy(FrameOf)])))];

    private static ForegroundKey[] Ordered(SceneNode[] parts)
    {
        var keys = new ForegroundKey[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            keys[i] = new ForegroundKey(FrameOf(parts[i]), parts[i].Places("outline", CollapseReader.MaxPoints));
            if (keys[i].Outline.Count < 3)
                throw parts[i].Fault("needs an outline of 3 points or more");
            if (i > 0 && (keys[i].Frame == keys[i - 1].Frame || keys[i].Outline.Count != keys[0].Outline.Count))
                throw parts[i].Fault("follows a thing whose other outlines have another number of points, or the same frame; things that are not one have different names");
        }
        return keys;
    }

    private static int FrameOf(SceneNode part) => (int)part.Number("frame", 1, CollapseReader.MaxFrames, 0);
}
