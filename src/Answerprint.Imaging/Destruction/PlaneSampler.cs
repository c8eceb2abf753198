namespace Answerprint.Imaging.Destruction;

/// <summary>Values between pixels of interleaved planes; the middle of the first pixel is at 0.5, 0.5, and beyond the edge is what the edge has.</summary>
internal static class PlaneSampler
{
    /// <summary>Keys' cubic (a = -1/2, IEEE ASSP 1981) through 4 x 4 pixels; adds to what is there, times a weight.</summary>
    internal static void AddCubic(ReadOnlySpan<float> values, int width, int height, int channels, double x, double y, float weight, Span<float> sums)
    {
        x -= 0.5;
        y -= 0.5;
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        Span<float> across = stackalloc float[4], down = stackalloc float[4];
        Weights((float)(x - left), across);
        Weights((float)(y - top), down);
        for (int v = 0; v < 4; v++)
        {
            int row = Math.Clamp(top - 1 + v, 0, height - 1) * width;
            for (int u = 0; u < 4; u++)
            {
                int at = (row + Math.Clamp(left - 1 + u, 0, width - 1)) * channels;
                float share = weight * across[u] * down[v];
                for (int c = 0; c < channels; c++)
                    sums[c] += share * values[at + c];
            }
        }
    }

    /// <summary>Bilinear, for masks: no values beyond those that are there.</summary>
    internal static float Linear(ReadOnlySpan<byte> values, int width, int height, double x, double y)
    {
        x = Math.Clamp(x - 0.5, 0, width - 1);
        y = Math.Clamp(y - 0.5, 0, height - 1);
        int left = (int)x, top = (int)y, right = Math.Min(left + 1, width - 1), below = Math.Min(top + 1, height - 1);
        float u = (float)(x - left), v = (float)(y - top);
        float upper = values[top * width + left] + u * (values[top * width + right] - values[top * width + left]);
        float lower = values[below * width + left] + u * (values[below * width + right] - values[below * width + left]);
        return upper + v * (lower - upper);
    }

    private static void Weights(float t, Span<float> to)
    {
        float t2 = t * t, t3 = t2 * t;
        (to[0], to[1], to[2], to[3]) = (-0.5f * t + t2 - 0.5f * t3, 1 - 2.5f * t2 + 1.5f * t3, 0.5f * t + 2 * t2 - 1.5f * t3, 0.5f * (t3 - t2));
    }
}
