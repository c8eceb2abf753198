using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>Pixels near a drawn outline, and the colours of both its sides beyond them.</summary>
internal sealed class OutlineBand
{
    // Steps to the side and along a diagonal, as integers (Borgefors 1986).
    private const int Straight = 3, Diagonal = 4;
    private const int MostSamples = 20, Nearest = 3;

    private readonly int width, height, reach, cell, columns;
    private readonly bool[] drawn, before;
    private readonly ushort[] away;
    private readonly int[] nodes;
    private readonly byte[] colours, smooth;
    private readonly List<int>[] inside, outside;

    internal OutlineBand(PixelBuffer<byte> features, PixelBuffer<byte> mask, PixelBuffer<byte> front, int reach)
    {
        (width, height, this.reach, cell) = (features.Width, features.Height, reach, 2 * reach);
        drawn = Array.ConvertAll(mask.Memory.ToArray(), value => value >= 128);
        before = Array.ConvertAll(front.Memory.ToArray(), value => value >= 128);
        colours = new byte[3 * width * height];
        for (int y = 0, i = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < 3; c++)
                    colours[i++] = features[x, y, c];
            }
        }
        smooth = Smooth();
        away = Distances();
        nodes = new int[drawn.Length];
        columns = (width + cell - 1) / cell;
        int rows = (height + cell - 1) / cell;
        (inside, outside) = (new List<int>[columns * rows], new List<int>[columns * rows]);
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = -1;
            if (before[i] || away[i] > 5 * Straight * reach)
                continue;
            if (away[i] <= Straight * reach)
            {
                nodes[i] = Pixels.Count;
                Pixels.Add(i);
            }
            else
            {
                ((drawn[i] ? inside : outside)[CellOf(i)] ??= []).Add(i);
            }
        }
        foreach (List<int>[] side in (List<int>[][])[inside, outside])
        {
            for (int i = 0; i < side.Length; i++)
            {
                if (side[i] is { Count: > MostSamples } all)
                    side[i] = [.. Enumerable.Range(0, MostSamples).Select(k => all[(int)((k + 0.5) * all.Count / MostSamples)])];
            }
        }
    }

    /// <summary>The pixels that may change sides.</summary>
    internal List<int> Pixels { get; } = [];

    internal bool IsDrawn(int pixel) => drawn[pixel];

    internal bool IsBefore(int pixel) => before[pixel];

    internal int NodeOf(int pixel) => nodes[pixel];

    /// <summary>How far a pixel is from the line, as a share of the reach.</summary>
    internal float Away(int pixel) => Math.Min(1, away[pixel] / (float)(Straight * reach));

    internal int? Next(int pixel, int across, int down)
    {
        (int x, int y) = (pixel % width + across, pixel / width + down);
        return x >= 0 && y >= 0 && x < width && y < height ? y * width + x : null;
    }

    internal float Difference(int one, int other) => Difference(colours, one, other);

    /// <summary>Whether a pixel's colours are those of the inside (to 1) or of the outside (to -1); 0 where nothing can be said.</summary>
    /// <param name="pixel">The pixel.</param>
    /// <param name="grain">A squared difference that says nothing.</param>
    internal float Likeness(int pixel, float grain)
    {
        float within = Off(inside, pixel), beyond = Off(outside, pixel);
        return within < 0 || beyond < 0 ? 0 : (beyond - within) / (beyond + within + grain);
    }

    /// <summary>The mean squared difference to the nearest colours of a side around a pixel; below 0 where it has too few.</summary>
    private float Off(List<int>[] side, int pixel)
    {
        (int column, int row, int count) = (pixel % width / cell, pixel / width / cell, 0);
        Span<float> least = stackalloc float[Nearest];
        least.Fill(float.MaxValue);
        for (int v = Math.Max(0, row - 2); v <= Math.Min(side.Length / columns - 1, row + 2); v++)
        {
            for (int u = Math.Max(0, column - 2); u <= Math.Min(columns - 1, column + 2); u++)
            {
                if (side[v * columns + u] is not { } samples)
                    continue;
                count += samples.Count;
                foreach (int sample in samples)
                {
                    float off = Difference(smooth, pixel, sample);
                    for (int k = 0; k < Nearest && off < float.MaxValue; k++)
                    {
                        if (off < least[k])
                            (off, least[k]) = (least[k], off);
                    }
                }
            }
        }
        return count < 2 * Nearest ? -1 : (least[0] + least[1] + least[2]) / Nearest;
    }

    private int CellOf(int pixel) => pixel / width / cell * columns + pixel % width / cell;

    private static float Difference(byte[] values, int one, int other)
    {
        int sum = 0;
        for (int c = 0; c < 3; c++)
        {
            int off = values[3 * one + c] - values[3 * other + c];
            sum += off * off;
        }
        return sum;
    }

    /// <summary>Means over 3 x 3 pixels: what a pixel's colour is, without grain.</summary>
    private byte[] Smooth()
    {
        var result = new byte[colours.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < 3; c++)
                {
                    (int sum, int count) = (0, 0);
                    for (int v = Math.Max(0, y - 1); v <= Math.Min(height - 1, y + 1); v++)
                    {
                        for (int u = Math.Max(0, x - 1); u <= Math.Min(width - 1, x + 1); u++, count++)
                            sum += colours[3 * (v * width + u) + c];
                    }
                    result[3 * (y * width + x) + c] = (byte)((sum + count / 2) / count);
                }
            }
        }
        return result;
    }

    /// <summary>How far the other side of the line is from each pixel, in thirds of a pixel.</summary>
    private ushort[] Distances()
    {
        var result = new ushort[drawn.Length];
        Array.Fill(result, (ushort)30_000);
        for (int pass = 0; pass < 2; pass++)
        {
            int way = pass == 0 ? -1 : 1;
            (int Across, int Down, int Length)[] ways = [(way, 0, Straight), (0, way, Straight), (way, way, Diagonal), (-way, way, Diagonal)];
            for (int k = 0; k < result.Length; k++)
            {
                int i = pass == 0 ? k : result.Length - 1 - k;
                foreach ((int across, int down, int length) in ways)
                {
                    if (Next(i, across, down) is { } other)
                        result[i] = (ushort)Math.Min(result[i], drawn[other] != drawn[i] ? Straight : result[other] + length);
                }
            }
        }
        return result;
    }
}
