using System.Numerics;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>Polygons as masks.</summary>
public static class Outline
{
    private const int Lines = 4;

    /// <summary>How much of each pixel lies inside a polygon (even-odd rule): 0 to 255, sampled on four lines a row and exactly along them.</summary>
    /// <param name="points">Corners in pixels; the middle of the first pixel is 0.5, 0.5.</param>
    /// <param name="mask">Takes the larger of what it holds and what is covered; one channel.</param>
    public static void Fill(IReadOnlyList<Vector2> points, PixelBuffer<byte> mask)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(mask);
        var covered = new float[mask.Width];
        var crossings = new List<float>();
        for (int y = 0; y < mask.Height; y++)
        {
            Array.Clear(covered);
            for (int line = 0; line < Lines; line++)
            {
                Cross(points, y + (line + 0.5f) / Lines, crossings);
                for (int i = 0; i + 1 < crossings.Count; i += 2)
                    Cover(covered, Math.Clamp(crossings[i], 0, mask.Width), Math.Clamp(crossings[i + 1], 0, mask.Width));
            }
            Span<byte> row = mask.Memory.Span.Slice(y * mask.Width, mask.Width);
            for (int x = 0; x < row.Length; x++)
                row[x] = Math.Max(row[x], (byte)Math.Min(255, (int)(covered[x] * (255f / Lines) + 0.5f)));
        }
    }

    /// <summary>The largest value within a square around each pixel.</summary>
    /// <param name="mask">One channel.</param>
    /// <param name="radius">Half the square's side in pixels, 0 or more.</param>
    public static PixelBuffer<byte> Grow(PixelBuffer<byte> mask, int radius)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var across = new PixelBuffer<byte>(mask.Layout);
        var result = new PixelBuffer<byte>(mask.Layout);
        ReadOnlySpan<byte> from = mask.Memory.Span;
        for (int y = 0; y < mask.Height; y++)
        {
            for (int x = 0; x < mask.Width; x++)
                across.Memory.Span[y * mask.Width + x] = Largest(from, y * mask.Width, 1, x, mask.Width, radius);
        }
        for (int y = 0; y < mask.Height; y++)
        {
            for (int x = 0; x < mask.Width; x++)
                result.Memory.Span[y * mask.Width + x] = Largest(across.Memory.Span, x, mask.Width, y, mask.Height, radius);
        }
        return result;
    }

    private static byte Largest(ReadOnlySpan<byte> values, int start, int step, int at, int length, int radius)
    {
        byte most = 0;
        for (int k = Math.Max(0, at - radius); k <= Math.Min(length - 1, at + radius); k++)
            most = Math.Max(most, values[start + step * k]);
        return most;
    }

    private static void Cross(IReadOnlyList<Vector2> points, float row, List<float> crossings)
    {
        crossings.Clear();
        for (int i = 0; i < points.Count; i++)
        {
            (Vector2 a, Vector2 b) = (points[i], points[(i + 1) % points.Count]);
            if (a.Y <= row != b.Y <= row)
                crossings.Add(a.X + (b.X - a.X) * (row - a.Y) / (b.Y - a.Y));
        }
        crossings.Sort();
    }

    private static void Cover(float[] covered, float from, float to)
    {
        for (int x = (int)from; x < covered.Length && x < to; x++)
            covered[x] += Math.Min(to, x + 1) - Math.Max(from, x);
    }
}
