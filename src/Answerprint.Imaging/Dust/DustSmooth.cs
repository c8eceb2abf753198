using System.Numerics;

namespace Answerprint.Imaging.Dust;

/// <summary>Evens out that rays serve blocks of pixels and begin at different places: a mean over two blocks, first across, then down, of pixels that stand as far away.</summary>
internal static class DustSmooth
{
    // Pixels whose surfaces differ by more than this share of the nearer one's distance are of different things.
    private const float SameThing = 0.1f;

    /// <summary>Smooths dust in its place.</summary>
    /// <param name="dust">Red, green and blue times alpha, and alpha.</param>
    /// <param name="depth">Of each pixel, in metres; below 0 where it has no dust to be smoothed. Empty: nothing stands anywhere.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="block">Pixels across that a ray serves, 1 or more.</param>
    /// <param name="threads">How it is shared out; the result does not depend on it.</param>
    internal static void Over(float[] dust, ReadOnlyMemory<float> depth, int width, int height, int block, ParallelOptions threads)
    {
        var across = new float[dust.Length];
        int radius = block;
        Parallel.For(0, height, threads, y =>
        {
            for (int x = 0; x < width; x++)
                Mean(dust, across, depth.Span, y * width + x, 1, Math.Min(radius, x), Math.Min(radius, width - 1 - x), radius);
        });
        Parallel.For(0, height, threads, y =>
        {
            for (int x = 0; x < width; x++)
                Mean(across, dust, depth.Span, y * width + x, width, Math.Min(radius, y), Math.Min(radius, height - 1 - y), radius);
        });
    }

    private static void Mean(float[] from, float[] to, ReadOnlySpan<float> depth, int i, int step, int before, int after, int radius)
    {
        var sum = Vector4.Zero;
        float weights = 0, here = depth.IsEmpty ? 0 : depth[i];
        if (here < 0)
            return;
        for (int k = -before; k <= after; k++)
        {
            int j = i + k * step;
            if (!depth.IsEmpty && MathF.Abs(depth[j] - here) > SameThing * MathF.Min(depth[j], here))
                continue;
            float weight = radius + 1 - Math.Abs(k);
            sum += weight * new Vector4(from.AsSpan(4 * j, 4));
            weights += weight;
        }
        (sum / weights).CopyTo(to, 4 * i);
    }
}
