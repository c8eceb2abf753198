namespace Answerprint.Imaging.GreyBox;

/// <summary>Means over neighbouring pixels of the same surface.</summary>
internal sealed class LightFilter(Guides guides)
{
    /// <summary>The mean over a square of <paramref name="side"/> x <paramref name="side"/> pixels that lie <paramref name="step"/> apart.</summary>
    /// <param name="from">What to gather.</param>
    /// <param name="side">Pixels a side; an even square is taken around the middle of four, so that each pattern is whole.</param>
    /// <param name="step">Pixels from one to the next.</param>
    /// <param name="acrossParts">Whether parts that face the same way in one plane count as one surface.</param>
    /// <param name="options">Threads.</param>
    internal Vector3D[] Gather(Vector3D[] from, int side, int step, bool acrossParts, ParallelOptions options)
    {
        int width = guides.Width, height = guides.Height, low = -(side - 1) / 2, high = low + side - 1;
        // An even square lies half a pixel off its middle; one more row and column at half weight puts that right.
        if (side % 2 == 0)
            low = -high;
        var to = new Vector3D[from.Length];
        Parallel.For(0, height, options, y =>
        {
            for (int x = 0, at = y * width; x < width; x++, at++)
            {
                if (guides.Regions[at] < 0)
                    continue;
                ref readonly Surface own = ref guides.Surfaces[at];
                double reach = guides.Depth[at] * 0.004 + 0.004, weight = 0;
                Vector3D sum = default;
                for (int dy = low; dy <= high; dy++)
                {
                    int yy = y + dy * step;
                    if ((uint)yy >= (uint)height)
                        continue;
                    double row = side % 2 == 0 && (dy == low || dy == high) ? 0.5 : 1;
                    for (int dx = low; dx <= high; dx++)
                    {
                        int xx = x + dx * step;
                        if ((uint)xx >= (uint)width)
                            continue;
                        int other = yy * width + xx;
                        ref readonly Surface theirs = ref guides.Surfaces[other];
                        if (theirs.Id != own.Id && !(acrossParts && theirs.Id != 0 && theirs.Flat.Dot(own.Flat) > 0.95 && Math.Abs((theirs.Point - own.Point).Dot(own.Flat)) < reach))
                            continue;
                        double w = side % 2 == 0 && (dx == low || dx == high) ? row * 0.5 : row;
                        sum += from[other] * w;
                        weight += w;
                    }
                }
                to[at] = sum * (1 / weight);
            }
        });
        return to;
    }
}
