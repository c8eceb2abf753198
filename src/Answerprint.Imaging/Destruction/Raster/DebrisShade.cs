using System.Numerics;

namespace Answerprint.Imaging.Destruction.Raster;

/// <summary>
/// What of sun and sky reaches places among pieces. The sky is a fixed set of directions with a depth map each, so that its shade is soft, without noise and alike from frame to frame.
/// </summary>
internal sealed class DebrisShade
{
    private const int Directions = 12, SkyTexels = 288, SunTexels = 1024;

    // The part of a whole sky's light that a wall gets from the ground and from what stands around.
    private const float Around = 0.15f;

    private readonly DepthMap sun;
    private readonly DepthMap[] sky = new DepthMap[Directions];

    /// <summary>Maps that nothing is drawn in yet.</summary>
    /// <param name="light">Sun and sky.</param>
    /// <param name="centre">Middle of what shades.</param>
    /// <param name="radius">Metres around it that they show.</param>
    internal DebrisShade(DebrisLighting light, Vector3 centre, float radius)
    {
        sun = new DepthMap(light.Direction, centre, radius, SunTexels);
        float direct = light.Sun / MathF.PI, diffuse = light.Sky * 0.8f;
        SunShare = direct + diffuse > 0 ? direct / (direct + diffuse) : 0;
        // A spiral over the upper half of the sphere: each direction stands for as much of it.
        for (int k = 0; k < Directions; k++)
        {
            float z = (k + 0.5f) / Directions, flat = MathF.Sqrt(1 - z * z), turn = k * 2.39996323f;
            sky[k] = new DepthMap(new Vector3(flat * MathF.Cos(turn), flat * MathF.Sin(turn), z), centre, radius, SkyTexels);
        }
    }

    /// <summary>Of the light on a surface that faces the sun, the sun's own part, 0 to 1.</summary>
    internal float SunShare { get; }

    /// <summary>Draws what shades.</summary>
    /// <param name="places">Corners in the scene.</param>
    /// <param name="corners">Three a triangle.</param>
    /// <param name="solid">Those of them that belong to pieces; rubble shades the sun alone.</param>
    /// <param name="threads">Threads; the result does not depend on it.</param>
    internal void Draw(Vector3[] places, int[] corners, int[] solid, ParallelOptions threads) => Parallel.For(0, Directions + 1, threads, k =>
    {
        if (k == 0)
            sun.Draw(places, corners);
        else
            sky[k - 1].Draw(places, solid);
    });

    /// <summary>The sun on a surface, times the cosine of its angle; its share of a whole sky; and how much of the sky that it faces is open.</summary>
    internal (float Sun, float Sky, float Open) At(Vector3 place, Vector3 normal)
    {
        float facing = Vector3.Dot(normal, sun.Towards), direct = 0;
        if (facing > 0)
            direct = facing * sun.Open(place + normal * (1.5f * sun.Texel + 0.02f) + sun.Towards * (1.5f * sun.Texel), 1);
        float sum = 0, open = 0, seen = 0, texel = sky[0].Texel;
        Vector3 off = place + normal * (0.7f * texel + 0.02f);
        foreach (DepthMap map in sky)
        {
            float towards = Vector3.Dot(normal, map.Towards);
            if (towards <= 0.02f)
                continue;
            float here = map.Open(off + map.Towards * (0.4f * texel));
            sum += towards * here;
            open += here;
            seen++;
        }
        float share = seen > 0 ? open / seen : 0;
        return (direct, 2f / Directions * sum + Around * (1 - normal.Z) * (0.1f + 0.9f * share), share);
    }
}
