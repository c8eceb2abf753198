using Answerprint.Imaging.Attribution;

namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>
/// For each pixel the one source pixel that the patches over it agree on best: the place whose surroundings of one pixel hold most of
/// the fold's weight. A mean over patches that disagree would be soft; the place they agree on is sharp.
/// </summary>
internal static class WinnerField
{
    internal static AttributionField Decide(NeighbourLists lists, SourceAtlas atlas, int width, int height, ReadOnlySpan<ushort> window, ParallelOptions parallel)
    {
        int patch = atlas.Patch;
        var columns = new FoldWindow(width, patch, DiffusionLevel.SpreadPercent);
        var rows = new FoldWindow(height, patch, DiffusionLevel.SpreadPercent);
        ushort[] sources = new ushort[width * height], across = new ushort[width * height], down = new ushort[width * height];
        Bands.Run(height, parallel, (from, to) =>
        {
            Span<int> places = stackalloc int[patch * patch], weights = stackalloc int[patch * patch];
            for (int y = from; y < to; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    int count = Gather(lists, atlas, columns, rows, x, y, places, weights);
                    (int row, int column) = Math.DivRem(Choose(places[..count], weights, atlas), atlas.Stride);
                    int owner = atlas.SourceAt(row), i = y * width + x;
                    (sources[i], across[i], down[i]) = ((ushort)owner, (ushort)column, (ushort)(row - atlas.Areas[owner].Y));
                }
            }
        });
        return new AttributionField(width, height, sources, across, down, window);
    }

    private static int Gather(NeighbourLists lists, SourceAtlas atlas, FoldWindow columns, FoldWindow rows, int x, int y, Span<int> places, Span<int> weights)
    {
        int patch = atlas.Patch, count = 0, last = 0;
        for (int py = Math.Max(0, y - patch + 1); py <= Math.Min(y, lists.Height - 1); py++)
        {
            int high = rows.Weights[py * patch + y - py];
            if (high == 0)
                continue;
            for (int px = Math.Max(0, x - patch + 1); px <= Math.Min(x, lists.Width - 1); px++)
            {
                int weight = high * columns.Weights[px * patch + x - px];
                if (weight == 0)
                    continue;
                int place = lists.Positions[(py * lists.Width + px) * lists.Count] + (y - py) * atlas.Stride + x - px;
                if (last >= count || places[last] != place)
                {
                    last = places[..count].IndexOf(place);
                    if (last < 0)
                    {
                        last = count++;
                        places[last] = place;
                        weights[last] = 0;
                    }
                }
                weights[last] += weight;
            }
        }
        return count;
    }

    private static int Choose(ReadOnlySpan<int> places, ReadOnlySpan<int> weights, SourceAtlas atlas)
    {
        int best = 0;
        long bestSupport = -1;
        for (int i = 0; i < places.Length; i++)
        {
            // Places next to this one count, its own weight a little more, so that the middle of a run of drifting matches wins.
            long support = weights[i];
            (int row, int column) = Math.DivRem(places[i], atlas.Stride);
            for (int j = 0; j < places.Length; j++)
            {
                (int otherRow, int otherColumn) = Math.DivRem(places[j], atlas.Stride);
                if (Math.Abs(row - otherRow) <= 1 && Math.Abs(column - otherColumn) <= 1 && atlas.SourceAt(row) == atlas.SourceAt(otherRow))
                    support += 4L * weights[j];
            }
            if (support > bestSupport || (support == bestSupport && places[i] < places[best]))
                (best, bestSupport) = (i, support);
        }
        return places[best];
    }
}
