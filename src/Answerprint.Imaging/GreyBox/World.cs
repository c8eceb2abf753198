namespace Answerprint.Imaging.GreyBox;

/// <summary>A scene made ready for rays.</summary>
internal sealed class World
{
    private readonly Solid[] solids;

    internal World(GreyBoxScene scene)
    {
        Scene = scene;
        solids = [.. SolidBuilder.Build(scene)];
        (double sin, double cos) = Trigonometry.SinCos(scene.Light.Elevation);
        (double east, double north) = Trigonometry.SinCos(scene.Light.Azimuth);
        ToSun = new Vector3D(east * cos, sin, -north * cos);
    }

    internal GreyBoxScene Scene { get; }

    /// <summary>The direction to the middle of the sun.</summary>
    internal Vector3D ToSun { get; }

    internal IReadOnlyList<Solid> Solids => solids;

    internal Hit Nearest(in Ray ray, double within = double.MaxValue)
    {
        Hit hit = Hit.Nothing(within);
        foreach (Solid solid in solids)
            solid.Cast(ray, ref hit, any: false);
        return hit;
    }

    /// <summary>Whether anything but a backing stands in the way.</summary>
    internal bool IsBlocked(in Ray ray)
    {
        Hit hit = Hit.Nothing();
        foreach (Solid solid in solids)
        {
            if (solid.Item.Kind == ObjectKind.Backing)
                continue;
            solid.Cast(ray, ref hit, any: true);
            if (hit.Solid is not null)
                return true;
        }
        return false;
    }
}
