using System.Numerics;

namespace Answerprint.Imaging.Destruction.Raster;

/// <summary>How far everything reaches towards a light from far away: a shadow map (Williams, SIGGRAPH 1978), looked up with weights between texels (Reeves, Salesin and Cook, SIGGRAPH 1987).</summary>
internal sealed class DepthMap
{
    // Nothing is there.
    private const float Empty = -1e30f;

    private readonly Vector3 right, up, centre;
    private readonly float scale, half;
    private readonly int size;
    private readonly float[] reach;

    /// <summary>An empty map.</summary>
    /// <param name="towards">To the light, of length 1.</param>
    /// <param name="centre">Middle of what it shows.</param>
    /// <param name="radius">Metres around it that it shows.</param>
    /// <param name="size">Texels across.</param>
    internal DepthMap(Vector3 towards, Vector3 centre, float radius, int size)
    {
        (Towards, this.centre, this.size, half) = (towards, centre, size, 0.5f * size);
        right = Vector3.Normalize(Vector3.Cross(MathF.Abs(towards.Z) < 0.95f ? Vector3.UnitZ : Vector3.UnitX, towards));
        up = Vector3.Cross(towards, right);
        scale = size / (2 * radius);
        reach = new float[size * size];
        Array.Fill(reach, Empty);
    }

    /// <summary>Towards the light.</summary>
    internal Vector3 Towards { get; }

    /// <summary>Metres of a texel.</summary>
    internal float Texel => 1 / scale;

    /// <summary>Draws triangles anew.</summary>
    internal void Draw(ReadOnlySpan<Vector3> places, ReadOnlySpan<int> corners)
    {
        Array.Fill(reach, Empty);
        var seen = new Vector3[places.Length];
        for (int i = 0; i < places.Length; i++)
            seen[i] = Project(places[i]);
        for (int i = 0; i + 2 < corners.Length; i += 3)
            Fill(seen[corners[i]], seen[corners[i + 1]], seen[corners[i + 2]]);
    }

    /// <summary>How much of the light reaches a place, 0 to 1: the mean over a square of a few texels.</summary>
    /// <param name="place">Where, a little off its surface.</param>
    /// <param name="rim">Texels that are looked at on each side of its own, 0 or more.</param>
    internal float Open(Vector3 place, int rim)
    {
        Vector3 p = Project(place);
        float x = p.X - 0.5f, y = p.Y - 0.5f;
        int left = (int)MathF.Floor(x) - rim, top = (int)MathF.Floor(y) - rim, count = 2 * rim + 2;
        if (left + count <= 0 || top + count <= 0 || left >= size || top >= size)
            return 1;
        float fx = x - MathF.Floor(x), fy = y - MathF.Floor(y), sum = 0;
        for (int j = 0; j < count; j++)
        {
            int row = top + j;
            float down = j == 0 ? 1 - fy : j == count - 1 ? fy : 1;
            if ((uint)row >= (uint)size)
            {
                sum += down * (count - 1);
                continue;
            }
            for (int i = 0; i < count; i++)
            {
                int column = left + i;
                float across = i == 0 ? 1 - fx : i == count - 1 ? fx : 1;
                if ((uint)column >= (uint)size || reach[row * size + column] <= p.Z)
                    sum += down * across;
            }
        }
        return sum / ((count - 1) * (count - 1));
    }

    /// <summary>The same, between the four texels about a place alone.</summary>
    internal float Open(Vector3 place)
    {
        Vector3 p = Project(place);
        float x = p.X - 0.5f, y = p.Y - 0.5f;
        if (!(x >= 0 && y >= 0 && x < size - 1 && y < size - 1))
            return 1;
        int left = (int)x, top = (int)y, i = top * size + left;
        float fx = x - left, fy = y - top;
        float upper = (reach[i] <= p.Z ? 1 - fx : 0) + (reach[i + 1] <= p.Z ? fx : 0), lower = (reach[i + size] <= p.Z ? 1 - fx : 0) + (reach[i + size + 1] <= p.Z ? fx : 0);
        return upper + fy * (lower - upper);
    }

    private Vector3 Project(Vector3 place)
    {
        Vector3 p = place - centre;
        return new Vector3(Vector3.Dot(p, right) * scale + half, Vector3.Dot(p, up) * scale + half, Vector3.Dot(p, Towards));
    }

    private void Fill(Vector3 a, Vector3 b, Vector3 c)
    {
        int left = Math.Max(0, (int)MathF.Ceiling(Math.Min(a.X, Math.Min(b.X, c.X)) - 0.5f)), right = Math.Min(size - 1, (int)MathF.Floor(Math.Max(a.X, Math.Max(b.X, c.X)) - 0.5f));
        int top = Math.Max(0, (int)MathF.Ceiling(Math.Min(a.Y, Math.Min(b.Y, c.Y)) - 0.5f)), bottom = Math.Min(size - 1, (int)MathF.Floor(Math.Max(a.Y, Math.Max(b.Y, c.Y)) - 0.5f));
        if (left > right || top > bottom)
            return;
        float area = (b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X);
        if (MathF.Abs(area) < 1e-12f)
            return;
        float inverse = 1 / area;
        // Shares of b and c, and with them the reach, change evenly from texel to texel.
        float bx = (c.Y - a.Y) * inverse, by = -(c.X - a.X) * inverse, cx = -(b.Y - a.Y) * inverse, cy = (b.X - a.X) * inverse;
        for (int y = top; y <= bottom; y++)
        {
            float px = left + 0.5f - a.X, py = y + 0.5f - a.Y, shareB = px * bx + py * by, shareC = px * cx + py * cy;
            for (int x = left, i = y * size + left; x <= right; x++, i++, shareB += bx, shareC += cx)
            {
                if (shareB < 0 || shareC < 0 || shareB + shareC > 1)
                    continue;
                float z = a.Z + shareB * (b.Z - a.Z) + shareC * (c.Z - a.Z);
                if (z > reach[i])
                    reach[i] = z;
            }
        }
    }
}
