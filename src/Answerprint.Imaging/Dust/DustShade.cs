using System.Numerics;

namespace Answerprint.Imaging.Dust;

/// <summary>How much of the sun and of the sky reaches each cell: swept down from the top, layer by layer.</summary>
internal sealed class DustShade
{
    // Light that dust scatters on is not lost: the shade of a cloud is softer than its thickness says.
    private const float Direct = 0.7f, Diffuse = 0.35f, Least = 0.06f;

    private readonly DustVolume volume;
    private readonly float[] sun, sky;

    private DustShade(DustVolume volume) => (this.volume, sun, sky) = (volume, new float[volume.Density.Length], new float[volume.Density.Length]);

    internal static DustShade Of(DustVolume volume, Vector3 towards, float absorb, ParallelOptions threads)
    {
        var shade = new DustShade(volume);
        // A sun lower than 15 degrees is taken as one that high: a layer's shadow would leave the volume.
        float rise = Math.Max(towards.Y, 0.26f), right = towards.X / rise, ahead = towards.Z / rise, length = MathF.Sqrt(1 + right * right + ahead * ahead);
        for (int y = volume.Height - 1; y >= 0; y--)
        {
            int layer = y;
            Parallel.For(0, volume.Depth, threads, z =>
            {
                for (int x = 0; x < volume.Width; x++)
                {
                    int i = (z * volume.Height + layer) * volume.Width + x;
                    float thick = absorb * volume.Density[i];
                    shade.sun[i] = shade.Above(shade.sun, x + right, layer + 1, z + ahead) * MathF.Exp(-Direct * thick * length);
                    shade.sky[i] = shade.Above(shade.sky, x, layer + 1, z) * MathF.Exp(-Diffuse * thick);
                }
            });
        }
        return shade;
    }

    /// <summary>How much of the sun reaches each cell.</summary>
    internal float[] Sun => sun;

    /// <summary>How much of the sky reaches each cell.</summary>
    internal float[] Sky => sky;

    /// <summary>What lights a place in the dust.</summary>
    /// <param name="sun">How much of the sun the grid lets through to where the near dust begins.</param>
    /// <param name="sky">How much of the sky it lets through.</param>
    /// <param name="near">Optical depth of the near dust towards the sun.</param>
    /// <param name="round">0 in a crease between billows, 1 where one is roundest: little sky reaches a crease.</param>
    internal static (float Sun, float Sky) Lit(float sun, float sky, float near, float round) =>
        (Least + (1 - Least) * sun * MathF.Exp(-near), (0.15f + 0.85f * sky) * (0.2f + 0.8f * round));

    /// <summary>The light in the layer above, between four cells; open sky beyond the volume.</summary>
    private float Above(float[] light, float x, int y, float z)
    {
        if (y >= volume.Height || x < 0 || z < 0 || x > volume.Width - 1 || z > volume.Depth - 1)
            return 1;
        int left = Math.Min((int)x, volume.Width - 2), back = Math.Min((int)z, volume.Depth - 2), i = (back * volume.Height + y) * volume.Width + left, j = i + volume.Width * volume.Height;
        float fx = x - left, fz = z - back, a = light[i] + fx * (light[i + 1] - light[i]), b = light[j] + fx * (light[j + 1] - light[j]);
        return a + fz * (b - a);
    }
}
