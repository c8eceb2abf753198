using System.Numerics;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>Masks as polygons: borders followed pixel by pixel with the inside to the right, and thinned (Douglas and Peucker 1973).</summary>
public static class MaskOutline
{
    /// <summary>Fewest points that an outline can be asked in.</summary>
    public const int FewestPoints = 12;

    // Pixels that a border may lie off, to begin with; more where it has too many corners.
    private const float Tolerance = 0.7f, Coarser = 1.4f;

    // Parts and holes smaller than this, or than this share of the largest part, are specks.
    private const double Speck = 6, SpeckShare = 0.0004;
    private const int MostRings = 24;

    // To the right, down, to the left, up.
    private static readonly (int X, int Y)[] Steps = [(1, 0), (0, 1), (-1, 0), (0, -1)];

    // The pixel to the right of each step, from the corner it starts at; that to its left is the one to the right of the step turned left.
    private static readonly (int X, int Y)[] Right = [(0, 0), (-1, 0), (-1, -1), (0, -1)];

    /// <summary>
    /// One polygon that covers what a mask does, by the even-odd rule: its largest part's border first; other parts, and holes, are joined to its first point by a line that goes there and back.
    /// </summary>
    /// <param name="mask">One channel; 128 and more is inside. Where it is grey the border lies between pixels.</param>
    /// <param name="mostPoints">Most points of it, <see cref="FewestPoints"/> and up; small parts and fine corners are left out until it holds.</param>
    /// <exception cref="ArgumentException">Nothing of the mask is inside; in words.</exception>
    public static IReadOnlyList<Vector2> Trace(PixelBuffer<byte> mask, int mostPoints)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostPoints, FewestPoints);
        var rings = RingsOf(mask).Select(ring => (Points: ring, Area: Math.Abs(Area(ring)))).OrderByDescending(ring => ring.Area).ToList();
        if (rings.Count == 0)
            throw new ArgumentException("The mask is empty: no pixel of it is light, 128 or more.", nameof(mask));
        double least = Math.Max(Speck, SpeckShare * rings[0].Area);
        rings = [rings[0], .. rings.Skip(1).Take(MostRings - 1).Where(ring => ring.Area >= least)];
        float tolerance = Tolerance;
        for (int most = rings.Count; ; tolerance *= Coarser)
        {
            var thin = rings.Take(most).Select(ring => Thinned(ring.Points, tolerance).ConvertAll(point => Vector2.Clamp(point, Vector2.Zero, new Vector2(mask.Width, mask.Height)))).Where((ring, i) => i == 0 || ring.Count >= 3).ToList();
            if (thin.Sum(ring => ring.Count + 2) <= mostPoints)
                return Joined(thin);
            // What is as small as the corners that are left out goes with them.
            while (most > 1 && rings[most - 1].Area < 16 * tolerance * tolerance)
                most--;
        }
    }

    /// <summary>The first border of a polygon that goes on to others: up to where it comes back to its first point.</summary>
    /// <param name="outline">The polygon.</param>
    public static IReadOnlyList<Vector2> Outer(IReadOnlyList<Vector2> outline)
    {
        ArgumentNullException.ThrowIfNull(outline);
        for (int i = 3; i < outline.Count; i++)
        {
            if (outline[i] == outline[0])
                return [.. outline.Take(i)];
        }
        return outline;
    }

    private static List<Vector2> Joined(List<List<Vector2>> rings)
    {
        List<Vector2> result = [.. rings[0]];
        foreach (List<Vector2> ring in rings.Skip(1))
            result.AddRange([rings[0][0], .. ring, ring[0]]);
        return result;
    }

    /// <summary>All borders: those of parts one way round, those of holes the other.</summary>
    private static List<List<Vector2>> RingsOf(PixelBuffer<byte> mask)
    {
        (int width, int height) = (mask.Width, mask.Height);
        var followed = new bool[width * height];
        var result = new List<List<Vector2>>();
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (!followed[y * width + x] && IsBorder(mask, x, y, 0))
                    result.Add(Follow(mask, x, y, followed));
            }
        }
        return result;
    }

    private static List<Vector2> Follow(PixelBuffer<byte> mask, int startX, int startY, bool[] followed)
    {
        var ring = new List<Vector2>();
        (int x, int y, int way) = (startX, startY, 0);
        do
        {
            if (way == 0)
                followed[y * mask.Width + x] = true;
            ring.Add(Between(mask, x, y, way));
            (x, y) = (x + Steps[way].X, y + Steps[way].Y);
            // To the right first: pixels that touch at a corner alone are parts of their own.
            int turn = 1;
            while (!IsBorder(mask, x, y, (way + turn) % 4))
                turn = (turn + 3) % 4;
            way = (way + turn) % 4;
        }
        while ((x, y, way) != (startX, startY, 0));
        return ring;
    }

    private static bool IsBorder(PixelBuffer<byte> mask, int x, int y, int way)
    {
        ((int rightX, int rightY), (int leftX, int leftY)) = (Right[way], Right[(way + 3) % 4]);
        return At(mask, x + rightX, y + rightY) >= 128 && At(mask, x + leftX, y + leftY) < 128;
    }

    private static Vector2 Between(PixelBuffer<byte> mask, int x, int y, int way)
    {
        ((int rightX, int rightY), (int leftX, int leftY)) = (Right[way], Right[(way + 3) % 4]);
        (int inside, int outside) = (At(mask, x + rightX, y + rightY), At(mask, x + leftX, y + leftY));
        // The picture's own edge is where it is.
        float share = outside < 0 ? 0.5f : (inside - 127.5f) / (inside - outside);
        return new Vector2(x + rightX + 0.5f + share * (leftX - rightX), y + rightY + 0.5f + share * (leftY - rightY));
    }

    private static int At(PixelBuffer<byte> mask, int x, int y) => x >= 0 && y >= 0 && x < mask.Width && y < mask.Height ? mask.Memory.Span[y * mask.Width + x] : -1;

    private static double Area(List<Vector2> ring)
    {
        double sum = 0;
        for (int i = 0; i < ring.Count; i++)
        {
            (Vector2 a, Vector2 b) = (ring[i], ring[(i + 1) % ring.Count]);
            sum += (double)a.X * b.Y - (double)b.X * a.Y;
        }
        return sum / 2;
    }

    private static List<Vector2> Thinned(List<Vector2> ring, float tolerance)
    {
        // Two points far from each other stay, and what lies between them is thinned.
        int far = Farthest(ring, ring[0]), near = Farthest(ring, ring[far]);
        (int first, int second) = (Math.Min(far, near), Math.Max(far, near));
        var stays = new bool[ring.Count + 1];
        stays[first] = stays[second] = true;
        var open = new Stack<(int From, int To)>([(first, second), (second, first + ring.Count)]);
        while (open.TryPop(out (int From, int To) part))
        {
            (float most, int at) = (tolerance, -1);
            for (int i = part.From + 1; i < part.To; i++)
            {
                float off = Off(ring[i % ring.Count], ring[part.From % ring.Count], ring[part.To % ring.Count]);
                if (off > most)
                    (most, at) = (off, i);
            }
            if (at < 0)
                continue;
            stays[at % ring.Count] = true;
            open.Push((part.From, at));
            open.Push((at, part.To));
        }
        return Straightened(ring, [.. Enumerable.Range(0, ring.Count).Where(i => stays[i])], tolerance);
    }

    /// <summary>Corners where the lines through what lies between them meet: chords alone cut corners and lean.</summary>
    private static List<Vector2> Straightened(List<Vector2> ring, List<int> corners, float tolerance)
    {
        if (corners.Count < 3)
            return [.. corners.Select(corner => ring[corner])];
        var lines = corners.Select((corner, i) => LineOf(ring, corner, i + 1 < corners.Count ? corners[i + 1] : corners[0] + ring.Count)).ToList();
        return [.. corners.Select((corner, i) => Met(lines[(i + lines.Count - 1) % lines.Count], lines[i]) is { } met && Vector2.Distance(met, ring[corner]) < 1 + 2 * tolerance ? met : ring[corner])];
    }

    /// <summary>The line that points lie nearest to: its middle and its way.</summary>
    private static (Vector2 Middle, Vector2 Way) LineOf(List<Vector2> ring, int from, int to)
    {
        // What lies at a corner belongs to both sides of it and to neither.
        int skipped = to - from > 3 ? 1 : 0;
        (double count, double x, double y, double xx, double xy, double yy) = (0, 0, 0, 0, 0, 0);
        for (int i = from + skipped; i <= to - skipped; i++)
        {
            Vector2 point = ring[i % ring.Count] - ring[from % ring.Count];
            (count, x, y) = (count + 1, x + point.X, y + point.Y);
            (xx, xy, yy) = (xx + (double)point.X * point.X, xy + (double)point.X * point.Y, yy + (double)point.Y * point.Y);
        }
        (x, y) = (x / count, y / count);
        double angle = 0.5 * Math.Atan2(2 * (xy / count - x * y), xx / count - x * x - (yy / count - y * y));
        return (new Vector2((float)x, (float)y) + ring[from % ring.Count], new Vector2((float)Math.Cos(angle), (float)Math.Sin(angle)));
    }

    private static Vector2? Met((Vector2 Middle, Vector2 Way) one, (Vector2 Middle, Vector2 Way) other)
    {
        float turned = one.Way.X * other.Way.Y - one.Way.Y * other.Way.X;
        if (Math.Abs(turned) < 0.05f)
            return null;
        Vector2 between = other.Middle - one.Middle;
        return one.Middle + one.Way * ((between.X * other.Way.Y - between.Y * other.Way.X) / turned);
    }

    private static int Farthest(List<Vector2> ring, Vector2 from)
    {
        int best = 0;
        for (int i = 1; i < ring.Count; i++)
        {
            if (Vector2.DistanceSquared(ring[i], from) > Vector2.DistanceSquared(ring[best], from))
                best = i;
        }
        return best;
    }

    private static float Off(Vector2 point, Vector2 from, Vector2 to)
    {
        Vector2 along = to - from;
        float length = along.LengthSquared(), t = length < 1e-12f ? 0 : Math.Clamp(Vector2.Dot(point - from, along) / length, 0, 1);
        return Vector2.Distance(point, from + along * t);
    }
}
