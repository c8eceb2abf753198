namespace Answerprint.Imaging.GreyBox.Dressing;

/// <summary>The cheapest cuts through the overlaps of a block with what lies left, above, right and below.</summary>
internal static class SeamCut
{
    /// <summary>Which texels the new block takes.</summary>
    /// <param name="block">Texels a side.</param>
    /// <param name="overlap">Texels of each overlap.</param>
    /// <param name="difference">Cost of a cut at a column and row; -1 where nothing is laid.</param>
    internal static bool[] Mask(int block, int overlap, Func<int, int, int> difference)
    {
        var taken = new bool[block * block];
        Array.Fill(taken, true);
        if (overlap == 0)
            return taken;
        for (int side = 0; side < 4; side++)
        {
            int which = side;
            // One strip seen as if it were the left one: along goes down it, across goes into the block.
            if (!Enumerable.Range(overlap, Math.Max(1, block - 2 * overlap)).Any(along => At(which, along, 0) is var (x, y) && difference(x, y) >= 0))
                continue;
            int[] cut = Cut(block, overlap, (along, across) => At(which, along, across) is var (x, y) ? Math.Max(0, difference(x, y)) : 0);
            for (int along = 0; along < block; along++)
            {
                for (int across = 0; across < cut[along]; across++)
                {
                    var (x, y) = At(which, along, across);
                    taken[y * block + x] = false;
                }
            }
        }
        return taken;

        (int X, int Y) At(int side, int along, int across) => side switch
        {
            0 => (across, along),
            1 => (along, across),
            2 => (block - 1 - across, along),
            _ => (along, block - 1 - across),
        };
    }

    /// <summary>For each line the number of texels that stay with what was there, by dynamic programming.</summary>
    private static int[] Cut(int length, int overlap, Func<int, int, int> cost)
    {
        var sums = new long[length * overlap];
        for (int along = 0; along < length; along++)
        {
            for (int across = 0; across < overlap; across++)
            {
                long before = along == 0 ? 0 : sums[(along - 1) * overlap + across];
                if (along > 0 && across > 0)
                    before = Math.Min(before, sums[(along - 1) * overlap + across - 1]);
                if (along > 0 && across + 1 < overlap)
                    before = Math.Min(before, sums[(along - 1) * overlap + across + 1]);
                sums[along * overlap + across] = before + cost(along, across);
            }
        }
        var cut = new int[length];
        int at = overlap / 2;
        for (int along = length - 1; along >= 0; along--)
        {
            int low = along == length - 1 ? 0 : Math.Max(0, at - 1), high = along == length - 1 ? overlap - 1 : Math.Min(overlap - 1, at + 1), best = Math.Clamp(at, low, high);
            for (int across = low; across <= high; across++)
                if (sums[along * overlap + across] < sums[along * overlap + best])
                    best = across;
            cut[along] = at = best;
        }
        return cut;
    }
}
