using Answerprint.Imaging.GreyBox.Models;

namespace Answerprint.Imaging.GreyBox;

/// <summary>Triangles of a part in the frame of its object, in a tree of hulls that is halved along its longest side.</summary>
internal sealed class MeshBody
{
    private const int Leaf = 4, Groups = 65000, Deepest = 64;
    private const double Parallel = 0.999;
    private readonly Vector3D[] corners, flats;
    private readonly Vector3D[]? normals;
    private readonly (double U, double V)[]? coordinates;
    private readonly int[] order, groups;
    private readonly List<Node> nodes = [];
    private readonly double metresPerUnit;

    private readonly record struct Node(Vector3D Low, Vector3D High, int First, int Count);

    internal MeshBody(ModelPart part, Vector3D size, bool usesOwnCoordinates)
    {
        Vector3D foot = part.Foot, own = part.Size, scale = new(size.X / own.X, size.Y / own.Y, size.Z / own.Z);
        corners = [.. part.Corners.Select(corner => (corner - foot).Times(scale))];
        // Normals lean the other way than the stretch.
        normals = part.Normals is { } facing ? [.. facing.Select(n => n.Times(new(1 / scale.X, 1 / scale.Y, 1 / scale.Z)).Normalised())] : null;
        int count = corners.Length / 3;
        (flats, groups, order) = (new Vector3D[count], new int[count], new int[count]);
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
            flats[i] = (corners[3 * i + 1] - corners[3 * i]).Cross(corners[3 * i + 2] - corners[3 * i]).Normalised();
            groups[i] = Group(i);
        }
        if (usesOwnCoordinates && part.Coordinates is { } on && Scale(on) is var metres && metres > 0)
            (coordinates, metresPerUnit) = (on, metres);
        Build(0, count, 0);
    }

    internal (Vector3D Low, Vector3D High) Hull => (nodes[0].Low, nodes[0].High);

    /// <summary>Finds a nearer triangle than the hit there is; of two at one distance the first.</summary>
    internal bool Cast(in Ray ray, ref Hit hit, bool any)
    {
        Span<int> open = stackalloc int[Deepest];
        int top = 0, found = -1;
        open[top++] = 0;
        while (top > 0)
        {
            int number = open[--top];
            Node node = nodes[number];
            if (!ray.Reaches(node.Low, node.High, hit.Distance * (1 + 1e-12)))
                continue;
            if (node.Count == 0)
            {
                (open[top], open[top + 1]) = (node.First, number + 1);
                top += 2;
                continue;
            }
            for (int i = node.First; i < node.First + node.Count; i++)
            {
                int triangle = order[i];
                double distance = Meet(triangle, ray);
                if (distance > Ray.Least && (distance < hit.Distance || (distance == hit.Distance && triangle < found)))
                    (hit.Distance, found) = (distance, triangle);
            }
            if (any && found >= 0)
                break;
        }
        if (found < 0)
            return false;
        (hit.Piece, hit.Face) = (found, Face.Mesh);
        return true;
    }

    /// <summary>The point of a triangle that was hit; all in the object's frame.</summary>
    /// <param name="triangle">Which.</param>
    /// <param name="p">Where.</param>
    /// <param name="from">The direction of the ray: surfaces have two sides and show the one that is looked at.</param>
    internal (Vector3D Normal, Vector3D Flat, double U, double V, Vector3D AlongU, Vector3D AlongV, int Group) At(int triangle, Vector3D p, Vector3D from)
    {
        Vector3D flat = flats[triangle], normal = flat;
        double side = flat.Dot(from) > 0 ? -1 : 1;
        var (b, c) = Barycentric(triangle, p);
        if (normals is not null)
        {
            normal = (normals[3 * triangle] * (1 - b - c) + normals[3 * triangle + 1] * b + normals[3 * triangle + 2] * c).Normalised();
            normal = normal.Length < 0.5 ? flat : normal.Dot(flat) < 0 ? normal * -1 : normal;
        }
        if (coordinates is not null)
        {
            var (u0, u1, u2) = (coordinates[3 * triangle], coordinates[3 * triangle + 1], coordinates[3 * triangle + 2]);
            double m = metresPerUnit, u = (u0.U + (u1.U - u0.U) * b + (u2.U - u0.U) * c) * m, v = -(u0.V + (u1.V - u0.V) * b + (u2.V - u0.V) * c) * m;
            return (normal * side, flat * side, u, v, Slope(triangle, (u1.U - u0.U) * m, (u2.U - u0.U) * m), Slope(triangle, (u0.V - u1.V) * m, (u0.V - u2.V) * m), groups[triangle]);
        }
        // A plane is covered as it lies; what is curved, from the side that it faces most, so that neighbours go on from each other.
        Vector3D facing = IsFlat(triangle) ? flat * side : Main(normal * side), along = new Vector3D(0, 1, 0).Cross(facing);
        along = along.Length < 0.05 ? new Vector3D(1, 0, 0) : along.Normalised();
        Vector3D up = facing.Cross(along);
        return (normal * side, flat * side, along.Dot(p), up.Dot(p), along, up, groups[triangle]);
    }

    private static Vector3D Main(Vector3D n)
    {
        double x = Math.Abs(n.X), y = Math.Abs(n.Y), z = Math.Abs(n.Z);
        return y > x && y > z ? new(0, Math.Sign(n.Y), 0) : x > z ? new(Math.Sign(n.X), 0, 0) : new(0, 0, n.Z < 0 ? -1 : 1);
    }

    private bool IsFlat(int i) => normals is null || (normals[3 * i].Dot(flats[i]) is var a && a * a > Parallel && normals[3 * i + 1].Dot(flats[i]) is var b && b * b > Parallel && normals[3 * i + 2].Dot(flats[i]) is var c && c * c > Parallel);

    /// <summary>A number for all triangles of one plane, or of one side of what is curved.</summary>
    private int Group(int i)
    {
        Vector3D n = IsFlat(i) ? flats[i] : Main(flats[i]);
        // One plane is met from both sides, and triangles may be wound either way.
        n = n.X + n.Y * 1.618 + n.Z * 2.414 < 0 ? n * -1 : n;
        long key = (long)Math.Floor(n.X * 200 + 0.5) * 73856093 ^ (long)Math.Floor(n.Y * 200 + 0.5) * 19349663 ^ (long)Math.Floor(n.Z * 200 + 0.5) * 83492791;
        if (IsFlat(i))
            key ^= (long)Math.Floor(n.Dot(corners[3 * i]) * 100 + 0.5) * 2654435761;
        return (int)((ulong)key % Groups);
    }

    private double Scale((double U, double V)[] on)
    {
        double area = 0, unit = 0;
        for (int i = 0; i < flats.Length; i++)
        {
            var (a, b, c) = (on[3 * i], on[3 * i + 1], on[3 * i + 2]);
            area += (corners[3 * i + 1] - corners[3 * i]).Cross(corners[3 * i + 2] - corners[3 * i]).Length;
            unit += Math.Abs((b.U - a.U) * (c.V - a.V) - (b.V - a.V) * (c.U - a.U));
        }
        return unit > 1e-9 ? Math.Sqrt(area / unit) : 0;
    }

    private Vector3D Slope(int i, double d1, double d2)
    {
        Vector3D e = corners[3 * i + 1] - corners[3 * i], f = corners[3 * i + 2] - corners[3 * i];
        double ee = e.Dot(e), ef = e.Dot(f), ff = f.Dot(f), whole = ee * ff - ef * ef;
        return whole > 0 ? e * ((d1 * ff - d2 * ef) / whole) + f * ((d2 * ee - d1 * ef) / whole) : default;
    }

    private (double B, double C) Barycentric(int i, Vector3D p)
    {
        Vector3D e = corners[3 * i + 1] - corners[3 * i], f = corners[3 * i + 2] - corners[3 * i], d = p - corners[3 * i];
        double ee = e.Dot(e), ef = e.Dot(f), ff = f.Dot(f), de = d.Dot(e), df = d.Dot(f), whole = ee * ff - ef * ef;
        return whole > 0 ? ((de * ff - df * ef) / whole, (df * ee - de * ef) / whole) : (0, 0);
    }

    /// <summary>Distance to a triangle, or -1 (Möller and Trumbore, 1997).</summary>
    private double Meet(int i, in Ray ray)
    {
        Vector3D a = corners[3 * i], e = corners[3 * i + 1] - a, f = corners[3 * i + 2] - a, p = ray.Direction.Cross(f);
        double whole = e.Dot(p);
        if (whole is > -1e-15 and < 1e-15)
            return -1;
        Vector3D t = ray.Origin - a, q = t.Cross(e);
        double b = t.Dot(p) / whole, c = ray.Direction.Dot(q) / whole;
        // A hair wider than the triangle: no ray slips between two that share an edge.
        return b >= -1e-9 && c >= -1e-9 && b + c <= 1 + 1e-9 ? f.Dot(q) / whole : -1;
    }

    private void Build(int first, int count, int depth)
    {
        Vector3D low = corners[3 * order[first]], high = low;
        for (int i = first; i < first + count; i++)
            for (int k = 0; k < 3; k++)
                (low, high) = (Vector3D.Least(low, corners[3 * order[i] + k]), Vector3D.Most(high, corners[3 * order[i] + k]));
        int number = nodes.Count;
        nodes.Add(new Node(low, high, first, count));
        if (count <= Leaf || depth > Deepest / 2 - 4)
            return;
        Vector3D span = high - low;
        var keys = new double[count];
        for (int i = 0; i < count; i++)
        {
            Vector3D middle = corners[3 * order[first + i]] + corners[3 * order[first + i] + 1] + corners[3 * order[first + i] + 2];
            keys[i] = span.X >= span.Y && span.X >= span.Z ? middle.X : span.Y >= span.Z ? middle.Y : middle.Z;
        }
        keys.AsSpan().Sort(order.AsSpan(first, count));
        Build(first, count / 2, depth + 1);
        int second = nodes.Count;
        Build(first + count / 2, count - count / 2, depth + 1);
        nodes[number] = new Node(low, high, second, 0);
    }
}
