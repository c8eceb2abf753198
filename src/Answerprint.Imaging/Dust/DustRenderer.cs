using System.Numerics;
using System.Runtime.Intrinsics;

namespace Answerprint.Imaging.Dust;

/// <summary>Draws a volume of dust: rays are marched through it, lit by sun and sky that the dust itself shades, and stopped by what stands in it.</summary>
public static class DustRenderer
{
    // A metre of dense dust lets exp(-this) of the light through.
    private const float Extinction = 2.8f;
    private const float Clear = 0.004f;

    // How far towards the sun, in sizes of a billow, it shades itself; the grid's own shade goes on from there.
    private const float Reach = 0.22f;

    // Pixels across from which a ray serves more than 2 x 2 of them: the finest billows are no smaller for more pixels.
    private const int Fine = 800;

    /// <summary>The dust alone: linear red, green, blue (already times alpha) and alpha, interleaved, row-major.</summary>
    /// <param name="volume">The dust.</param>
    /// <param name="camera">From where; its width and height are those of the result.</param>
    /// <param name="light">What lights it.</param>
    /// <param name="depth">For each pixel the depth along the view, in metres, of what stands there; dust behind is hidden. Empty: nothing stands there.</param>
    /// <param name="seconds">Time since the beginning, which moves the fine structure along.</param>
    /// <param name="seed">What the fine structure is made from.</param>
    /// <param name="maxDegreeOfParallelism">Threads, 1 or more; the result does not depend on it.</param>
    /// <param name="behind">What shows through where a surface covers only part of a pixel; null where each covers all or nothing.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="ArgumentException">The depth, or what is behind, has another size than the camera.</exception>
    public static float[] Render(DustVolume volume, DustCamera camera, DustLight light, ReadOnlyMemory<float> depth, float seconds, ulong seed,
        int maxDegreeOfParallelism = 1, DustBehind? behind = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(volume);
        if (!depth.IsEmpty && depth.Length != camera.Width * camera.Height)
            throw new ArgumentException($"The depth holds {depth.Length} values; the camera has {camera.Width} x {camera.Height} pixels.", nameof(depth));
        if (behind is not null && (behind.Depth.Length != camera.Width * camera.Height || behind.Cover.Length != behind.Depth.Length))
            throw new ArgumentException($"There are {behind.Depth.Length} depths and {behind.Cover.Length} covers; the camera has {camera.Width} x {camera.Height} pixels.", nameof(behind));
        var threads = new ParallelOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism, CancellationToken = cancellationToken };
        DustShade shade = DustShade.Of(volume, light.Sun, Extinction * volume.Cell, threads);
        DustNoise noise = DustNoise.Of(seed, volume.Billow);
        float reach = Reach * volume.Billow;
        var cells = new DustCells(volume, shade, Clear, threads);
        float[] result = new float[4 * camera.Width * camera.Height], far = behind is null ? [] : new float[result.Length];
        if (cells.IsEmpty)
            return result;
        // One ray for a block of pixels, each of which takes what it has gathered where that pixel's surface stands.
        int block = Math.Clamp(camera.Width / Fine, 2, 8), across = (camera.Width + block - 1) / block, down = (camera.Height + block - 1) / block;
        Parallel.For(0, down, threads, row =>
        {
            var stops = new Stop[2 * block * block];
            for (int column = 0; column < across; column++)
            {
                (Vector3 direction, float along) = camera.At((column + 0.5f) * block, (row + 0.5f) * block);
                int count = 0;
                for (int y = row * block; y < Math.Min(camera.Height, (row + 1) * block); y++)
                {
                    for (int x = column * block; x < Math.Min(camera.Width, (column + 1) * block); x++)
                    {
                        int i = y * camera.Width + x;
                        stops[count++] = new Stop(depth.IsEmpty ? float.MaxValue : depth.Span[i] / (along * volume.Cell), 4 * i, result);
                        if (behind?.IsPart(i) == true)
                            stops[count++] = new Stop(behind.Depth[i] / (along * volume.Cell), 4 * i, far);
                    }
                }
                stops.AsSpan(0, count).Sort(static (one, other) => one.Far != other.Far ? one.Far.CompareTo(other.Far) : one.At.CompareTo(other.At));
                March(volume, cells, noise, light, reach, (camera.Position - volume.Corner) / volume.Cell, direction, seconds, Jitter(column, row), stops.AsSpan(0, count));
            }
        });
        DustSmooth.Over(result, depth, camera.Width, camera.Height, block, threads);
        if (behind is not null)
        {
            DustSmooth.Over(far, behind.Partly(), camera.Width, camera.Height, block, threads);
            behind.Mix(result, far);
        }
        return result;
    }

    private static void March(DustVolume volume, DustCells cells, DustNoise noise, in DustLight light, float reach, Vector3 from, Vector3 direction, float seconds, float jitter,
        ReadOnlySpan<Stop> stops)
    {
        const float stride = 1.5f, step = 0.6f;
        var inverse = new Vector3(Inverse(direction.X), Inverse(direction.Y), Inverse(direction.Z));
        (float begin, float end) = Cross(default, new Vector3(volume.Width, volume.Height, volume.Depth), from, inverse);
        (float dust, float clear) = Cross(cells.Low, cells.High, from, inverse);
        end = Math.Min(Math.Min(end, clear), stops[^1].Far);
        Vector3 colour = default, sunwards = light.Sun * (reach / volume.Cell);
        float open = 1, absorb = Extinction * volume.Cell;
        int stop = 0;
        // In whole strides, so that a ray's samples lie where they would if all of the volume were looked at.
        for (float at = begin + jitter + (dust > begin + jitter ? stride * MathF.Floor((dust - begin - jitter) / stride) : 0); at < end && open > 0.01f;)
        {
            for (; stops[stop].Far <= at; stop++)
                new Vector4(colour, 1 - open).CopyTo(stops[stop].Into, stops[stop].At);
            Vector3 place = from + at * direction;
            float free = cells.Free(place, inverse);
            if (free > 0)
            {
                at += stride * (1 + MathF.Floor(free / stride));
                continue;
            }
            Vector256<float> here = cells.At(place);
            float density = here.GetElement(0);
            if (density < Clear)
            {
                at += stride;
                continue;
            }
            var carried = new Vector3(here.GetElement(1), here.GetElement(2), here.GetElement(3)) * volume.Cell;
            (density, float round) = noise.Roughen(density, place * volume.Cell, carried, seconds);
            if (density > Clear)
            {
                float passes = MathF.Exp(-absorb * density * step);
                Vector256<float> before = cells.At(place + sunwards);
                (float thick, _) = noise.Roughen(before.GetElement(0), (place + sunwards) * volume.Cell, carried, seconds);
                (float sun, float sky) = DustShade.Lit(before.GetElement(4), here.GetElement(5), Extinction * reach * thick, round);
                colour += open * (1 - passes) * light.Albedo * (sun * light.SunColour + sky * light.SkyColour);
                open *= passes;
            }
            at += step;
        }
        for (; stop < stops.Length; stop++)
            new Vector4(colour, 1 - open).CopyTo(stops[stop].Into, stops[stop].At);
    }

    private static float Inverse(float part) => 1 / (MathF.Abs(part) < 1e-9f ? 1e-9f : part);

    /// <summary>Where a ray is inside a box, in cells from its origin.</summary>
    private static (float Begin, float End) Cross(Vector3 low, Vector3 high, Vector3 from, Vector3 inverse)
    {
        Vector3 first = (low - from) * inverse, second = (high - from) * inverse, enter = Vector3.Min(first, second), leave = Vector3.Max(first, second);
        return (Math.Max(0, Math.Max(enter.X, Math.Max(enter.Y, enter.Z))), Math.Min(leave.X, Math.Min(leave.Y, leave.Z)));
    }

    /// <summary>Where a ray takes its first sample, so that steps do not show as rings (interleaved gradient noise, Jimenez 2014).</summary>
    private static float Jitter(int x, int y)
    {
        float a = 0.06711056f * x + 0.00583715f * y, b = 52.9829189f * (a - MathF.Floor(a));
        return 0.6f * (b - MathF.Floor(b));
    }

    /// <summary>Where a pixel's surface stops a ray.</summary>
    /// <param name="Far">In cells from where the ray begins.</param>
    /// <param name="At">Where the pixel is in the result.</param>
    /// <param name="Into">The result.</param>
    private readonly record struct Stop(float Far, int At, float[] Into);
}
