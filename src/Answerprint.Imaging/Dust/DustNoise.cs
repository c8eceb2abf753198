using System.Numerics;
using Answerprint.Imaging.Synthesis.Fields;

namespace Answerprint.Imaging.Dust;

/// <summary>
/// Billows finer than the grid: value noise of several octaves, carried along with the air. Two copies, half a period apart, are each carried for a period and blended, so that neither is stretched far.
/// </summary>
internal sealed class DustNoise
{
    private const int Size = 128, Octaves = 6;

    // The seconds after which a copy begins anew.
    private const float Period = 0.8f;

    // The noise in creases and on crowns of billows, and what density is multiplied by there.
    private const float Crease = 0.58f, Crown = 0.88f, Thinnest = 0.15f, Swell = 3;

    // Density at which a cloud's surface begins; the share of it that is haze without a surface.
    private const float Surface = 0.18f, Haze = 0.16f;

    private static DustNoise? last;

    private readonly float[] values = new float[Size * Size * Size];

    private readonly ulong seed;
    private readonly float length;

    private DustNoise(ulong seed, float length)
    {
        (this.seed, this.length) = (seed, length);
        for (int octave = 0; octave < Octaves; octave++)
            AddOctave(seed, octave);
    }

    /// <summary>The noise of a seed and a size; that of the last one asked for is kept, since every frame of a shot asks for the same.</summary>
    /// <param name="seed">What it is made from.</param>
    /// <param name="length">Size of the largest billows in metres.</param>
    internal static DustNoise Of(ulong seed, float length)
    {
        DustNoise? known = last;
        return known?.seed == seed && known.length == length ? known : last = new DustNoise(seed, length);
    }

    /// <summary>
    /// The density with its fine structure, and how far out on a billow the place is, 0 (in a crease) to 1. Density falls off outwards by factors, so that a factor moves a cloud's surface out and in by about a billow's size.
    /// </summary>
    internal (float Density, float Round) Roughen(float density, Vector3 place, Vector3 velocity, float seconds)
    {
        float phase = seconds / Period - MathF.Floor(seconds / Period), other = phase < 0.5f ? phase + 0.5f : phase - 0.5f, share = MathF.Abs(2 * phase - 1);
        float first = At(place - phase * Period * velocity), second = At(place - other * Period * velocity + new Vector3(11.3f, 5.1f, 7.7f));
        // Where both count half they even each other out: the contrast is put back.
        float mixed = 0.5f + ((first - 0.5f) * (1 - share) + (second - 0.5f) * share) / MathF.Sqrt(share * share + (1 - share) * (1 - share));
        float round = Math.Clamp((mixed - Crease) / (Crown - Crease), 0, 1), swollen = density * Thinnest * MathF.Pow(Swell / Thinnest, round);
        // What is thin is only haze; what is dense has a surface.
        float body = Math.Clamp((swollen - Surface) / (5 * Surface), 0, 1);
        return (Math.Min(2, Haze * density + 2 * body * body * (3 - 2 * body)), round);
    }

    /// <summary>A push in a direction that changes from place to place, each part -1 to 1.</summary>
    internal Vector3 Force(Vector3 place) => 3.5f * (new Vector3(At(place), At(place + new Vector3(17.1f, 3.3f, 9.2f)), At(place + new Vector3(5.7f, 21.9f, 13.4f))) - new Vector3(0.72f));

    private float At(Vector3 place)
    {
        Vector3 p = place * (Size / (length * 4));
        float x = p.X - MathF.Floor(p.X / Size) * Size, y = p.Y - MathF.Floor(p.Y / Size) * Size, z = p.Z - MathF.Floor(p.Z / Size) * Size;
        int x0 = (int)x & (Size - 1), y0 = (int)y & (Size - 1), z0 = (int)z & (Size - 1), x1 = (x0 + 1) & (Size - 1), y1 = (y0 + 1) & (Size - 1), z1 = (z0 + 1) & (Size - 1);
        float fx = x - MathF.Floor(x), fy = y - MathF.Floor(y), fz = z - MathF.Floor(z);
        int a = (z0 * Size + y0) * Size, b = (z0 * Size + y1) * Size, c = (z1 * Size + y0) * Size, d = (z1 * Size + y1) * Size;
        float low = Mix(Mix(values[a + x0], values[a + x1], fx), Mix(values[b + x0], values[b + x1], fx), fy);
        float high = Mix(Mix(values[c + x0], values[c + x1], fx), Mix(values[d + x0], values[d + x1], fx), fy);
        return Mix(low, high, fz);
    }

    /// <summary>A billow: noise folded at its middle, so that it is round outside and creased between.</summary>
    private void AddOctave(ulong seed, int octave)
    {
        int cells = 4 << octave, step = Size / cells;
        float strength = 0.5f * MathF.Pow(0.6f, octave) / 1.11f;
        for (int z = 0; z < Size; z++)
        {
            for (int y = 0; y < Size; y++)
            {
                for (int x = 0; x < Size; x++)
                    values[(z * Size + y) * Size + x] += strength * (1 - MathF.Abs(2 * Lattice(seed, octave, cells, step, x, y, z) - 1));
            }
        }
    }

    private static float Lattice(ulong seed, int octave, int cells, int step, int x, int y, int z)
    {
        int x0 = x / step, y0 = y / step, z0 = z / step, x1 = (x0 + 1) % cells, y1 = (y0 + 1) % cells, z1 = (z0 + 1) % cells;
        float fx = Smooth((x % step) / (float)step), fy = Smooth((y % step) / (float)step), fz = Smooth((z % step) / (float)step);
        float low = Mix(Mix(Hash(seed, octave, x0, y0, z0), Hash(seed, octave, x1, y0, z0), fx), Mix(Hash(seed, octave, x0, y1, z0), Hash(seed, octave, x1, y1, z0), fx), fy);
        float high = Mix(Mix(Hash(seed, octave, x0, y0, z1), Hash(seed, octave, x1, y0, z1), fx), Mix(Hash(seed, octave, x0, y1, z1), Hash(seed, octave, x1, y1, z1), fx), fy);
        return Mix(low, high, fz);
    }

    private static float Smooth(float t) => t * t * (3 - 2 * t);

    private static float Mix(float a, float b, float t) => a + t * (b - a);

    private static float Hash(ulong seed, int octave, int x, int y, int z)
    {
        ulong value = CounterRandom.Mix(seed ^ ((ulong)octave << 48) ^ ((ulong)x << 32) ^ ((ulong)y << 16) ^ (ulong)z);
        return (value >> 40) * (1f / (1 << 24));
    }
}
