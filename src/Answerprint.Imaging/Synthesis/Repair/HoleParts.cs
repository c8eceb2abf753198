using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>
/// The parts of a mask that lie apart, each with the window of the picture that it is filled from: what is near is lit alike, and small
/// holes in a large picture cost little.
/// </summary>
internal static class HoleParts
{
    /// <summary>Holes closer than this are one part, so that no patch reaches two.</summary>
    internal const int Gap = 16;

    private const int MinSurroundings = 160;

    // Known pixels of the window for each missing one: fewer, and the window grows.
    private const int MinKnownShare = 3;

    /// <summary>Numbers of parts from 1 for each missing pixel, and the window of each part.</summary>
    internal static (int[] PartOf, List<PixelRect> Windows) Of(ReadOnlySpan<byte> hole, int width, int height)
    {
        int[] cells = Cells(hole, width, height, out int columns, out int rows);
        int parts = Number(cells, columns, rows);
        var partOf = new int[hole.Length];
        var bounds = new (int Left, int Top, int Right, int Bottom, int Count)[parts + 1];
        Array.Fill(bounds, (int.MaxValue, int.MaxValue, 0, 0, 0));
        for (int y = 0, i = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, i++)
            {
                if (hole[i] == 0)
                    continue;
                int part = partOf[i] = cells[y / Gap * columns + x / Gap];
                var (left, top, right, bottom, count) = bounds[part];
                bounds[part] = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1), count + 1);
            }
        }
        int[] missing = BoxSums.Of(hole, width, height);
        var windows = new List<PixelRect>();
        foreach (var (left, top, right, bottom, count) in bounds.Skip(1))
            windows.Add(Window(new PixelRect(left, top, right - left, bottom - top), count, missing, width, height));
        return (partOf, windows);
    }

    /// <summary>Squares of the mask that hold a missing pixel: -1, others 0.</summary>
    private static int[] Cells(ReadOnlySpan<byte> hole, int width, int height, out int columns, out int rows)
    {
        (columns, rows) = ((width + Gap - 1) / Gap, (height + Gap - 1) / Gap);
        var cells = new int[columns * rows];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (hole[y * width + x] != 0)
                    cells[y / Gap * columns + x / Gap] = -1;
            }
        }
        return cells;
    }

    /// <summary>Numbers squares that touch at sides or corners alike; between pixels of others there is a whole square at least.</summary>
    private static int Number(int[] cells, int columns, int rows)
    {
        int parts = 0;
        var pending = new Stack<int>();
        for (int start = 0; start < cells.Length; start++)
        {
            if (cells[start] != -1)
                continue;
            cells[start] = ++parts;
            pending.Push(start);
            while (pending.TryPop(out int at))
            {
                int x = at % columns, y = at / columns;
                for (int ny = Math.Max(0, y - 1); ny <= Math.Min(rows - 1, y + 1); ny++)
                {
                    for (int nx = Math.Max(0, x - 1); nx <= Math.Min(columns - 1, x + 1); nx++)
                    {
                        if (cells[ny * columns + nx] != -1)
                            continue;
                        cells[ny * columns + nx] = parts;
                        pending.Push(ny * columns + nx);
                    }
                }
            }
        }
        return parts;
    }

    private static PixelRect Window(PixelRect bounds, int count, int[] missing, int width, int height)
    {
        var picture = new PixelRect(0, 0, width, height);
        int reach = Math.Max(MinSurroundings, 3 * Math.Max(bounds.Width, bounds.Height) / 2);
        while (true)
        {
            PixelRect window = new PixelRect(bounds.X - reach, bounds.Y - reach, bounds.Width + 2 * reach, bounds.Height + 2 * reach).Intersect(picture);
            long known = window.Area - BoxSums.Sum(missing, width, window.X, window.Y, window.Right, window.Bottom);
            if (window == picture || known >= (long)MinKnownShare * count)
                return window;
            reach *= 2;
        }
    }
}
