namespace Answerprint.Imaging.Motion.Tracking;

/// <summary>Luma of a frame, 0 to 255, row-major, with a sampler between its pixels; the middle of the first pixel is at 0.5, 0.5.</summary>
internal sealed class LumaPlane(float[] values, int width, int height)
{
    internal float[] Values => values;

    internal int Width => width;

    internal int Height => height;

    internal bool Holds(double x, double y) => x >= 0 && y >= 0 && x <= width && y <= height;

    /// <summary>Keys' cubic (a = -1/2, IEEE ASSP 1981) through 4 x 4 pixels; beyond the edge that of the edge.</summary>
    internal float At(double x, double y)
    {
        x -= 0.5;
        y -= 0.5;
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        Span<float> across = stackalloc float[4], down = stackalloc float[4];
        Weights((float)(x - left), across);
        Weights((float)(y - top), down);
        float sum = 0;
        if (left >= 1 && top >= 1 && left + 2 < width && top + 2 < height)
        {
            for (int v = 0, at = (top - 1) * width + left - 1; v < 4; v++, at += width)
                sum += down[v] * (across[0] * values[at] + across[1] * values[at + 1] + across[2] * values[at + 2] + across[3] * values[at + 3]);
            return sum;
        }
        for (int v = 0; v < 4; v++)
        {
            int row = Math.Clamp(top - 1 + v, 0, height - 1) * width;
            for (int u = 0; u < 4; u++)
                sum += down[v] * across[u] * values[row + Math.Clamp(left - 1 + u, 0, width - 1)];
        }
        return sum;
    }

    /// <summary>A picture whose pixel at p is this one's at motion(p).</summary>
    internal LumaPlane Warp(Homography motion, int threads)
    {
        var result = new float[width * height];
        Parallel.For(0, height, new ParallelOptions { MaxDegreeOfParallelism = threads }, y =>
        {
            for (int x = 0; x < width; x++)
            {
                (double toX, double toY) = motion.Apply(x + 0.5, y + 0.5);
                result[y * width + x] = At(Math.Clamp(toX, -8, width + 8), Math.Clamp(toY, -8, height + 8));
            }
        });
        return new LumaPlane(result, width, height);
    }

    /// <summary>Half as wide and high: means of 2 x 2 pixels.</summary>
    internal LumaPlane Halve()
    {
        int w = width / 2, h = height / 2;
        var result = new float[w * h];
        for (int y = 0; y < h; y++)
        {
            for (int x = 0, at = 2 * y * width; x < w; x++, at += 2)
                result[y * w + x] = 0.25f * (values[at] + values[at + 1] + values[at + width] + values[at + width + 1]);
        }
        return new LumaPlane(result, w, h);
    }

    /// <summary>A little softer, by (1, 4, 6, 4, 1) / 16 both ways: alignment holds on to edges and not to grain.</summary>
    internal LumaPlane Soften()
    {
        float[] across = new float[values.Length], result = new float[values.Length];
        for (int y = 0; y < height; y++)
            Line(values, across, y * width, 1, width);
        for (int x = 0; x < width; x++)
            Line(across, result, x, width, height);
        return new LumaPlane(result, width, height);
    }

    private static void Line(float[] from, float[] to, int start, int step, int length)
    {
        for (int i = 0; i < length; i++)
        {
            int a = start + step * Math.Max(0, i - 2), b = start + step * Math.Max(0, i - 1), c = start + step * i;
            int d = start + step * Math.Min(length - 1, i + 1), e = start + step * Math.Min(length - 1, i + 2);
            to[c] = (from[a] + from[e] + 4 * (from[b] + from[d]) + 6 * from[c]) * (1 / 16f);
        }
    }

    private static void Weights(float t, Span<float> to)
    {
        float t2 = t * t, t3 = t2 * t;
        (to[0], to[1], to[2], to[3]) = (-0.5f * t + t2 - 0.5f * t3, 1 - 2.5f * t2 + 1.5f * t3, 0.5f * t + 2 * t2 - 1.5f * t3, 0.5f * (t3 - t2));
    }
}
