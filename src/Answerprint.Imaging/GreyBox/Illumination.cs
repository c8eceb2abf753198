namespace Answerprint.Imaging.GreyBox;

/// <summary>
/// Light on the pixels of a scene: sun with soft shadow, sky, and what surfaces throw on each other once. Neighbouring pixels take different
/// directions of a fixed pattern, and a filter that keeps to one surface gathers them, so nothing is random.
/// </summary>
internal sealed class Illumination
{
    private const int Pattern = 4, SkyRays = 5, SunRays = 1;
    private readonly World world;
    private readonly Guides guides;
    private readonly Vector3D[] albedo;
    private readonly Vector3D sunColour, skyColour, ground;
    private readonly Vector3D[] dome = new Vector3D[Pattern * Pattern * SkyRays];
    private readonly (double X, double Y)[] disc = new (double, double)[Pattern * Pattern];
    private readonly double fill;

    /// <summary>Prepares light.</summary>
    /// <param name="world">The scene.</param>
    /// <param name="guides">Its pixels.</param>
    /// <param name="albedo">The mean colour of each region, linear.</param>
    internal Illumination(World world, Guides guides, Vector3D[] albedo)
    {
        (this.world, this.guides, this.albedo) = (world, guides, albedo);
        SceneLight light = world.Scene.Light;
        sunColour = LightColour.Of(light.Kelvin) * light.Strength;
        skyColour = LightColour.Of(light.AmbientKelvin) * light.Ambient;
        ground = skyColour * 0.35 + sunColour * (0.12 * Math.Max(0, world.ToSun.Y));
        fill = light.Fill;
        for (int i = 0; i < dome.Length; i++)
        {
            // Pixel p of the pattern takes every 16th point of one set that covers the hemisphere evenly, by the cosine.
            int p = i / SkyRays, point = i % SkyRays * Pattern * Pattern + Order(p);
            double radius = Math.Sqrt((point + 0.5) / dome.Length);
            var (sin, cos) = Trigonometry.SinCos(point * 137.50776405003785);
            dome[i] = new(radius * cos, radius * sin, Math.Sqrt(1 - radius * radius));
        }
        double half = Trigonometry.SinCos(light.Size / 2).Sin;
        for (int i = 0; i < disc.Length; i++)
        {
            var (sin, cos) = Trigonometry.SinCos(Order(i) * 137.50776405003785);
            double radius = half * Math.Sqrt((Order(i) + 0.5) / disc.Length);
            disc[i] = (radius * cos, radius * sin);
        }
    }

    /// <summary>Light on each pixel, linear.</summary>
    internal Vector3D[] Light(int threads, CancellationToken cancellationToken)
    {
        int width = guides.Width, height = guides.Height;
        var sun = new Vector3D[width * height];
        var sky = new Vector3D[width * height];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, height, options, y =>
        {
            for (int x = 0, at = y * width; x < width; x++, at++)
            {
                if (guides.Regions[at] < 0)
                    continue;
                int place = y % Pattern * Pattern + x % Pattern;
                sun[at] = new(Sun(guides.Surfaces[at], place, SunRays), 0, 0);
                sky[at] = Sky(guides.Surfaces[at], place);
            }
        });
        var one = new LightFilter(guides);
        sun = one.Gather(sun, Pattern, 1, false, options);
        sky = one.Gather(one.Gather(sky, Pattern, 1, true, options), 5, 4, true, options);
        Parallel.For(0, height, options, y =>
        {
            for (int at = y * width; at < (y + 1) * width; at++)
                sky[at] = sky[at] + sunColour * (sun[at].X * Math.Max(0, guides.Surfaces[at].Normal.Dot(world.ToSun)));
        });
        return sky;
    }

    /// <summary>What the sky looks like in a direction.</summary>
    internal Vector3D SkyIn(Vector3D direction)
    {
        double height = Math.Clamp(direction.Y, 0, 1);
        Vector3D pale = (skyColour + new Vector3D(1, 1, 1) * skyColour.Y) * 0.62;
        return direction.Y < 0 ? ground : pale + (skyColour * 0.9 - pale) * Math.Sqrt(height);
    }

    private double Sun(in Surface surface, int place, int count)
    {
        if (surface.Flat.Dot(world.ToSun) <= 0)
            return 0;
        var (a, b) = world.ToSun.Basis();
        int seen = 0;
        for (int i = 0; i < count; i++)
        {
            var (dx, dy) = disc[(place + i * 5) % disc.Length];
            if (!world.IsBlocked(new Ray(surface.Point + surface.Flat * 1e-4, (world.ToSun + a * dx + b * dy).Normalised())))
                seen++;
        }
        return seen / (double)count;
    }

    private Vector3D Sky(in Surface surface, int place)
    {
        var (a, b) = surface.Flat.Basis();
        Vector3D origin = surface.Point + surface.Flat * 1e-4, sum = default;
        for (int i = 0; i < SkyRays; i++)
        {
            Vector3D d = dome[place * SkyRays + i], direction = a * d.X + b * d.Y + surface.Flat * d.Z;
            var ray = new Ray(origin, direction);
            Hit hit = world.Nearest(ray);
            if (hit.Solid is null)
            {
                sum += SkyIn(direction) + new Vector3D(fill, fill, fill);
                continue;
            }
            // Near surfaces also hide the fill; far ones are lit by it themselves.
            double open = Math.Min(1, hit.Distance / 2.5);
            sum += new Vector3D(1, 1, 1) * (fill * (0.15 + 0.85 * open)) + Thrown(Surface.Of(ray, hit), hit.Solid.Item.Kind == ObjectKind.Backing);
        }
        return sum * (1.0 / SkyRays);
    }

    private Vector3D Thrown(in Surface surface, bool ownLight)
    {
        if (ownLight)
            return albedo[surface.Region];
        double facing = surface.Flat.Dot(world.ToSun);
        Vector3D light = new Vector3D(fill, fill, fill) + skyColour * 0.10;
        if (facing > 0 && !world.IsBlocked(new Ray(surface.Point + surface.Flat * 1e-4, world.ToSun)))
            light += sunColour * facing;
        return light.Times(albedo[surface.Region]);
    }

    // A 4 x 4 ordered dither: neighbours take places far from each other.
    private static int Order(int place)
    {
        int x = place & 3, y = place >> 2;
        return (((x ^ y) & 1) << 3) | ((y & 1) << 2) | ((x ^ y) & 2) | (y >> 1);
    }
}
