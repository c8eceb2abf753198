using System.Numerics;

namespace Answerprint.Imaging.Destruction.Raster;

/// <summary>Patterns in space, functions of the place alone: gradient noise (Perlin, SIGGRAPH 2002), cells about scattered points (Worley, SIGGRAPH 1996), a value for each box.</summary>
internal static class SurfaceNoise
{
    /// <summary>Noise of several octaves, each half as strong as the one before; about 0.5, mostly 0.3 to 0.7.</summary>
    internal static float Octaves(Vector3 place, float scale, int octaves)
    {
        float sum = 0, weight = 1, all = 0;
        Vector3 p = place * scale;
        for (int k = 0; k < octaves; k++)
        {
            sum += weight * Gradient(p);
            all += weight;
            weight *= 0.5f;
            p *= 2;
        }
        return 0.5f + 0.5f * sum / all;
    }

    /// <summary>Three such values for one place.</summary>
    internal static Vector3 Colour(Vector3 place, float scale) =>
        new(Octaves(place, scale, 2), Octaves(place + new Vector3(31.4f, 7.9f, 19.2f), scale, 2), Octaves(place + new Vector3(11.7f, 43.1f, 5.3f), scale, 2));

    /// <summary>A value of 0 to 1 for each box of space.</summary>
    internal static float Box(float x, float y, float z) => Unit(Hash((int)MathF.Floor(x), (int)MathF.Floor(y), (int)MathF.Floor(z)));

    /// <summary>The nearest of points that are scattered one to a box of side 1: how far it is, how far the border to the next one is, and a value of its own.</summary>
    internal static (float Distance, float Border, float Own) Cell(Vector3 place)
    {
        int x0 = (int)MathF.Floor(place.X), y0 = (int)MathF.Floor(place.Y), z0 = (int)MathF.Floor(place.Z);
        float first = float.MaxValue, second = float.MaxValue;
        uint own = 0;
        for (int z = z0 - 1; z <= z0 + 1; z++)
        {
            for (int y = y0 - 1; y <= y0 + 1; y++)
            {
                for (int x = x0 - 1; x <= x0 + 1; x++)
                {
                    uint hash = Hash(x, y, z);
                    var point = new Vector3(x + (hash & 1023) / 1024f, y + ((hash >> 10) & 1023) / 1024f, z + (hash >> 20) / 4096f);
                    float far = Vector3.DistanceSquared(place, point);
                    if (far < first)
                        (second, first, own) = (first, far, hash);
                    else if (far < second)
                        second = far;
                }
            }
        }
        (first, second) = (MathF.Sqrt(first), MathF.Sqrt(second));
        return (first, 0.5f * (second - first), Unit(own * 0x9E3779B1u));
    }

    private static float Gradient(Vector3 p)
    {
        float fx = MathF.Floor(p.X), fy = MathF.Floor(p.Y), fz = MathF.Floor(p.Z);
        int x = (int)fx, y = (int)fy, z = (int)fz;
        float a = p.X - fx, b = p.Y - fy, c = p.Z - fz, u = Fade(a), v = Fade(b), w = Fade(c);
        float front = Mix(Mix(Slope(x, y, z, a, b, c), Slope(x + 1, y, z, a - 1, b, c), u), Mix(Slope(x, y + 1, z, a, b - 1, c), Slope(x + 1, y + 1, z, a - 1, b - 1, c), u), v);
        float back = Mix(Mix(Slope(x, y, z + 1, a, b, c - 1), Slope(x + 1, y, z + 1, a - 1, b, c - 1), u), Mix(Slope(x, y + 1, z + 1, a, b - 1, c - 1), Slope(x + 1, y + 1, z + 1, a - 1, b - 1, c - 1), u), v);
        return Mix(front, back, w);
    }

    private static float Slope(int x, int y, int z, float a, float b, float c)
    {
        uint hash = Hash(x, y, z) >> 28;
        float u = hash < 8 ? a : b, v = hash < 4 ? b : hash is 12 or 14 ? a : c;
        return ((hash & 1) == 0 ? u : -u) + ((hash & 2) == 0 ? v : -v);
    }

    private static float Fade(float t) => t * t * t * (t * (t * 6 - 15) + 10);

    private static float Mix(float a, float b, float t) => a + t * (b - a);

    private static float Unit(uint hash) => (hash >> 8) * (1f / (1 << 24));

    private static uint Hash(int x, int y, int z)
    {
        uint h = (uint)x * 0x8DA6B343u ^ (uint)y * 0xD8163841u ^ (uint)z * 0xCB1AB31Fu;
        h = (h ^ (h >> 15)) * 0x2C1B3C6Du;
        h = (h ^ (h >> 12)) * 0x297A2D39u;
        return h ^ (h >> 15);
    }
}
