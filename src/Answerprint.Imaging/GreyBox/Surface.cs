namespace Answerprint.Imaging.GreyBox;

/// <summary>A point of a surface.</summary>
/// <param name="Point">Where it is.</param>
/// <param name="Normal">What it is shaded with.</param>
/// <param name="Flat">The normal of the geometry.</param>
/// <param name="U">Metres along the surface.</param>
/// <param name="V">Metres up the surface.</param>
/// <param name="AlongU">How u changes with the position.</param>
/// <param name="AlongV">How v changes with the position.</param>
/// <param name="Region">Index of the region.</param>
/// <param name="Id">A number of solid, piece and face: the same for pixels of one flat or smooth part.</param>
internal readonly record struct Surface(Vector3D Point, Vector3D Normal, Vector3D Flat, double U, double V, Vector3D AlongU, Vector3D AlongV, int Region, int Id)
{
    internal static Surface Of(in Ray ray, in Hit hit)
    {
        Solid solid = hit.Solid!;
        if (solid.Mesh is { } mesh)
            return OfMesh(solid, mesh, ray, hit);
        ref readonly Piece piece = ref solid.Pieces[hit.Piece];
        Vector3D point = ray.Origin + ray.Direction * hit.Distance, local = solid.ToLocal(point);
        // Round parts of one solid are one smooth surface.
        int id = (solid.Index << 16) + (hit.Face == Face.Round ? 0xFFF8 : hit.Piece << 3) + (int)hit.Face + 1;
        return hit.Face == Face.Round ? Round(solid, piece, point, local, id) : Flatly(solid, piece, point, local, hit.Face, id);
    }

    private static Surface OfMesh(Solid solid, MeshBody mesh, in Ray ray, in Hit hit)
    {
        Vector3D point = ray.Origin + ray.Direction * hit.Distance, size = solid.Item.Size;
        var (normal, flat, u, v, along, up, group) = mesh.At(hit.Piece, solid.ToLocal(point), solid.TurnBack(ray.Direction));
        // From the left edge and from the scene's floor, as on other things.
        return new(point, solid.Turn(normal), solid.Turn(flat), u + size.X / 2, v + solid.Item.Position.Y, solid.Turn(along), solid.Turn(up), solid.Pieces[0].Region, (solid.Index << 16) + group + 1);
    }

    private static Surface Flatly(Solid solid, in Piece piece, Vector3D point, Vector3D p, Face face, int id)
    {
        Vector3D size = solid.Item.Size, position = solid.Item.Position;
        double w = size.X / 2, d = size.Z / 2;
        // Around the four sides u goes on, so that courses of brick turn the corner; v is the height in the scene, so that they meet their neighbours'.
        var (normal, u, v, along, up) = face switch
        {
            Face.Front => (new Vector3D(0, 0, 1), p.X + w, p.Y + position.Y, new Vector3D(1, 0, 0), new Vector3D(0, 1, 0)),
            Face.Right => (new(1, 0, 0), size.X + d - p.Z, p.Y + position.Y, new(0, 0, -1), new(0, 1, 0)),
            Face.Back => (new(0, 0, -1), size.X + size.Z + w - p.X, p.Y + position.Y, new(-1, 0, 0), new(0, 1, 0)),
            Face.Left => (new(-1, 0, 0), 2 * size.X + size.Z + d + p.Z, p.Y + position.Y, new(0, 0, 1), new(0, 1, 0)),
            Face.Top => (new(0, 1, 0), p.X + w, piece.High.Y + position.Y + (piece.IsCuboid ? piece.High.Z : d) - p.Z, new(1, 0, 0), new(0, 0, -1)),
            _ => (new(0, -1, 0), p.X + w, p.Z - d, new(1, 0, 0), new Vector3D(0, 0, 1)),
        };
        Vector3D turned = solid.Turn(normal);
        return new(point, turned, turned, u, v, solid.Turn(along), solid.Turn(up), piece.Region, id);
    }

    private static Surface Round(Solid solid, in Piece piece, Vector3D point, Vector3D p, int id)
    {
        double flatness = solid.Flatness, z = p.Z / flatness, height = piece.High.Y - piece.Low.Y, share = (p.Y - piece.Low.Y) / height;
        double r = Math.Sqrt(p.X * p.X + z * z), radius = Math.Max(r, 1e-6), slope = piece.LowSlope + (piece.HighSlope - piece.LowSlope) * share;
        double cosine = p.X / radius, sine = z / radius, widest = solid.Item.Size.X / 2, angle = Trigonometry.Atan2(p.X, z);
        double lean = (piece.HighRadius - piece.LowRadius) / height, stretch = Math.Sqrt(1 + lean * lean);
        Vector3D around = new Vector3D(sine, 0, -cosine * flatness).Normalised();
        Vector3D flat = new Vector3D(cosine, -lean, sine / flatness).Normalised(), normal = new Vector3D(cosine, -slope, sine / flatness).Normalised();
        double folds = piece.Folds + (piece.HighFolds - piece.Folds) * share;
        if (folds > 0)
            normal = (normal + around * (folds * Fold(angle))).Normalised();
        // The seam is at the back. u is drawn together where the body is narrow, as cloth is.
        return new(point, solid.Turn(normal), solid.Turn(flat), angle * widest, solid.Item.Position.Y + piece.Along + share * height * stretch,
            solid.Turn(new Vector3D(sine, 0, -cosine / flatness)) * (widest / radius), new Vector3D(0, stretch, 0), piece.Region, id);
    }

    /// <summary>The lean of hanging folds around a body: two waves that do not repeat together.</summary>
    private static double Fold(double angle)
    {
        double degrees = angle * (180 / Trigonometry.Pi);
        return 0.62 * Trigonometry.SinCos(13 * degrees + 20).Sin + 0.38 * Trigonometry.SinCos(22 * degrees + 75).Sin;
    }
}
