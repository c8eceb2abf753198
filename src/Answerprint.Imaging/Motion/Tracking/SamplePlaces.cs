namespace Answerprint.Imaging.Motion.Tracking;

/// <summary>Places of a frame that can be found again: those whose surroundings have edges both ways (Shi and Tomasi, CVPR 1994), one a cell.</summary>
internal static class SamplePlaces
{
    private const int Most = 5000, Window = 3;

    /// <summary>The places, each with its weight.</summary>
    /// <param name="plane">Luma.</param>
    /// <param name="weights">How much each pixel counts, 0 to 1.</param>
    internal static List<(int X, int Y, float Weight)> In(LumaPlane plane, Func<int, int, float> weights)
    {
        int cell = Math.Max(3, (int)Math.Sqrt((double)plane.Width * plane.Height / Most));
        var found = new List<(int X, int Y, float Weight, float Hold)>();
        LumaPlane soft = plane.Soften();
        for (int top = 0; top + cell <= plane.Height; top += cell)
        {
            for (int left = 0; left + cell <= plane.Width; left += cell)
            {
                int x = left + cell / 2, y = top + cell / 2;
                float weight = weights(x, y);
                if (weight > 0)
                    found.Add((x, y, weight, Hold(soft, x, y)));
            }
        }
        // What is no steadier than half of the picture is grain, unless there is much of it.
        float[] sorted = [.. found.Select(f => f.Hold).Order()];
        float least = sorted.Length == 0 ? 0 : Math.Clamp(sorted[sorted.Length / 2], 0.02f, 2);
        return [.. found.Where(f => f.Hold > least).Select(f => (f.X, f.Y, f.Weight))];
    }

    /// <summary>The smaller eigenvalue of the mean products of gradients.</summary>
    private static float Hold(LumaPlane soft, int atX, int atY)
    {
        float xx = 0, xy = 0, yy = 0;
        int count = 0, width = soft.Width;
        for (int y = Math.Max(1, atY - Window); y <= Math.Min(soft.Height - 2, atY + Window); y++)
        {
            for (int x = Math.Max(1, atX - Window); x <= Math.Min(width - 2, atX + Window); x++, count++)
            {
                int i = y * width + x;
                float right = (soft.Values[i + 1] - soft.Values[i - 1]) / 2, down = (soft.Values[i + width] - soft.Values[i - width]) / 2;
                xx += right * right;
                xy += right * down;
                yy += down * down;
            }
        }
        float trace = (xx + yy) / 2, apart = MathF.Sqrt((xx - yy) * (xx - yy) / 4 + xy * xy);
        return count == 0 ? 0 : (trace - apart) / count;
    }
}
