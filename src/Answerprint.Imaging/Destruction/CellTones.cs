using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>Tones of what is known of a picture around a place, without its grain.</summary>
internal sealed class CellTones
{
    // A spread of tones as large as this hides a step: what is rougher is taken as it is.
    private const float Rough = 0.022f;

    private readonly float[] sums, squares;
    private readonly int[] counts;
    private readonly int width, height, radius;

    internal CellTones(float[] codes, PixelBuffer<byte> hole, int cell)
    {
        (width, height, radius) = (hole.Width, hole.Height, Math.Max(2, cell));
        // Sums of all to the left: a row of a window is one difference.
        sums = new float[3 * (width + 1) * height];
        squares = new float[(width + 1) * height];
        counts = new int[(width + 1) * height];
        ReadOnlySpan<byte> missing = hole.Memory.Span;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int from = y * width + x, at = y * (width + 1) + x;
                bool known = missing[from] == 0;
                counts[at + 1] = counts[at] + (known ? 1 : 0);
                float square = 0;
                for (int c = 0; c < 3; c++)
                {
                    sums[3 * (at + 1) + c] = sums[3 * at + c] + (known ? codes[3 * from + c] : 0);
                    square += known ? codes[3 * from + c] * codes[3 * from + c] : 0;
                }
                squares[at + 1] = squares[at] + square;
            }
        }
    }

    /// <summary>By how much what one place takes is brighter than what the other takes, at the places of both.</summary>
    /// <param name="one">The one place.</param>
    /// <param name="oneFrom">How far from it lies what it takes.</param>
    /// <param name="other">The other.</param>
    /// <param name="otherFrom">How far from that lies what it takes.</param>
    /// <param name="difference">Takes the other's tone less the one's, as a mean over both places.</param>
    /// <returns>How far that is trusted to be one of tone and not of what is seen, 0 to 1.</returns>
    internal float Differ((int X, int Y) one, (int X, int Y) oneFrom, (int X, int Y) other, (int X, int Y) otherFrom, Span<float> difference)
    {
        Span<float> a = stackalloc float[3], b = stackalloc float[3];
        (int places, float trusted) = (0, 1);
        foreach ((int x, int y) in ((int, int)[])[one, other])
        {
            if (At(x + oneFrom.X, y + oneFrom.Y, a) is not { } rough || At(x + otherFrom.X, y + otherFrom.Y, b) is not { } too)
                continue;
            places++;
            trusted *= MathF.Exp(-(rough + too) / (4 * Rough * Rough));
            for (int c = 0; c < 3; c++)
            {
                trusted *= SeamTones.Trust(b[c] - a[c]);
                difference[c] += b[c] - a[c];
            }
        }
        for (int c = 0; c < 3 && places > 0; c++)
            difference[c] /= places;
        return places == 0 ? 0 : trusted;
    }

    /// <summary>The tone around a place; returns how much tones vary there, as a mean square over the colours, and nothing where nothing is known.</summary>
    private float? At(int x, int y, Span<float> tone)
    {
        if (x < 0 || y < 0 || x >= width || y >= height)
            return null;
        (int left, int right, int count) = (Math.Max(0, x - radius), Math.Min(width, x + radius + 1), 0);
        float square = 0;
        tone.Clear();
        for (int v = Math.Max(0, y - radius); v <= Math.Min(height - 1, y + radius); v++)
        {
            (int from, int to) = (v * (width + 1) + left, v * (width + 1) + right);
            count += counts[to] - counts[from];
            square += squares[to] - squares[from];
            for (int c = 0; c < 3; c++)
                tone[c] += sums[3 * to + c] - sums[3 * from + c];
        }
        if (count == 0)
            return null;
        square /= count;
        for (int c = 0; c < 3; c++)
        {
            tone[c] /= count;
            square -= tone[c] * tone[c];
        }
        return Math.Max(0, square) / 3;
    }
}
