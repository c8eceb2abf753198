namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>
/// Offsets that suit the rim of a hole: places along it are looked up in the known picture by what is known around them. They complete
/// the offsets at which the picture repeats itself, where a texture repeats at none.
/// </summary>
internal static class ContextOffsets
{
    private const int PatchRadius = 4;
    private const int MaxPlaces = 48;
    private const int Apart = 4;

    // A level of more pixels is halved once more before it is searched whole.
    private const int MaxPixels = 30_000;

    internal static List<DominantOffset> Find(RepairLevel level, int threads, CancellationToken cancellationToken)
    {
        RepairLevel? half = level.Hole.Length > MaxPixels && Math.Min(level.Width, level.Height) > 8 * PatchRadius ? level.Halve() : null;
        int scale = half is null ? 1 : 2;
        RepairLevel searched = half ?? level;
        List<(int X, int Y)> places = Rim(searched);
        var found = new List<(Offset Offset, int X, int Y)>[places.Count];
        int[] sources = Sources(searched);
        Parallel.For(0, found.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            i => found[i] = Match(searched, sources, places[i].X, places[i].Y));
        var offsets = new List<DominantOffset>();
        foreach (var (offset, x, y) in found.SelectMany(f => f))
        {
            // One of a few that lie next to each other is enough.
            int same = offsets.FindIndex(o => Math.Abs(o.Offset.X - scale * offset.X) <= scale && Math.Abs(o.Offset.Y - scale * offset.Y) <= scale);
            var voter = (scale * x - PatchRadius, scale * y - PatchRadius);
            if (same < 0)
                offsets.Add(new DominantOffset(new Offset(scale * offset.X, scale * offset.Y), 1, [voter]));
            else
                offsets[same] = offsets[same] with { Votes = offsets[same].Votes + 1, Voters = [.. offsets[same].Voters, voter] };
        }
        return half is null ? offsets : offsets.ConvertAll(o => o with { Offset = OffsetRefinement.Best(level, o.Offset, o.Voters, 0) });
    }

    /// <summary>The middles of all wholly known patches.</summary>
    private static int[] Sources(RepairLevel level)
    {
        int[] missing = BoxSums.Of(level.Hole, level.Width, level.Height);
        var sources = new List<int>();
        for (int y = PatchRadius; y < level.Height - PatchRadius; y++)
        {
            for (int x = PatchRadius; x < level.Width - PatchRadius; x++)
            {
                if (BoxSums.Sum(missing, level.Width, x - PatchRadius, y - PatchRadius, x + PatchRadius + 1, y + PatchRadius + 1) == 0)
                    sources.Add(y * level.Width + x);
            }
        }
        return [.. sources];
    }

    /// <summary>Missing pixels beside known ones, evenly thinned.</summary>
    private static List<(int X, int Y)> Rim(RepairLevel level)
    {
        var rim = new List<(int X, int Y)>();
        for (int y = 0; y < level.Height; y++)
        {
            for (int x = 0; x < level.Width; x++)
            {
                if (level.Hole[y * level.Width + x] == RepairLevel.Missing
                    && (level.IsKnown(x - 1, y) || level.IsKnown(x + 1, y) || level.IsKnown(x, y - 1) || level.IsKnown(x, y + 1)))
                    rim.Add((x, y));
            }
        }
        // In reading order two sides of the hole alternate; a stride that is odd samples both.
        int stride = Math.Max(1, rim.Count / MaxPlaces) | 1;
        return [.. rim.Where((_, i) => i % stride == 0)];
    }

    /// <summary>The two best matches that do not lie next to each other.</summary>
    private static List<(Offset Offset, int X, int Y)> Match(RepairLevel level, int[] sources, int x, int y)
    {
        // The known pixels around the place, nearest first, so that a bad match is given up early.
        (int Step, uint Pixel)[] known = [.. Enumerable.Range(0, (2 * PatchRadius + 1) * (2 * PatchRadius + 1))
            .Select(i => (X: i % (2 * PatchRadius + 1) - PatchRadius, Y: i / (2 * PatchRadius + 1) - PatchRadius))
            .Where(d => level.IsKnown(x + d.X, y + d.Y)).OrderBy(d => d.X * d.X + d.Y * d.Y)
            .Select(d => (d.Y * level.Width + d.X, level.Pixels[(y + d.Y) * level.Width + x + d.X]))];
        var best = new List<(Offset Offset, int X, int Y)>();
        if (known.Length == 0 || sources.Length == 0)
            return best;
        int first = Nearest(level, sources, known, -1);
        best.Add((new Offset(first % level.Width - x, first / level.Width - y), x, y));
        if (Nearest(level, sources, known, first) is >= 0 and var second)
            best.Add((new Offset(second % level.Width - x, second / level.Width - y), x, y));
        return best;
    }

    private static int Nearest(RepairLevel level, int[] sources, (int Step, uint Pixel)[] known, int apartFrom)
    {
        int takenX = apartFrom < 0 ? -2 * Apart : apartFrom % level.Width, takenY = apartFrom < 0 ? -2 * Apart : apartFrom / level.Width, best = -1;
        long least = long.MaxValue;
        foreach (int at in sources)
        {
            long sum = 0;
            for (int i = 0; i < known.Length && sum < least; i++)
                sum += RepairLevel.Difference(known[i].Pixel, level.Pixels[at + known[i].Step]);
            if (sum < least && (Math.Abs(at % level.Width - takenX) > Apart || Math.Abs(at / level.Width - takenY) > Apart))
                (least, best) = (sum, at);
        }
        return best;
    }
}
