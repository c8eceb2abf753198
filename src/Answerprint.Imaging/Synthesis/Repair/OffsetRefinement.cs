namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>Makes offsets of one level exact in a level of twice the size: of the nine that round to the same, the one at which the patches that voted for it agree best.</summary>
internal static class OffsetRefinement
{
    private const int PatchSize = 8;

    // What one pixel may count: what does not match at all must not outvote what matches nearly.
    private const int MostPerPixel = 1200;

    /// <param name="level">The larger level.</param>
    /// <param name="coarse">Offsets of the smaller level; those past the dominant ones are only doubled.</param>
    /// <param name="dominant">The dominant ones with their voters, as the coarsest level found them.</param>
    /// <param name="doublings">How often the coarsest level was doubled to get here.</param>
    internal static IReadOnlyList<Offset> Refine(RepairLevel level, IReadOnlyList<Offset> coarse, IReadOnlyList<DominantOffset> dominant, int doublings)
    {
        var fine = new Offset[coarse.Count];
        for (int k = 0; k < fine.Length; k++)
        {
            var doubled = new Offset(2 * coarse[k].X, 2 * coarse[k].Y);
            fine[k] = k < dominant.Count ? Best(level, doubled, dominant[k].Voters, doublings) : doubled;
        }
        return fine;
    }

    /// <summary>The best of an offset and the eight around it.</summary>
    internal static Offset Best(RepairLevel level, Offset around, IReadOnlyList<(int X, int Y)> voters, int doublings)
    {
        Offset best = around;
        long least = long.MaxValue;
        for (int k = 0; k < 9; k++)
        {
            // The middle first: it stays where all are equal.
            int turn = (k + 4) % 9;
            var candidate = new Offset(around.X + turn % 3 - 1, around.Y + turn / 3 - 1);
            long cost = 0;
            foreach (var (x, y) in voters)
                cost += Difference(level, x << doublings, y << doublings, candidate);
            if (cost < least)
                (best, least) = (candidate, cost);
        }
        return best;
    }

    private static long Difference(RepairLevel level, int x, int y, Offset offset)
    {
        long sum = 0;
        for (int py = y; py < y + PatchSize; py += 2)
        {
            for (int px = x; px < x + PatchSize; px += 2)
            {
                bool known = level.IsKnown(px, py) && level.IsKnown(px + offset.X, py + offset.Y);
                sum += known ? Math.Min(MostPerPixel, RepairLevel.Difference(level.Pixels[py * level.Width + px], level.Pixels[(py + offset.Y) * level.Width + px + offset.X])) : MostPerPixel;
            }
        }
        return sum;
    }
}
