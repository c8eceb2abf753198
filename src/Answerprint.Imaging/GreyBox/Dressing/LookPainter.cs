using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.GreyBox.Dressing;

/// <summary>Paints the pixels of a look: texture times light, through the curve of a film, with smooth edges.</summary>
internal sealed class LookPainter
{
    private const int EdgeSamples = 3;
    private static readonly Vector3D Grey = new(0.42, 0.42, 0.42);
    private readonly World world;
    private readonly Guides guides;
    private readonly (SurfaceTexture? Texture, bool Picture)[] textures;
    private readonly LookOptions options;
    private readonly CancellationToken cancellationToken;
    private readonly CameraRays rays;
    private readonly Illumination illumination;
    private readonly double exposure;

    internal LookPainter(World world, Guides guides, (SurfaceTexture? Texture, bool Picture)[] textures, LookOptions options, CancellationToken cancellationToken)
    {
        (this.world, this.guides, this.textures, this.options, this.cancellationToken) = (world, guides, textures, options, cancellationToken);
        rays = new CameraRays(world.Scene.Camera, guides.Width, guides.Height);
        illumination = new Illumination(world, guides, [.. textures.Select(texture => texture.Texture?.Mean ?? Grey)]);
        exposure = Trigonometry.PowerOfTwo(world.Scene.Light.ExposureStops) * 0.8;
    }

