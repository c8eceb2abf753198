namespace Answerprint.Imaging.Motion;

/// <summary>How one shot becomes the next. The numbers are stored: they only grow.</summary>
public enum BoundaryKind
{
    /// <summary>From one frame to the next.</summary>
    Cut = 1,

    /// <summary>One picture blends into the other.</summary>
    Dissolve = 2,

    /// <summary>The picture goes to a flat colour, usually black.</summary>
    FadeOut = 3,

    /// <summary>The picture comes from a flat colour, usually black.</summary>
    FadeIn = 4,
}

/// <summary>Where one shot becomes the next.</summary>
/// <param name="Kind">How.</param>
/// <param name="StartFrame">Index of the first frame that is no longer wholly the old shot.</param>
/// <param name="EndFrame">Index of the first frame that is wholly the new shot; for a cut the same as the start.</param>
/// <param name="StartPts">Presentation time of the start frame, as the caller gave it.</param>
/// <param name="EndPts">Presentation time of the end frame, as the caller gave it.</param>
/// <param name="Confidence">0..1; how far the evidence is above the threshold.</param>
public sealed record ShotBoundary(BoundaryKind Kind, int StartFrame, int EndFrame, long StartPts, long EndPts, double Confidence);

/// <summary>Frames between two boundaries.</summary>
/// <param name="Index">Number of the shot, from 0.</param>
/// <param name="StartFrame">First frame that is wholly of the shot.</param>
/// <param name="EndFrame">First frame that is not.</param>
public sealed record Shot(int Index, int StartFrame, int EndFrame)
{
    /// <summary>The shots that boundaries leave; frames inside dissolves and fades belong to none.</summary>
    /// <param name="boundaries">Boundaries in order.</param>
    /// <param name="frameCount">Frames of the clip.</param>
    /// <exception cref="ArgumentOutOfRangeException">The frame count is negative.</exception>
    public static IReadOnlyList<Shot> Between(IEnumerable<ShotBoundary> boundaries, int frameCount)
    {
        ArgumentNullException.ThrowIfNull(boundaries);
        ArgumentOutOfRangeException.ThrowIfNegative(frameCount);
        var shots = new List<Shot>();
        int start = 0;
        foreach (ShotBoundary boundary in boundaries.OrderBy(b => b.StartFrame))
        {
            if (boundary.StartFrame > start)
                shots.Add(new Shot(shots.Count, start, Math.Min(boundary.StartFrame, frameCount)));
            start = Math.Max(start, boundary.EndFrame);
        }
        if (frameCount > start)
            shots.Add(new Shot(shots.Count, start, frameCount));
        return shots;
    }
}
