namespace Answerprint.Imaging.GreyBox;

/// <summary>Makes pieces of objects.</summary>
internal static class SolidBuilder
{
    private const double FrameWidth = 0.07, BarWidth = 0.035;

    // Half widths of a garment from hem to neck, as shares of the widest; heights as shares of the whole form.
    private static readonly (double Y, double R)[] Coat = [(0.22, 0.98), (0.36, 0.86), (0.50, 0.76), (0.58, 0.68), (0.635, 0.62), (0.68, 0.64), (0.74, 0.74), (0.80, 0.80), (0.85, 0.82), (0.885, 0.74), (0.905, 0.50), (0.93, 0.27), (0.965, 0.22)];
    private static readonly (double Y, double R)[] Gown = [(0.00, 1.00), (0.12, 0.93), (0.26, 0.80), (0.40, 0.63), (0.50, 0.49), (0.57, 0.38), (0.615, 0.31), (0.66, 0.33), (0.73, 0.43), (0.785, 0.46), (0.83, 0.40), (0.845, 0.36)];
    private static readonly (double Y, double R)[] Bodice = [(0.48, 0.90), (0.53, 0.96), (0.57, 0.90), (0.615, 0.76), (0.645, 0.72), (0.69, 0.78), (0.745, 0.96), (0.79, 1.00), (0.84, 0.96), (0.88, 0.82), (0.905, 0.52), (0.93, 0.34), (0.965, 0.30)];

    internal static List<Solid> Build(GreyBoxScene scene)
    {
        var solids = new List<Solid>(scene.Objects.Count);
        int total = 0;
        for (int i = 0; i < scene.Objects.Count; i++)
        {
            SceneObject item = scene.Objects[i];
            int region = Region(scene, item.Region);
            if (item.Kind == ObjectKind.Mesh)
            {
                solids.Add(new Solid(item, i, new MeshBody(scene.Models[item.Model].Parts[item.Part], item.Size, item.UsesOwnCoordinates), region));
                continue;
            }
            Piece[] pieces = item.Kind switch
            {
                ObjectKind.Wall => Wall(scene, item, region),
                ObjectKind.Floor => [Piece.Cuboid(new(-item.Size.X / 2, -item.Size.Y, -item.Size.Z / 2), new(item.Size.X / 2, 0, item.Size.Z / 2), region)],
                ObjectKind.Steps => Steps(item, region),
                ObjectKind.Column => [new Piece(new(0, 0, 0), new(0, item.Size.Y, 0), item.Size.X / 2, item.Size.X / 2, 0, 0, 0, region, 0, 0)],
                ObjectKind.Form => Form(item, region),
                _ => [Piece.Cuboid(new(-item.Size.X / 2, 0, -item.Size.Z / 2), new(item.Size.X / 2, item.Size.Y, item.Size.Z / 2), region)],
            };
            total += pieces.Length;
            if (total > SceneLimits.MaxPieces)
                throw new ArgumentException($"The scene has more than {SceneLimits.MaxPieces} parts.", nameof(scene));
            solids.Add(new Solid(item, i, pieces, item.Kind is ObjectKind.Column or ObjectKind.Form ? item.Size.Z / item.Size.X : 1));
        }
        return solids;
    }

    private static int Region(GreyBoxScene scene, string name)
    {
        for (int i = 0; i < scene.Regions.Count; i++)
            if (scene.Regions[i] == name)
                return i;
        throw new ArgumentException($"Region '{name}' is not of the scene.", nameof(name));
    }

