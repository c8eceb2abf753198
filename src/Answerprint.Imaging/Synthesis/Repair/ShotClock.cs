namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>
/// For a locked-off shot whose masks move: which frame shows what a mask hides. A hidden pixel is taken from the nearer of the frames before and
/// after that show it, and further hidden frames go on from there in turn (as a film runs to and fro), so that grain and light live on and no frame
/// is repeated while others are there.
/// </summary>
/// <remarks>Frames are asked for in order. All pixels of a frame cost about as much as they are many, however long the shot is.</remarks>
public sealed class ShotClock
{
    /// <summary>What <see cref="Next"/> says of a pixel that no frame shows.</summary>
    public const int Never = -1;

    private readonly IReadOnlyList<byte[]> masks;
    private readonly int[] runStart;
    private readonly int[] lastSeen;
    private readonly int[] nextSeen;
    private readonly int[] nextEnd;
    private int frame = -1;

    /// <summary>A clock at the beginning of a shot.</summary>
    /// <param name="masks">For each frame the mask, row by row: not 0 is hidden. All are of one length; the same array may stand for many frames.</param>
    /// <exception cref="ArgumentException">There is no frame, or lengths differ.</exception>
    public ShotClock(IReadOnlyList<byte[]> masks)
    {
        ArgumentNullException.ThrowIfNull(masks);
        if (masks.Count == 0 || masks.Any(mask => mask.Length != masks[0].Length))
            throw new ArgumentException($"The masks of {masks.Count} frames are not all of one length, or there is none.", nameof(masks));
        this.masks = masks;
        int pixels = masks[0].Length;
        (runStart, lastSeen, nextSeen, nextEnd) = (new int[pixels], new int[pixels], new int[pixels], new int[pixels]);
        Array.Fill(lastSeen, Never);
        Array.Fill(nextSeen, Never);
    }

    /// <summary>Goes on to the next frame and says for each pixel which frame it is taken from: its own where it is not hidden.</summary>
    /// <exception cref="InvalidOperationException">The shot has no more frames.</exception>
    public int[] Next()
    {
        if (++frame >= masks.Count)
            throw new InvalidOperationException($"The shot has {masks.Count} frames.");
        var from = new int[masks[0].Length];
        byte[] mask = masks[frame];
        for (int i = 0; i < from.Length; i++)
            from[i] = mask[i] == 0 ? See(i) : Hidden(i);
        return from;
    }

    private int See(int i)
    {
        if (lastSeen[i] < 0 || lastSeen[i] != frame - 1)
            runStart[i] = frame;
        return lastSeen[i] = frame;
    }

    private int Hidden(int i)
    {
        Look(i);
        int before = lastSeen[i] < 0 ? int.MaxValue : frame - lastSeen[i];
        int after = nextSeen[i] >= masks.Count ? int.MaxValue : nextSeen[i] - frame;
        if (before == int.MaxValue && after == int.MaxValue)
            return Never;
        return before <= after ? lastSeen[i] - ToAndFro(before - 1, lastSeen[i] - runStart[i] + 1) : nextSeen[i] + ToAndFro(after - 1, nextEnd[i] - nextSeen[i]);
    }

    /// <summary>Finds the next run of frames that show the pixel, once for all frames before it.</summary>
    private void Look(int i)
    {
        if (nextSeen[i] >= frame)
            return;
        int at = frame;
        while (at < masks.Count && masks[at][i] != 0)
            at++;
        nextSeen[i] = at;
        while (at < masks.Count && masks[at][i] == 0)
            at++;
        nextEnd[i] = at;
    }

    private static int ToAndFro(int step, int length)
    {
        int at = step % (2 * length);
        return at < length ? at : 2 * length - 1 - at;
    }
}
