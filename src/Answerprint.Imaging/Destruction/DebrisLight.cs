namespace Answerprint.Imaging.Destruction;

/// <summary>Takes the noise of few samples out of the light that falls on pieces, not out of their colour: an edge-avoiding a-trous wavelet filter (Dammertz et al., HPG 2010) guided by normal and depth.</summary>
public static class DebrisLight
{
    private const int Passes = 3;

    // How far apart, as a share of the depth, two pixels' surfaces may lie, and how much their normals may turn before they no longer share their light.
    private const float Near = 0.012f, Turn = 24;

    private static readonly float[] Kernel = [1 / 16f, 1 / 4f, 3 / 8f, 1 / 4f, 1 / 16f];

    /// <summary>The light, smoothed.</summary>
    /// <param name="light">Red, green and blue of the light on each pixel, interleaved; below 0 where no surface takes light.</param>
    /// <param name="normal">Normals, interleaved.</param>
    /// <param name="depth">Metres along the view.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="maxDegreeOfParallelism">Threads, 1 or more; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">The planes differ in size.</exception>
    public static float[] Smooth(float[] light, float[] normal, float[] depth, int width, int height, int maxDegreeOfParallelism = 1)
    {
        ArgumentNullException.ThrowIfNull(light);
        ArgumentNullException.ThrowIfNull(normal);
        ArgumentNullException.ThrowIfNull(depth);
        if (light.Length != 3 * width * height || normal.Length != light.Length || depth.Length != width * height)
            throw new ArgumentException($"Light, normals and depth hold {light.Length}, {normal.Length} and {depth.Length} values, not 3, 3 and 1 for each of {width} x {height} pixels.", nameof(light));
        float[] from = light, to = new float[light.Length], spare = new float[light.Length];
        var threads = new ParallelOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism };
        for (int pass = 0; pass < Passes; pass++)
        {
            (float[] source, float[] target, int step) = (from, to, 1 << pass);
            Parallel.For(0, height, threads, y =>
            {
                for (int x = 0; x < width; x++)
                    Gather(source, target, normal, depth, x, y, width, height, step);
            });
            (from, to) = (to, pass == 0 ? spare : from);
        }
        return from;
    }

    private static void Gather(float[] from, float[] to, float[] normal, float[] depth, int x, int y, int width, int height, int step)
    {
        int i = y * width + x, own = 3 * i;
        if (from[own] < 0)
        {
            from.AsSpan(own, 3).CopyTo(to.AsSpan(own));
            return;
        }
        float red = 0, green = 0, blue = 0, sum = 0, reach = 1 / (Near * step * MathF.Max(depth[i], 0.1f));
        for (int down = -2; down <= 2; down++)
        {
            int row = y + down * step;
            if ((uint)row >= (uint)height)
                continue;
            for (int across = -2; across <= 2; across++)
            {
                int column = x + across * step;
                if ((uint)column >= (uint)width)
                    continue;
                int j = row * width + column, other = 3 * j;
                if (from[other] < 0)
                    continue;
                float turn = 1 - (normal[own] * normal[other] + normal[own + 1] * normal[other + 1] + normal[own + 2] * normal[other + 2]), far = MathF.Abs(depth[i] - depth[j]) * reach;
                // Rational in place of exponential: the same fall, and no library's idea of exp.
                float fall = 1 + far * far + Turn * MathF.Max(0, turn), weight = Kernel[down + 2] * Kernel[across + 2] / (fall * fall);
                (red, green, blue, sum) = (red + weight * from[other], green + weight * from[other + 1], blue + weight * from[other + 2], sum + weight);
            }
        }
        (to[own], to[own + 1], to[own + 2]) = (red / sum, green / sum, blue / sum);
    }
}
