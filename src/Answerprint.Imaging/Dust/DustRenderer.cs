using System.Numerics;

namespace Answerprint.Imaging.Dust;

/// <summary>Draws a volume of dust: rays are marched through it, lit by sun and sky that the dust itself shades, and stopped by what stands in it.</summary>
public static class DustRenderer
{
    // A metre of dense dust lets exp(-this) of the light through.
    private const float Extinction = 1.4f;
    private const float Clear = 0.004f;

    /// <summary>The dust alone: linear red, green, blue (already times alpha) and alpha, interleaved, row-major.</summary>
    /// <param name="volume">The dust.</param>
    /// <param name="camera">From where; its width and height are those of the result.</param>
    /// <param name="light">What lights it.</param>
    /// <param name="depth">For each pixel the depth along the view, in metres, of what stands there; dust behind is hidden. Empty: nothing stands there.</param>
    /// <param name="seconds">Time since the beginning, which moves the fine structure along.</param>
    /// <param name="seed">What the fine structure is made from.</param>
    /// <param name="maxDegreeOfParallelism">Threads, 1 or more; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="ArgumentException">The depth has another size than the camera.</exception>
    public static float[] Render(DustVolume volume, DustCamera camera, DustLight light, ReadOnlyMemory<float> depth, float seconds, ulong seed,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(volume);
        if (!depth.IsEmpty && depth.Length != camera.Width * camera.Height)
            throw new ArgumentException($"The depth holds {depth.Length} values; the camera has {camera.Width} x {camera.Height} pixels.", nameof(depth));
        var threads = new ParallelOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism, CancellationToken = cancellationToken };
        DustShade shade = DustShade.Of(volume, light.Sun, Extinction * volume.Cell, threads);
        DustNoise noise = DustNoise.Of(seed);
        var result = new float[4 * camera.Width * camera.Height];
        Parallel.For(0, camera.Height, threads, y =>
        {
            for (int x = 0; x < camera.Width; x++)
            {
                (Vector3 direction, float along) = camera.At(x + 0.5f, y + 0.5f);
                float limit = depth.IsEmpty ? float.MaxValue : depth.Span[y * camera.Width + x] / along;
                Vector4 colour = March(volume, shade, noise, light, (camera.Position - volume.Corner) / volume.Cell, direction, limit / volume.Cell, seconds, Jitter(x, y));
                colour.CopyTo(result, 4 * (y * camera.Width + x));
            }
        });
        return result;
    }

    private static Vector4 March(DustVolume volume, DustShade shade, DustNoise noise, in DustLight light, Vector3 from, Vector3 direction, float limit, float seconds, float jitter)
    {
        (float begin, float end) = Cross(volume, from, direction);
        end = Math.Min(end, limit);
        Vector3 colour = default;
        float open = 1, absorb = Extinction * volume.Cell;
        for (float at = begin + jitter; at < end && open > 0.01f;)
        {
            Vector3 place = from + at * direction;
            float density = volume.Sample(volume.DensityField, place);
            if (density < Clear)
            {
                at += 1.5f;
                continue;
            }
            density = noise.Roughen(density, place * volume.Cell, volume.VelocityAt(place) * volume.Cell, seconds);
            const float step = 0.6f;
            if (density > Clear)
            {
                float passes = MathF.Exp(-absorb * density * step);
                (float sun, float sky) = shade.At(place);
                colour += open * (1 - passes) * light.Albedo * (sun * light.SunColour + sky * light.SkyColour);
                open *= passes;
            }
            at += step;
        }
        return new Vector4(colour, 1 - open);
    }

    /// <summary>Where a ray is inside the volume, in cells from its origin.</summary>
    private static (float Begin, float End) Cross(DustVolume volume, Vector3 from, Vector3 direction)
    {
        var size = new Vector3(volume.Width, volume.Height, volume.Depth);
        float begin = 0, end = float.MaxValue;
        for (int axis = 0; axis < 3; axis++)
        {
            if (MathF.Abs(direction[axis]) < 1e-6f)
            {
                if (from[axis] < 0 || from[axis] > size[axis])
                    return (0, 0);
                continue;
            }
            float a = -from[axis] / direction[axis], b = (size[axis] - from[axis]) / direction[axis];
            begin = Math.Max(begin, Math.Min(a, b));
            end = Math.Min(end, Math.Max(a, b));
        }
        return (begin, end);
    }

    /// <summary>Where a ray takes its first sample, so that steps do not show as rings (interleaved gradient noise, Jimenez 2014).</summary>
    private static float Jitter(int x, int y)
    {
        float a = 0.06711056f * x + 0.00583715f * y, b = 52.9829189f * (a - MathF.Floor(a));
        return 0.6f * (b - MathF.Floor(b));
    }
}
