namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>
/// What tones are to be expected inside a hole, where no known pixel is near: those found along its rim, the nearer the likelier. It keeps
/// things that belong elsewhere out of the middle, and does not mix what lies on two sides.
/// </summary>
internal sealed class RimTones
{
    private const int CellShift = 2;
    private const int MaxPlaces = 40;

    // The difference in tone that a distance of half the hole's width is worth: 55 of 255 in each channel.
    private const int WorthOfRadius = 3 * 55 * 55;

    private readonly int width;
    private readonly uint[] tones;
    private readonly (int X, int Y, uint Tone)[] rim;
    private readonly long radiusSquared;

    internal RimTones(RepairLevel level)
    {
        width = (level.Width + (1 << CellShift) - 1) >> CellShift;
        int height = (level.Height + (1 << CellShift) - 1) >> CellShift;
        tones = new uint[width * height];
        var known = new bool[tones.Length];
        for (int cell = 0; cell < tones.Length; cell++)
            known[cell] = Mean(level, cell % width << CellShift, cell / width << CellShift, out tones[cell]);
        rim = Rim(level, known);
        // A disc of the hole's area: its radius squared is a third of it, nearly.
        radiusSquared = Math.Max(1, level.Hole.AsSpan().Count(RepairLevel.Missing) / 3);
    }

    /// <summary>How little the tone around a source pixel is expected at a missing one.</summary>
    internal int Surprise(int x, int y, int sourceX, int sourceY)
    {
        uint tone = tones[(sourceY >> CellShift) * width + (sourceX >> CellShift)];
        long least = long.MaxValue;
        foreach (var (rimX, rimY, expected) in rim)
        {
            long dx = x - rimX, dy = y - rimY, distance = (dx * dx + dy * dy) * WorthOfRadius / radiusSquared;
            if (distance < least)
                least = Math.Min(least, distance + RepairLevel.Difference(tone, expected));
        }
        return rim.Length == 0 ? 0 : (int)Math.Min(least, 1 << 18);
    }

    private (int X, int Y, uint Tone)[] Rim(RepairLevel level, bool[] known)
    {
        // Known cells beside missing pixels.
        var cells = new SortedSet<int>();
        for (int i = 0; i < level.Hole.Length; i++)
        {
            if (level.Hole[i] != RepairLevel.Missing)
                continue;
            int cellX = i % level.Width >> CellShift, cellY = i / level.Width >> CellShift;
            for (int k = 0; k < 9; k++)
            {
                int x = cellX + k % 3 - 1, y = cellY + k / 3 - 1;
                if (x >= 0 && y >= 0 && x < width && y < tones.Length / width && known[y * width + x])
                    cells.Add(y * width + x);
            }
        }
        int stride = Math.Max(1, (cells.Count + MaxPlaces - 1) / MaxPlaces) | 1;
        return [.. cells.Where((_, i) => i % stride == 0).Select(cell => ((cell % width << CellShift) + 2, (cell / width << CellShift) + 2, tones[cell]))];
    }

    /// <summary>The mean of a cell's known pixels; false when it has none.</summary>
    private static bool Mean(RepairLevel level, int left, int top, out uint tone)
    {
        Span<int> sums = stackalloc int[4];
        sums.Clear();
        int count = 0;
        for (int y = top; y < Math.Min(level.Height, top + (1 << CellShift)); y++)
        {
            for (int x = left; x < Math.Min(level.Width, left + (1 << CellShift)); x++)
            {
                if (level.Hole[y * level.Width + x] != 0)
                    continue;
                count++;
                for (int c = 0; c < 4; c++)
                    sums[c] += (int)(level.Pixels[y * level.Width + x] >> 8 * c & 255);
            }
        }
        tone = 0;
        for (int c = 0; count > 0 && c < 4; c++)
            tone |= (uint)((sums[c] + count / 2) / count) << 8 * c;
        return count > 0;
    }
}
