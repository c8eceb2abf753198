namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>Bends a coarse picture smoothly: a random shift at each node of a grid, in between a mean of the four around.</summary>
internal sealed class LevelBend
{
    private const int Nodes = 4;
    private const int Unit = 1 << 10;

    private readonly int[] across = new int[Nodes * Nodes], down = new int[Nodes * Nodes];

    internal LevelBend(int width, int height, int permille, CounterNoise random)
    {
        for (int i = 0; i < Nodes * Nodes; i++)
        {
            across[i] = Shift(random.Bits(2 * (ulong)i), width, permille);
            down[i] = Shift(random.Bits(2 * (ulong)i + 1), height, permille);
        }
    }

    internal LevelImage Apply(LevelImage picture)
    {
        var result = new LevelImage(picture.Width, picture.Height);
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                long sx = (long)x * Unit + At(across, x, y, picture), sy = (long)y * Unit + At(down, x, y, picture);
                Sample(picture, Fold(sx, picture.Width), Fold(sy, picture.Height), result.Row(y).Slice(4 * x, 4));
            }
        }
        return result;
    }

    /// <summary>Uniform within so many thousandths of a side either way, in 1 / 1024 pixels.</summary>
    private static int Shift(ulong bits, int side, int permille)
    {
        long most = (long)side * Unit * permille / 1000;
        return (int)((long)((UInt128)bits * (ulong)(2 * most + 1) >> 64) - most);
    }

    private static long At(int[] shifts, int x, int y, LevelImage picture)
    {
        int px = (2 * x + 1) * (Nodes - 1) * Unit / (2 * picture.Width), py = (2 * y + 1) * (Nodes - 1) * Unit / (2 * picture.Height);
        int nx = Math.Min(px / Unit, Nodes - 2), ny = Math.Min(py / Unit, Nodes - 2);
        long fx = px - nx * Unit, fy = py - ny * Unit;
        int node = ny * Nodes + nx;
        long top = shifts[node] * (Unit - fx) + shifts[node + 1] * fx, bottom = shifts[node + Nodes] * (Unit - fx) + shifts[node + Nodes + 1] * fx;
        return (top * (Unit - fy) + bottom * fy) / ((long)Unit * Unit);
    }

    /// <summary>Beyond an edge the picture goes on mirrored.</summary>
    private static long Fold(long at, int length)
    {
        long last = (long)(length - 1) * Unit;
        if (last == 0)
            return 0;
        at = Math.Abs(at) % (2 * last);
        return at > last ? 2 * last - at : at;
    }

    private static void Sample(LevelImage picture, long x, long y, Span<short> output)
    {
        int ix = (int)(x / Unit), iy = (int)(y / Unit), nx = Math.Min(ix + 1, picture.Width - 1), ny = Math.Min(iy + 1, picture.Height - 1);
        long fx = x % Unit, fy = y % Unit;
        ReadOnlySpan<short> top = picture.Row(iy), bottom = picture.Row(ny);
        for (int c = 0; c < 4; c++)
        {
            long upper = top[4 * ix + c] * (Unit - fx) + top[4 * nx + c] * fx, lower = bottom[4 * ix + c] * (Unit - fx) + bottom[4 * nx + c] * fx;
            output[c] = (short)((upper * (Unit - fy) + lower * fy) / ((long)Unit * Unit));
        }
    }
}
