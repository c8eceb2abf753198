namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>
/// The strip of a given width that can be taken out of a picture at the least loss: what the strip holds, and how much it shows where its two
/// sides then meet. The path of its edge is found row by row, as in seam carving (Avidan and Shamir, SIGGRAPH 2007), but a strip is many
/// columns wide, so that what stays keeps its shape. At the frame's edges nothing meets, so there a strip is a crop.
/// </summary>
internal static class StripCut
{
    // Differences across a joint beyond 100 of 255 in each channel are not worse than that.
    private const int MostJoint = 3 * 100 * 100;
    private const int JointShare = 12;

    /// <summary>The first column that is taken out in each row, and the loss.</summary>
    internal static (int[] Cut, long Loss) Find(RetargetState state, int count, CancellationToken cancellationToken)
    {
        int width = state.Width, height = state.Height, places = width - count + 1;
        var before = new long[places];
        var row = new long[places];
        var from = new sbyte[places * height];
        var sums = new long[width + 1];
        for (int y = 0; y < height; y++)
        {
            if (y % 16 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            for (int x = 0; x < width; x++)
                sums[x + 1] = sums[x] + state.Weights[y * width + x];
            for (int x = 0; x < places; x++)
            {
                (long least, sbyte step) = y == 0 ? (0, (sbyte)0) : Least(before, x);
                from[y * places + x] = step;
                row[x] = least + sums[x + count] - sums[x] + Joint(state, y, x, count);
            }
            (before, row) = (row, before);
        }
        int end = 0;
        for (int x = 1; x < places; x++)
        {
            if (before[x] < before[end])
                end = x;
        }
        var cut = new int[height];
        long loss = before[end];
        for (int y = height - 1; y >= 0; y--)
        {
            cut[y] = end;
            end += from[y * places + end];
        }
        return (cut, loss);
    }

    private static (long, sbyte) Least(long[] before, int x)
    {
        // Straight up wins where it is as good.
        (long least, sbyte step) = (before[x], 0);
        if (x > 0 && before[x - 1] < least)
            (least, step) = (before[x - 1], -1);
        if (x + 1 < before.Length && before[x + 1] < least)
            (least, step) = (before[x + 1], 1);
        return (least, step);
    }

    /// <summary>How much it shows that the pixel before the strip now meets the pixel after it.</summary>
    private static int Joint(RetargetState state, int y, int x, int count)
    {
        if (x == 0 || x + count == state.Width)
            return 0;
        int at = y * state.Width + x;
        // What stood there against what stands there now, on either side.
        int left = RepairLevel.Difference(state.Pixels[at], state.Pixels[at + count]), right = RepairLevel.Difference(state.Pixels[at - 1], state.Pixels[at + count - 1]);
        return Math.Min(MostJoint, left + right) / JointShare;
    }
}