    private ParallelOptions Threads => new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };

    internal PixelBuffer<byte> Paint()
    {
        int width = guides.Width, height = guides.Height;
        Vector3D[] light = illumination.Light(options.MaxDegreeOfParallelism, cancellationToken);
        var picture = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 3));
        Memory<byte> memory = picture.Memory;
        Parallel.For(0, height, Threads, y =>
        {
            Span<byte> row = memory.Span.Slice(y * width * 3, width * 3);
            for (int x = 0; x < width; x++)
            {
                Vector3D colour = IsRough(x, y) ? Edge(x, y, light) : Inside(x, y, light);
                (row[x * 3], row[x * 3 + 1], row[x * 3 + 2]) = (SRgb.To8Bit((float)colour.X), SRgb.To8Bit((float)colour.Y), SRgb.To8Bit((float)colour.Z));
            }
        });
        return picture;
    }

    /// <summary>Below: rendered. Above it for each dressed pixel the source pixel that its middle shows.</summary>
    internal IReadOnlyList<AttributionLayer> Attribute()
    {
        int width = guides.Width, height = guides.Height;
        ushort[] sources = new ushort[width * height], columns = new ushort[width * height], rows = new ushort[width * height];
        Parallel.For(0, height, Threads, y =>
        {
            for (int x = 0, at = y * width; x < width; x++, at++)
            {
                sources[at] = AttributionField.None;
                if (Place(x, y) is var (texture, u, v))
                    (sources[at], columns[at], rows[at]) = texture.Origin(u, v);
            }
        });
        var rendered = AttributionLayer.Drawn(AttributionKind.Rendered, new PixelRect(0, 0, width, height), AttributionLayer.NoSource, default);
        return sources.AsSpan().ContainsAnyExcept(AttributionField.None)
            ? [rendered, AttributionLayer.Filtered(0, 0, new AttributionField(width, height, sources, columns, rows, AttributionField.PlainWindow(1)))]
            : [rendered];
    }

    private (SurfaceTexture Texture, double U, double V)? Place(int x, int y)
    {
        int at = y * guides.Width + x;
        if (guides.Regions[at] < 0)
        {
            if (textures[^1].Texture is not { } sky)
                return null;
            double scale = SkyScale(sky);
            return (sky, (x + 0.5 - guides.Width / 2.0) * scale + sky.Width / 2.0, (y + 0.5 - guides.Height / 2.0) * scale + sky.Height / 2.0);
        }
        var (texture, picture) = textures[guides.Regions[at]];
        if (texture is null)
            return null;
        var (u, v, _) = Texels(guides.Surfaces[at], texture, picture);
        return (texture, u, v);
    }

    // The sky's picture covers the frame.
    private double SkyScale(SurfaceTexture sky) => Math.Min((double)sky.Width / guides.Width, (double)sky.Height / guides.Height);

    private bool IsRough(int x, int y)
    {
        if (options.Draft)
            return false;
        int width = guides.Width, at = y * width + x, id = guides.Surfaces[at].Id;
        return (x > 0 && guides.Surfaces[at - 1].Id != id) || (x + 1 < width && guides.Surfaces[at + 1].Id != id)
            || (y > 0 && guides.Surfaces[at - width].Id != id) || (y + 1 < guides.Height && guides.Surfaces[at + width].Id != id);
    }

    private Vector3D Inside(int x, int y, Vector3D[] light)
    {
        int at = y * guides.Width + x;
        return guides.Regions[at] < 0 ? Sky(x + 0.5, y + 0.5) : Film(Colour(guides.Surfaces[at], x + 0.5, y + 0.5, 1, light[at]));
    }

    /// <summary>The mean of nine rays; each takes the light of a neighbour on its surface. Means are taken after the curve, as film grains do.</summary>
    private Vector3D Edge(int x, int y, Vector3D[] light)
    {
        Vector3D sum = default;
        for (int i = 0; i < EdgeSamples * EdgeSamples; i++)
        {
            double px = x + (i % EdgeSamples + 0.5) / EdgeSamples, py = y + (i / EdgeSamples + 0.5) / EdgeSamples;
            Ray ray = rays.At(px, py);
            Hit hit = world.Nearest(ray);
            if (hit.Solid is null)
            {
                sum += Sky(px, py);
                continue;
            }
            Surface surface = Surface.Of(ray, hit);
            sum += Film(Colour(surface, px, py, 1.0 / EdgeSamples, light[Neighbour(x, y, surface)]));
        }
        return sum * (1.0 / (EdgeSamples * EdgeSamples));
    }

    /// <summary>The pixel around that shows the same surface, or failing that one that faces the same way, or the pixel itself.</summary>
    private int Neighbour(int x, int y, in Surface surface)
    {
        int own = y * guides.Width + x, best = own;
        if (guides.Surfaces[own].Id == surface.Id)
            return own;
        double nearest = -2;
        for (int i = 0; i < 9; i++)
        {
            int xx = x + i % 3 - 1, yy = y + i / 3 - 1, at = yy * guides.Width + xx;
            if ((uint)xx >= (uint)guides.Width || (uint)yy >= (uint)guides.Height || guides.Surfaces[at].Id == 0)
                continue;
            double alike = guides.Surfaces[at].Normal.Dot(surface.Normal) + (guides.Surfaces[at].Id == surface.Id ? 4 : 0);
            if (alike > nearest)
                (best, nearest) = (at, alike);
        }
        return best;
    }

    private Vector3D Sky(double x, double y)
    {
        if (textures[^1].Texture is not { } sky)
            return Film(illumination.SkyIn(rays.At(x, y).Direction));
        double scale = SkyScale(sky);
        return Film(sky.Sample((x - guides.Width / 2.0) * scale + sky.Width / 2.0, (y - guides.Height / 2.0) * scale + sky.Height / 2.0, scale, 0, 0, scale) * 1.15);
    }

    /// <summary>Linear light that leaves a surface towards the camera.</summary>
    private Vector3D Colour(in Surface surface, double x, double y, double spread, Vector3D light)
    {
        bool ownLight = world.Solids[(surface.Id >> 16)].Item.Kind == ObjectKind.Backing;
        var (texture, picture) = textures[surface.Region];
        if (texture is null)
            return ownLight ? Grey : Grey.Times(light);
        var (u, v, perMetre) = Texels(surface, texture, picture);
        var (ax, ay) = Step(surface, x + spread, y, perMetre);
        var (bx, by) = Step(surface, x, y + spread, perMetre);
        Vector3D colour = texture.Sample(u, v, ax, ay, bx, by);
        return ownLight ? colour * 1.15 : colour.Times(light);
    }

    /// <summary>How the place in the texture changes from the surface's point to where a neighbouring ray meets its plane.</summary>
    private (double X, double Y) Step(in Surface surface, double x, double y, double perMetre)
    {
        Ray ray = rays.At(x, y);
        double toward = ray.Direction.Dot(surface.Flat);
        // Along the surface there is no end; a hundredth keeps the footprint finite.
        if (Math.Abs(toward) < 0.01)
            toward = toward < 0 ? -0.01 : 0.01;
        Vector3D moved = ray.Origin + ray.Direction * ((surface.Point - ray.Origin).Dot(surface.Flat) / toward) - surface.Point;
        return (moved.Dot(surface.AlongU) * perMetre, -moved.Dot(surface.AlongV) * perMetre);
    }

    /// <summary>The place in the texture: rows go down where v goes up.</summary>
    private (double U, double V, double PerMetre) Texels(in Surface surface, SurfaceTexture texture, bool picture)
    {
        if (!picture)
        {
            // Every object takes another part of the surface, or equal walls would show equal stones; heights stay, so that courses meet.
            double apart = (surface.Id >> 16) * 0.381966 * texture.Width;
            return (surface.U / texture.MetresPerTexel + Math.Floor(apart), texture.Height - surface.V / texture.MetresPerTexel, 1 / texture.MetresPerTexel);
        }
        SceneObject item = world.Solids[surface.Id >> 16].Item;
        double perMetre = Math.Min(texture.Width / item.Size.X, texture.Height / item.Size.Y);
        return ((surface.U - item.Size.X / 2) * perMetre + texture.Width / 2.0, texture.Height / 2.0 - (surface.V - item.Position.Y - item.Size.Y / 2) * perMetre, perMetre);
    }

    /// <summary>The filmic curve of K. Narkowicz (2015), a quotient of two squares.</summary>
    private Vector3D Film(Vector3D light) => new(Film(light.X), Film(light.Y), Film(light.Z));

    private double Film(double x)
    {
        x = Math.Max(0, x * exposure);
        return Math.Min(1, x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14));
    }
}