    private static Piece[] Wall(GreyBoxScene scene, SceneObject item, int region)
    {
        Vector3D size = item.Size;
        double left = -size.X / 2, front = size.Z / 2;
        double[] xs = Cuts(item.Openings.SelectMany(o => new[] { o.X, o.X + o.Width }), size.X), ys = Cuts(item.Openings.SelectMany(o => new[] { o.Y, o.Y + o.Height }), size.Y);
        var pieces = new List<Piece>();
        for (int column = 0; column + 1 < xs.Length; column++)
        {
            // What is whole above each other is one piece.
            for (int row = 0, start = -1; row < ys.Length; row++)
            {
                bool solid = row + 1 < ys.Length && !item.Openings.Any(o => Inside(o, (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2));
                if (solid && start < 0)
                    start = row;
                if (solid || start < 0)
                    continue;
                pieces.Add(Piece.Cuboid(new(left + xs[column], ys[start], -front), new(left + xs[column + 1], ys[row], front), region));
                start = -1;
            }
        }
        foreach (WallOpening opening in item.Openings.Where(opening => opening.Columns + opening.Rows > 0))
            AddBars(pieces, opening, left, size.Z, Region(scene, opening.FrameRegion));
        return [.. pieces];
    }

    private static bool Inside(WallOpening o, double x, double y) => x > o.X && x < o.X + o.Width && y > o.Y && y < o.Y + o.Height;

    private static double[] Cuts(IEnumerable<double> at, double size) => [.. at.Append(0).Append(size).Where(x => x >= 0 && x <= size).Distinct().Order()];

    private static void AddBars(List<Piece> pieces, WallOpening o, double left, double depth, int region)
    {
        double x0 = left + o.X, x1 = x0 + o.Width, y0 = o.Y, y1 = y0 + o.Height, frame = Math.Min(FrameWidth, Math.Min(o.Width, o.Height) / 4), half = Math.Min(depth, 0.08) / 2;
        pieces.Add(Bar(x0, x0 + frame, y0, y1));
        pieces.Add(Bar(x1 - frame, x1, y0, y1));
        pieces.Add(Bar(x0 + frame, x1 - frame, y0, y0 + frame));
        pieces.Add(Bar(x0 + frame, x1 - frame, y1 - frame, y1));
        for (int i = 1; i < o.Columns; i++)
            pieces.Add(Bar(x0 + o.Width * i / o.Columns - BarWidth / 2, x0 + o.Width * i / o.Columns + BarWidth / 2, y0 + frame, y1 - frame));
        for (int i = 1; i < o.Rows; i++)
            pieces.Add(Bar(x0 + frame, x1 - frame, y0 + o.Height * i / o.Rows - BarWidth / 2, y0 + o.Height * i / o.Rows + BarWidth / 2));

        Piece Bar(double ax, double bx, double ay, double by) => Piece.Cuboid(new(ax, ay, -half), new(bx, by, half), region);
    }

    private static Piece[] Steps(SceneObject item, int region)
    {
        var pieces = new Piece[item.Count];
        Vector3D size = item.Size;
        for (int i = 0; i < item.Count; i++)
            pieces[i] = Piece.Cuboid(new(-size.X / 2, size.Y * i / item.Count, -size.Z / 2), new(size.X / 2, size.Y * (i + 1) / item.Count, size.Z / 2 - size.Z * i / item.Count), region);
        return pieces;
    }

    private static Piece[] Form(SceneObject item, int region)
    {
        var profile = item.Garment switch { Garment.Gown => Gown, Garment.Bodice => Bodice, _ => Coat };
        double height = item.Size.Y, widest = item.Size.X / 2, along = 0, hem = profile[0].Y * height;
        var pieces = new List<Piece>();
        for (int i = 0; i + 1 < profile.Length; i++)
        {
            var ((y0, r0), (y1, r1)) = (profile[i], profile[i + 1]);
            double low = y0 * height, high = y1 * height, ra = r0 * widest, rb = r1 * widest;
            double fold = Folds(item.Garment, y0), next = Folds(item.Garment, y1);
            pieces.Add(new Piece(new(0, low, 0), new(0, high, 0), ra, rb, Slope(i), Slope(i + 1), along, region, fold, next));
            along += (high - low) * Math.Sqrt(1 + (rb - ra) / (high - low) * ((rb - ra) / (high - low)));
        }
        // The stand: a pole and a foot, where the hem leaves them to be seen.
        if (hem > 0.1)
        {
            pieces.Add(new Piece(new(0, 0.03, 0), new(0, hem + 0.05, 0), 0.022, 0.022, 0, 0, 0, region, 0, 0));
            pieces.Add(new Piece(new(0, 0, 0), new(0, 0.03, 0), widest * 0.6, widest * 0.55, 0, 0, 0, region, 0, 0));
        }
        return [.. pieces];

        double Slope(int at)
        {
            var (a, b) = (profile[Math.Max(0, at - 1)], profile[Math.Min(profile.Length - 1, at + 1)]);
            return (b.R - a.R) * widest / ((b.Y - a.Y) * height);
        }
    }

    private static double Folds(Garment garment, double y) => garment switch
    {
        Garment.Gown => Math.Clamp((0.60 - y) * 1.3, 0, 0.62),
        Garment.Coat => Math.Clamp((0.62 - y) * 1.1, 0, 0.34),
        _ => 0,
    };
}
