namespace Answerprint.Imaging.GreyBox.Dressing;

/// <summary>Texels of a region in linear light with all their halvings, and where each came from.</summary>
internal sealed class SurfaceTexture
{
    private const int MostTaps = 8;
    private readonly List<(ushort[] Pixels, int Width, int Height)> levels = [];
    private readonly Func<int, int, (ushort Source, ushort X, ushort Y)> origin;
    private readonly bool wraps;

    internal SurfaceTexture(byte[] pixels, int width, int height, bool wraps, double metresPerTexel, Func<int, int, (ushort Source, ushort X, ushort Y)> origin)
    {
        (this.wraps, this.origin, MetresPerTexel) = (wraps, origin, metresPerTexel);
        var linear = new ushort[width * height * 3];
        for (int i = 0; i < linear.Length; i++)
            linear[i] = (ushort)Light.Linear(pixels[i]);
        levels.Add((linear, width, height));
        while (levels[^1] is var last && last.Width > 1 && last.Height > 1 && (!wraps || (last.Width % 2 == 0 && last.Height % 2 == 0)))
            levels.Add(Half(last.Pixels, last.Width, last.Height));
        Mean = MeanOf(levels[^1].Pixels);
    }

    internal int Width => levels[0].Width;

    internal int Height => levels[0].Height;

    internal double MetresPerTexel { get; }

    /// <summary>The mean colour, linear 0 to 1.</summary>
    internal Vector3D Mean { get; }

    /// <summary>The picture pixel behind a place, in texels.</summary>
    internal (ushort Source, ushort X, ushort Y) Origin(double u, double v) => origin(Place((long)Math.Floor(u), Width), Place((long)Math.Floor(v), Height));

    /// <summary>The mean over the footprint of a pixel: several taps along its longer axis, each between the two levels nearest to the shorter.</summary>
    /// <param name="u">Middle, in texels.</param>
    /// <param name="v">Middle, in texels.</param>
    /// <param name="ax">How the place changes from pixel to pixel: to the right.</param>
    /// <param name="ay">The same, in rows.</param>
    /// <param name="bx">How it changes downwards.</param>
    /// <param name="by">The same, in rows.</param>
    internal Vector3D Sample(double u, double v, double ax, double ay, double bx, double by)
    {
        double a = ax * ax + ay * ay, b = bx * bx + by * by;
        if (a < b)
            (a, b, ax, ay) = (b, a, bx, by);
        double major = Math.Sqrt(a), minor = Math.Max(Math.Sqrt(b), major / MostTaps);
        int taps = minor >= major || major <= 1 ? 1 : Math.Min(MostTaps, (int)Math.Ceiling(major / Math.Max(1, minor)));
        int level = 0;
        for (; minor >= 2 && level < levels.Count - 1; level++)
            minor /= 2;
        double share = level < levels.Count - 1 && minor > 1 ? Math.Min(1, minor - 1) : 0;
        Vector3D sum = default;
        for (int i = 0; i < taps; i++)
        {
            double along = (i + 0.5) / taps - 0.5, x = u + ax * along, y = v + ay * along;
            Vector3D near = Between(level, x, y);
            sum += share > 0 ? near * (1 - share) + Between(level + 1, x, y) * share : near;
        }
        return sum * (1.0 / taps / 65535);
    }

    private Vector3D Between(int level, double u, double v)
    {
        var (pixels, width, height) = levels[level];
        double x = u * width / Width - 0.5, y = v * height / Height - 0.5, fx = Math.Floor(x), fy = Math.Floor(y);
        int x0 = Place((long)fx, width), x1 = Place((long)fx + 1, width), y0 = Place((long)fy, height) * width, y1 = Place((long)fy + 1, height) * width;
        (fx, fy) = (x - fx, y - fy);
        double a = (1 - fx) * (1 - fy), b = fx * (1 - fy), c = (1 - fx) * fy, d = fx * fy;
        int p = (y0 + x0) * 3, q = (y0 + x1) * 3, r = (y1 + x0) * 3, s = (y1 + x1) * 3;
        return new(
            a * pixels[p] + b * pixels[q] + c * pixels[r] + d * pixels[s], a * pixels[p + 1] + b * pixels[q + 1] + c * pixels[r + 1] + d * pixels[s + 1],
            a * pixels[p + 2] + b * pixels[q + 2] + c * pixels[r + 2] + d * pixels[s + 2]);
    }

    private int Place(long at, int size) => wraps ? (int)((at % size + size) % size) : (int)Math.Clamp(at, 0, size - 1);

    private static (ushort[], int, int) Half(ushort[] from, int width, int height)
    {
        int w = width / 2, h = height / 2;
        var to = new ushort[w * h * 3];
        for (int y = 0; y < h; y++)
            for (int i = 0; i < w * 3; i++)
            {
                int at = 2 * y * width * 3 + i / 3 * 6 + i % 3;
                to[y * w * 3 + i] = (ushort)((from[at] + from[at + 3] + from[at + width * 3] + from[at + width * 3 + 3] + 2) >> 2);
            }
        return (to, w, h);
    }

    private static Vector3D MeanOf(ushort[] pixels)
    {
        long r = 0, g = 0, b = 0;
        for (int i = 0; i < pixels.Length; i += 3)
            (r, g, b) = (r + pixels[i], g + pixels[i + 1], b + pixels[i + 2]);
        double scale = 3.0 / pixels.Length / 65535;
        return new(r * scale, g * scale, b * scale);
    }
}
