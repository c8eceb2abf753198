namespace Answerprint.Imaging.GreyBox;

/// <summary>An object as the caster sees it: pieces in a frame that is turned about the vertical.</summary>
internal sealed class Solid
{
    private readonly Piece[] pieces;
    private readonly double sin, cos, flatness;
    private readonly Vector3D origin, low, high;

    internal Solid(SceneObject item, int index, Piece[] pieces, double flatness = 1)
    {
        (Item, Index, this.pieces, this.flatness) = (item, index, pieces, flatness);
        (sin, cos) = Trigonometry.SinCos(item.Turn);
        origin = item.Position;
        (low, high) = (new(double.MaxValue, double.MaxValue, double.MaxValue), new(double.MinValue, double.MinValue, double.MinValue));
        foreach (Piece piece in pieces)
        {
            double r = Math.Max(piece.LowRadius, piece.HighRadius);
            Vector3D a = piece.IsCuboid ? piece.Low : new(-r, piece.Low.Y, -r * flatness), b = piece.IsCuboid ? piece.High : new(r, piece.High.Y, r * flatness);
            for (int corner = 0; corner < 8; corner++)
            {
                Vector3D p = origin + Turn(new((corner & 1) == 0 ? a.X : b.X, (corner & 2) == 0 ? a.Y : b.Y, (corner & 4) == 0 ? a.Z : b.Z));
                low = new(Math.Min(low.X, p.X), Math.Min(low.Y, p.Y), Math.Min(low.Z, p.Z));
                high = new(Math.Max(high.X, p.X), Math.Max(high.Y, p.Y), Math.Max(high.Z, p.Z));
            }
        }
    }

    /// <summary>A solid of triangles instead of pieces.</summary>
    internal Solid(SceneObject item, int index, MeshBody mesh, int region)
        : this(item, index, [Piece.Cuboid(mesh.Hull.Low, mesh.Hull.High, region)]) => Mesh = mesh;

    internal SceneObject Item { get; }

    internal MeshBody? Mesh { get; }

    internal int Index { get; }

    internal ReadOnlySpan<Piece> Pieces => pieces;

    /// <summary>Depth of a turned body to its width.</summary>
    internal double Flatness => flatness;

    /// <summary>From the solid's frame to the scene's.</summary>
    internal Vector3D Turn(Vector3D v) => new(cos * v.X + sin * v.Z, v.Y, cos * v.Z - sin * v.X);

    internal Vector3D TurnBack(Vector3D v) => new(cos * v.X - sin * v.Z, v.Y, cos * v.Z + sin * v.X);

    internal Vector3D ToLocal(Vector3D point) => TurnBack(point - origin);

    internal Vector3D ToScene(Vector3D local) => origin + Turn(local);

    /// <summary>Finds a nearer hit than the one there is.</summary>
    internal void Cast(in Ray ray, ref Hit hit, bool any)
    {
        if (!ray.Reaches(low, high, hit.Distance))
            return;
        var local = new Ray(ToLocal(ray.Origin), TurnBack(ray.Direction));
        if (Mesh is { } mesh)
        {
            if (mesh.Cast(local, ref hit, any))
                hit.Solid = this;
            return;
        }
        for (int i = 0; i < pieces.Length; i++)
        {
            ref readonly Piece piece = ref pieces[i];
            if (piece.IsCuboid ? CastCuboid(piece, local, ref hit) : CastFrustum(piece, local, ref hit))
            {
                (hit.Solid, hit.Piece) = (this, i);
                if (any)
                    return;
            }
        }
    }

    private static bool CastCuboid(in Piece piece, in Ray ray, ref Hit hit)
    {
        double x0 = (piece.Low.X - ray.Origin.X) * ray.Inverse.X, x1 = (piece.High.X - ray.Origin.X) * ray.Inverse.X;
        double y0 = (piece.Low.Y - ray.Origin.Y) * ray.Inverse.Y, y1 = (piece.High.Y - ray.Origin.Y) * ray.Inverse.Y;
        double z0 = (piece.Low.Z - ray.Origin.Z) * ray.Inverse.Z, z1 = (piece.High.Z - ray.Origin.Z) * ray.Inverse.Z;
        double nearX = x0 < x1 ? x0 : x1, nearY = y0 < y1 ? y0 : y1, nearZ = z0 < z1 ? z0 : z1;
        double near = nearX > nearY ? nearX : nearY, far = x0 < x1 ? x1 : x0;
        near = near > nearZ ? near : nearZ;
        double farY = y0 < y1 ? y1 : y0, farZ = z0 < z1 ? z1 : z0;
        far = far < farY ? far : farY;
        far = far < farZ ? far : farZ;
        // From inside nothing is seen: a camera in a wall looks out of it.
        if (near > far || near <= Ray.Least || near >= hit.Distance)
            return false;
        hit.Distance = near;
        hit.Face = near == nearX ? ray.Direction.X > 0 ? Face.Left : Face.Right
            : near == nearY ? ray.Direction.Y > 0 ? Face.Bottom : Face.Top : ray.Direction.Z > 0 ? Face.Back : Face.Front;
        return true;
    }

    private bool CastFrustum(in Piece piece, in Ray ray, ref Hit hit)
    {
        // In a frame that is stretched in depth the ellipse is a circle: |xz|^2 = (r0 + k (y - y0))^2.
        double oz = ray.Origin.Z / flatness, dz = ray.Direction.Z / flatness, height = piece.High.Y - piece.Low.Y, k = (piece.HighRadius - piece.LowRadius) / height;
        double r = piece.LowRadius + k * (ray.Origin.Y - piece.Low.Y), q = k * ray.Direction.Y;
        double a = ray.Direction.X * ray.Direction.X + dz * dz - q * q, b = ray.Origin.X * ray.Direction.X + oz * dz - r * q, c = ray.Origin.X * ray.Origin.X + oz * oz - r * r;
        bool found = false;
        double root = b * b - a * c;
        if (root > 0 && a != 0)
        {
            root = Math.Sqrt(root);
            for (int side = 0; side < 2; side++)
            {
                double t = (side == 0 == a > 0 ? -b - root : -b + root) / a, y = ray.Origin.Y + t * ray.Direction.Y;
                if (t <= Ray.Least || t >= hit.Distance || y < piece.Low.Y || y > piece.High.Y || r + q * t < 0)
                    continue;
                (hit.Distance, hit.Face, found) = (t, Face.Round, true);
            }
        }
        return CastCap(piece.High.Y, piece.HighRadius, oz, dz, ray, Face.Top, ref hit) | CastCap(piece.Low.Y, piece.LowRadius, oz, dz, ray, Face.Bottom, ref hit) | found;
    }

    private static bool CastCap(double y, double radius, double oz, double dz, in Ray ray, Face face, ref Hit hit)
    {
        if (ray.Direction.Y > 0 != (face == Face.Bottom))
            return false;
        double t = (y - ray.Origin.Y) * ray.Inverse.Y, x = ray.Origin.X + t * ray.Direction.X, z = oz + t * dz;
        if (!(t > Ray.Least && t < hit.Distance && x * x + z * z <= radius * radius))
            return false;
        (hit.Distance, hit.Face) = (t, face);
        return true;
    }
}
