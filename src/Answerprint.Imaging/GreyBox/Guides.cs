using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.GreyBox;

/// <summary>What a scene looks like from its camera, pixel by pixel, row by row: everything but colour.</summary>
public sealed class Guides
{
    /// <summary>Region number of pixels that show the sky.</summary>
    public const short NoRegion = -1;

    internal Guides(GreyBoxScene scene, int width, int height)
    {
        (Scene, Width, Height) = (scene, width, height);
        Regions = new short[width * height];
        Surfaces = new Surface[width * height];
        Depth = new float[width * height];
        Sun = new float[width * height];
    }

    /// <summary>The scene.</summary>
    public GreyBoxScene Scene { get; }

    /// <summary>In pixels.</summary>
    public int Width { get; }

    /// <summary>In pixels.</summary>
    public int Height { get; }

    /// <summary>Index into the scene's regions, or <see cref="NoRegion"/>.</summary>
    public short[] Regions { get; }

    /// <summary>Metres from the camera; infinity for the sky.</summary>
    public float[] Depth { get; }

    /// <summary>How much of the sun is seen, 0 to 1, times the cosine of its angle.</summary>
    public float[] Sun { get; }

    internal Surface[] Surfaces { get; }

    /// <summary>The direction that the surface faces; nothing for the sky.</summary>
    public Vector3D NormalAt(int x, int y) => Surfaces[y * Width + x].Normal;

    /// <summary>Where the surface is, in metres; nothing for the sky.</summary>
    public Vector3D PositionAt(int x, int y) => Surfaces[y * Width + x].Point;

    /// <summary>The place on the surface: metres along it and up it.</summary>
    public (double U, double V) SurfaceAt(int x, int y) => (Surfaces[y * Width + x].U, Surfaces[y * Width + x].V);

    /// <summary>Whether the pixel to the right or below shows another surface.</summary>
    public bool IsEdge(int x, int y)
    {
        int at = y * Width + x;
        return (x + 1 < Width && Differ(Surfaces[at], Surfaces[at + 1])) || (y + 1 < Height && Differ(Surfaces[at], Surfaces[at + Width]));
    }

    /// <summary>The grey box as a picture: light on grey, and edges.</summary>
    public PixelBuffer<byte> Shaded() => Paint(at =>
    {
        Surface s = Surfaces[at];
        if (s.Id == 0)
            return (208, 214, 220);
        double light = 0.30 + 0.14 * s.Normal.Y + 0.06 * s.Normal.X + 0.52 * Sun[at];
        byte value = (byte)Math.Clamp((IsEdge(at % Width, at / Width) ? 0.55 : 1) * light * 235 + 12, 0, 255);
        return (value, value, value);
    });

    /// <summary>Regions in colours of their own, black for the sky.</summary>
    public PixelBuffer<byte> RegionPicture() => Paint(at => Regions[at] < 0 ? ((byte)0, (byte)0, (byte)0) : Mark(Regions[at]));

    /// <summary>Normals: x, y, z from -1 to 1 as 0 to 255.</summary>
    public PixelBuffer<byte> NormalPicture() => Paint(at =>
    {
        Vector3D n = Surfaces[at].Normal;
        return ((byte)Math.Floor(n.X * 127 + 128), (byte)Math.Floor(n.Y * 127 + 128), (byte)Math.Floor(n.Z * 127 + 128));
    });

    /// <summary>Nearness: nearest white, far away black.</summary>
    public PixelBuffer<byte> DepthPicture()
    {
        float nearest = Depth.Min();
        return Paint(at =>
        {
            byte value = float.IsInfinity(Depth[at]) ? (byte)0 : (byte)Math.Floor(Math.Clamp(nearest / Depth[at], 0, 1) * 255);
            return (value, value, value);
        });
    }

    internal static bool Differ(in Surface a, in Surface b) => a.Id != b.Id;

    /// <summary>A colour of its own for each region: steps of the golden ratio around three primaries.</summary>
    internal static (byte R, byte G, byte B) Mark(int region)
    {
        int hue = (region * 158 + 20) % 256, third = hue * 3 % 256, sector = hue * 3 / 256;
        byte up = (byte)(60 + third * 180 / 255), down = (byte)(240 - third * 180 / 255);
        return sector switch { 0 => (down, up, 60), 1 => (60, down, up), _ => (up, 60, down) };
    }

    private PixelBuffer<byte> Paint(Func<int, (byte R, byte G, byte B)> colour)
    {
        var picture = new PixelBuffer<byte>(PixelLayout.Interleaved(Width, Height, 3));
        Span<byte> to = picture.Memory.Span;
        for (int i = 0; i < Regions.Length; i++)
            (to[i * 3], to[i * 3 + 1], to[i * 3 + 2]) = colour(i);
        return picture;
    }
}
