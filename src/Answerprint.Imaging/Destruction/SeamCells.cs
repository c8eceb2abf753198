using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Repair;

namespace Answerprint.Imaging.Destruction;

/// <summary>A filling in cells of some pixels: which lie in one piece, and what two pieces differ by where they meet.</summary>
internal sealed class SeamCells
{
    private const int Outside = -1, Known = -2;

    private readonly int size, columns, rows, width, height;
    private readonly int[] numbers;
    private readonly List<(int X, int Y)> offsets = [];

    // For each cell its neighbours to the right, below, to the left and above: the number (or Known, Outside), how far what they differ by is trusted (1 within a piece), and what is wanted of the difference.
    private readonly int[] neighbours;
    private readonly float[] trust, differs;
    private readonly bool[] isSeam;

    internal SeamCells(float[] codes, PixelBuffer<byte> hole, RepairField field, int size)
    {
        (this.size, width, height) = (size, field.Width, field.Height);
        (columns, rows) = ((width + size - 1) / size, (height + size - 1) / size);
        numbers = new int[columns * rows];
        PixelRect region = field.Region;
        for (int cell = 0; cell < numbers.Length; cell++)
        {
            (int x, int y) = Middle(cell);
            int at = (y - region.Y) * region.Width + x - region.X;
            bool made = x >= region.X && y >= region.Y && x < region.Right && y < region.Bottom && hole.Memory.Span[y * width + x] != 0 && field.Field.Sources[at] != AttributionField.None;
            numbers[cell] = made ? offsets.Count : hole.Memory.Span[y * width + x] != 0 ? Outside : Known;
            if (made)
                offsets.Add((field.Field.Columns[at] - x, field.Field.Rows[at] - y));
        }
        neighbours = new int[4 * offsets.Count];
        (trust, differs, isSeam) = (new float[4 * offsets.Count], new float[12 * offsets.Count], new bool[4 * offsets.Count]);
        Meet(new CellTones(codes, hole, size));
    }

    internal int Count => offsets.Count;

    /// <summary>What a cell's neighbours want of it.</summary>
    internal double Wanted(int cell, int colour, float seam)
    {
        double sum = 0;
        for (int k = 4 * cell; k < 4 * cell + 4; k++)
            sum += isSeam[k] ? seam * trust[k] * differs[3 * k + colour] : 0;
        return sum;
    }

    /// <summary>How strongly a cell is held.</summary>
    internal double Held(int cell, float seam)
    {
        double sum = 0;
        for (int k = 4 * cell; k < 4 * cell + 4; k++)
            sum += (isSeam[k] ? seam : 1) * trust[k];
        return sum;
    }

    internal double Pull(double[] values, int cell, float seam)
    {
        double sum = 0;
        for (int k = 4 * cell; k < 4 * cell + 4; k++)
            sum += (isSeam[k] ? seam : 1) * trust[k] * (values[cell] - (neighbours[k] >= 0 ? values[neighbours[k]] : 0));
        return sum;
    }

    /// <summary>What was solved, at a pixel that was made.</summary>
    internal void Sample(float[] solved, int x, int y, Span<float> to)
    {
        int own = numbers[y / size * columns + x / size];
        float atX = (x + 0.5f) / size - 0.5f, atY = (y + 0.5f) / size - 0.5f, sum = 0;
        (int left, int top) = ((int)MathF.Floor(atX), (int)MathF.Floor(atY));
        for (int v = top; v <= top + 1; v++)
        {
            for (int u = left; u <= left + 1; u++)
            {
                int cell = u >= 0 && v >= 0 && u < columns && v < rows ? numbers[v * columns + u] : Outside;
                if (cell < 0 || (own >= 0 && !IsOnePiece(own, cell)))
                    continue;
                float weight = (1 - MathF.Abs(atX - u)) * (1 - MathF.Abs(atY - v));
                for (int c = 0; c < 3; c++)
                    to[c] += weight * solved[3 * cell + c];
                sum += weight;
            }
        }
        for (int c = 0; c < 3; c++)
            to[c] = sum > 1e-4f ? to[c] / sum : own >= 0 ? solved[3 * own + c] : 0;
    }

    private (int X, int Y) Middle(int cell) => (Math.Min(width - 1, cell % columns * size + size / 2), Math.Min(height - 1, cell / columns * size + size / 2));

    private bool IsOnePiece(int one, int other) => Math.Abs(offsets[one].X - offsets[other].X) <= size - 1 && Math.Abs(offsets[one].Y - offsets[other].Y) <= size - 1;

    private void Meet(CellTones tones)
    {
        Span<float> difference = stackalloc float[3];
        for (int cell = 0; cell < numbers.Length; cell++)
        {
            if (numbers[cell] is < 0 and not Known || (numbers[cell] == Known && !TouchesMade(cell)))
                continue;
            foreach ((int way, int across, int down) in ((int, int, int)[])[(0, 1, 0), (1, 0, 1)])
            {
                (int x, int y) = (cell % columns + across, cell / columns + down);
                if (x >= columns || y >= rows)
                    continue;
                int other = y * columns + x, a = numbers[cell], b = numbers[other];
                if (a == Outside || b == Outside || (a < 0 && b < 0))
                    continue;
                if (a >= 0 && b >= 0 && IsOnePiece(a, b))
                {
                    Join(a, way, b, 1, false, default);
                    continue;
                }
                difference.Clear();
                float trusted = tones.Differ(Middle(cell), a >= 0 ? offsets[a] : default, Middle(other), b >= 0 ? offsets[b] : default, difference);
                Join(a, way, b, trusted, true, difference);
            }
        }
    }

    private bool TouchesMade(int cell) =>
        (cell % columns + 1 < columns && numbers[cell + 1] >= 0) || (cell + columns < numbers.Length && numbers[cell + columns] >= 0);

    private void Join(int a, int way, int b, float trusted, bool seam, ReadOnlySpan<float> difference)
    {
        if (a >= 0)
            Set(4 * a + way, b, trusted, seam, 1, difference);
        if (b >= 0)
            Set(4 * b + way + 2, a, trusted, seam, -1, difference);
    }

    private void Set(int at, int other, float trusted, bool seam, float sign, ReadOnlySpan<float> difference)
    {
        (neighbours[at], trust[at], isSeam[at]) = (other, trusted, seam);
        for (int c = 0; c < difference.Length; c++)
            differs[3 * at + c] = sign * difference[c];
    }
}
