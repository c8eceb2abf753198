namespace Answerprint.Imaging.GreyBox;

/// <summary>Casts the guides of a scene. The same bytes on every machine and for any number of threads.</summary>
public static class GuideRenderer
{
    /// <summary>Largest side of a picture, in pixels.</summary>
    public const int MaxSide = 8192;

    /// <summary>Renders the guides.</summary>
    /// <param name="scene">What to render.</param>
    /// <param name="width">In pixels, 1 to <see cref="MaxSide"/>.</param>
    /// <param name="height">In pixels, 1 to <see cref="MaxSide"/>.</param>
    /// <param name="maxDegreeOfParallelism">Threads, 1 or more.</param>
    /// <param name="cancellationToken">Obeyed within a row.</param>
    /// <exception cref="ArgumentException">A size is out of range, or the scene has too many parts.</exception>
    public static Guides Render(GreyBoxScene scene, int width, int height, int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return Render(new World(scene), width, height, maxDegreeOfParallelism, cancellationToken);
    }

    internal static Guides Render(World world, int width, int height, int maxDegreeOfParallelism, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(width is >= 1 and <= MaxSide, true, nameof(width));
        ArgumentOutOfRangeException.ThrowIfNotEqual(height is >= 1 and <= MaxSide, true, nameof(height));
        var guides = new Guides(world.Scene, width, height);
        var rays = new CameraRays(world.Scene.Camera, width, height);
        Parallel.For(0, height, new ParallelOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism, CancellationToken = cancellationToken }, y =>
        {
            for (int x = 0, at = y * width; x < width; x++, at++)
            {
                Ray ray = rays.At(x + 0.5, y + 0.5);
                Hit hit = world.Nearest(ray);
                (guides.Regions[at], guides.Depth[at]) = (Guides.NoRegion, float.PositiveInfinity);
                if (hit.Solid is null)
                    continue;
                Surface surface = Surface.Of(ray, hit);
                (guides.Surfaces[at], guides.Regions[at], guides.Depth[at]) = (surface, (short)surface.Region, (float)hit.Distance);
                double facing = surface.Normal.Dot(world.ToSun);
                if (facing > 0 && surface.Flat.Dot(world.ToSun) > 0 && !world.IsBlocked(new Ray(surface.Point + surface.Flat * 1e-4, world.ToSun)))
                    guides.Sun[at] = (float)facing;
            }
        });
        return guides;
    }
}
