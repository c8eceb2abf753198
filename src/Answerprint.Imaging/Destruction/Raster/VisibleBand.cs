using System.Numerics;
using System.Runtime.Intrinsics;

namespace Answerprint.Imaging.Destruction.Raster;

/// <summary>Which triangle each sample of a few rows sees: edge functions and a depth buffer (Pineda, SIGGRAPH 1988), four samples at once.</summary>
internal sealed class VisibleBand
{
    internal const int Rows = 16, None = -1;

    private readonly int width;
    private readonly Vector128<float>[] nearness;
    private readonly Vector128<int>[] triangle;

    internal VisibleBand(int width)
    {
        this.width = width;
        nearness = new Vector128<float>[SampleGrid.Slices * Rows * width];
        triangle = new Vector128<int>[nearness.Length];
    }

    internal void Clear()
    {
        Array.Clear(nearness);
        Array.Fill(triangle, Vector128.Create(None));
    }

    /// <summary>The four samples of a pixel at one moment.</summary>
    internal Vector128<int> At(int slice, int x, int row) => triangle[(slice * Rows + row) * width + x];

    /// <summary>Draws one triangle at one moment.</summary>
    /// <param name="slice">The moment.</param>
    /// <param name="id">Its number.</param>
    /// <param name="a">Corner: pixel across, pixel down, one over metres away.</param>
    /// <param name="b">Corner.</param>
    /// <param name="c">Corner.</param>
    /// <param name="top">First row of the band.</param>
    /// <param name="rows">Rows that the picture has of it.</param>
    internal void Draw(int slice, int id, Vector3 a, Vector3 b, Vector3 c, int top, int rows)
    {
        float area = (b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X);
        if (MathF.Abs(area) < 1e-9f)
            return;
        int left = Math.Max(0, (int)MathF.Floor(Math.Min(a.X, Math.Min(b.X, c.X)))), right = Math.Min(width - 1, (int)MathF.Floor(Math.Max(a.X, Math.Max(b.X, c.X))));
        int first = Math.Max(0, (int)MathF.Floor(Math.Min(a.Y, Math.Min(b.Y, c.Y))) - top), last = Math.Min(rows - 1, (int)MathF.Floor(Math.Max(a.Y, Math.Max(b.Y, c.Y))) - top);
        if (left > right || first > last)
            return;
        float inverse = 1 / area, bx = (c.Y - a.Y) * inverse, by = -(c.X - a.X) * inverse, cx = -(b.Y - a.Y) * inverse, cy = (b.X - a.X) * inverse;
        float zx = bx * (b.Z - a.Z) + cx * (c.Z - a.Z), zy = by * (b.Z - a.Z) + cy * (c.Z - a.Z);
        Vector128<float> sampleX = SampleGrid.X[slice], sampleY = SampleGrid.Y[slice], stepB = Vector128.Create(bx), stepC = Vector128.Create(cx), stepZ = Vector128.Create(zx), one = Vector128<float>.One;
        Vector128<float> startB = sampleX * bx + sampleY * by, startC = sampleX * cx + sampleY * cy, startZ = sampleX * zx + sampleY * zy;
        var own = Vector128.Create(id);
        for (int row = first; row <= last; row++)
        {
            float px = left - a.X, py = top + row - a.Y;
            Vector128<float> shareB = startB + Vector128.Create(px * bx + py * by), shareC = startC + Vector128.Create(px * cx + py * cy), near = startZ + Vector128.Create(a.Z + px * zx + py * zy);
            for (int x = left, i = (slice * Rows + row) * width + left; x <= right; x++, i++, shareB += stepB, shareC += stepC, near += stepZ)
            {
                Vector128<float> inside = Vector128.Min(Vector128.Min(shareB, shareC), one - shareB - shareC);
                Vector128<float> hit = Vector128.GreaterThanOrEqual(inside, Vector128<float>.Zero) & Vector128.GreaterThan(near, nearness[i]);
                if (hit == Vector128<float>.Zero)
                    continue;
                nearness[i] = Vector128.ConditionalSelect(hit, near, nearness[i]);
                triangle[i] = Vector128.ConditionalSelect(hit.AsInt32(), own, triangle[i]);
            }
        }
    }
}
