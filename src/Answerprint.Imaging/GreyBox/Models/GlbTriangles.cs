namespace Answerprint.Imaging.GreyBox.Models;

/// <summary>Triangles of one primitive in the model's own space.</summary>
internal sealed record GlbTriangles(Vector3D[] Corners, Vector3D[]? Normals, (double U, double V)[]? Coordinates)
{
    internal static GlbTriangles Of(int[] corners, double[] points, double[]? normals, double[]? coordinates, Affine place, string name)
    {
        var at = new Vector3D[corners.Length];
        var facing = normals?.Length == points.Length ? new Vector3D[corners.Length] : null;
        var on = coordinates?.Length == points.Length / 3 * 2 ? new (double, double)[corners.Length] : null;
        for (int i = 0; i < corners.Length; i++)
        {
            int k = corners[i];
            at[i] = place.Point(new Vector3D(points[3 * k], points[3 * k + 1], points[3 * k + 2]));
            if (!(at[i].Greatest <= SceneLimits.MaxCoordinate))
                throw new ModelFormatException($"'{name}' reaches {at[i].Greatest:0} m from the origin; {SceneLimits.MaxCoordinate} m is the limit. Blender's units are metres.");
            if (facing is not null)
                facing[i] = place.Facing(new Vector3D(normals![3 * k], normals[3 * k + 1], normals[3 * k + 2])) is var n && double.IsFinite(n.Length) ? n.Normalised() : default;
            if (on is not null)
                on[i] = double.IsFinite(coordinates![2 * k]) && double.IsFinite(coordinates[2 * k + 1]) ? (coordinates[2 * k], coordinates[2 * k + 1]) : default;
        }
        return new GlbTriangles(at, facing, on);
    }
}
