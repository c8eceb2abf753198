using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>
/// Masks between two that were painted: the shapes are laid over each other by their centres, their signed distances are blended (shape-based
/// interpolation, Raya and Udupa, IEEE TMI 1990), and the result is moved to where the centre is by then. Exact: distances are squared integers.
/// </summary>
public sealed class MaskInBetween
{
    private const int Far = 1 << 28;
    private readonly int width;
    private readonly int height;
    private readonly (byte[] Inside, (int X, int Y)? Centre, int[] Signed) first;
    private readonly (byte[] Inside, (int X, int Y)? Centre, int[] Signed) second;

    /// <summary>Two masks of the same size, one channel each; 128 and more is inside.</summary>
    /// <exception cref="ArgumentException">Sizes differ or a mask has several channels.</exception>
    public MaskInBetween(PixelBuffer<byte> first, PixelBuffer<byte> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        (width, height) = (first.Width, first.Height);
        (this.first, this.second) = (Measure(HoleMask.Of(first, width, height)), Measure(HoleMask.Of(second, width, height)));
    }

    /// <summary>The mask at a time between the two.</summary>
    /// <param name="step">Frames after the first, 0 to <paramref name="steps"/>.</param>
    /// <param name="steps">Frames from the first to the second, 1 or more.</param>
    /// <returns>For each pixel 1 inside, 0 outside. Where one of the two is empty it is the nearer of them, the first at half way.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is not between the two.</exception>
    public byte[] At(int step, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(step, steps);
        if (step == 0 || step == steps || first.Centre is not var (ax, ay) || second.Centre is not var (bx, by))
            return 2 * step <= steps ? first.Inside : second.Inside;
        int cx = Between(ax, bx, step, steps), cy = Between(ay, by, step, steps);
        var result = new byte[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                // Distances are compared as roots: two shapes of unlike size blend evenly.
                double blended = (steps - step) * At(first.Signed, x - cx + ax, y - cy + ay) + step * At(second.Signed, x - cx + bx, y - cy + by);
                result[y * width + x] = blended <= 0 ? (byte)1 : (byte)0;
            }
        }
        return result;
    }

    private (byte[] Inside, (int X, int Y)? Centre, int[] Signed) Measure(byte[] mask) => (mask, Centre(mask, width), Signed(mask, width, height));

    private static int Between(int from, int to, int step, int steps) => from + (int)(((long)(to - from) * 2 * step + (to >= from ? steps : -steps)) / (2L * steps));

    private static (int X, int Y)? Centre(byte[] mask, int width)
    {
        long x = 0, y = 0, count = 0;
        for (int i = 0; i < mask.Length; i++)
        {
            if (mask[i] == 0)
                continue;
            (x, y, count) = (x + i % width, y + i / width, count + 1);
        }
        return count == 0 ? null : ((int)(x / count), (int)(y / count));
    }

    /// <summary>The signed distance at a place; places beyond the picture are as far as its nearest pixel says, and outside.</summary>
    private double At(int[] signed, int x, int y)
    {
        int nearX = Math.Clamp(x, 0, width - 1), nearY = Math.Clamp(y, 0, height - 1);
        int squared = signed[nearY * width + nearX];
        double beyond = Math.Max(Math.Abs(x - nearX), Math.Abs(y - nearY));
        // A square root is rounded exactly by IEEE 754, so it is the same everywhere.
        return (squared < 0 ? -Math.Sqrt(-squared) : Math.Sqrt(squared)) + beyond;
    }

    /// <summary>Squared distance to the other side, below 0 inside.</summary>
    private static int[] Signed(byte[] mask, int width, int height)
    {
        int[] toInside = Squared(mask, 1, width, height), toOutside = Squared(mask, 0, width, height);
        for (int i = 0; i < mask.Length; i++)
            toInside[i] = mask[i] != 0 ? -toOutside[i] : toInside[i];
        return toInside;
    }

    /// <summary>The exact squared distance of each pixel to the nearest of a value (Felzenszwalb and Huttenlocher 2012, with the parabolas searched from both sides).</summary>
    private static int[] Squared(byte[] mask, byte value, int width, int height)
    {
        var down = new int[mask.Length];
        for (int x = 0; x < width; x++)
        {
            int last = -1;
            for (int y = 0; y < height; y++)
            {
                last = mask[y * width + x] == value ? y : last;
                down[y * width + x] = last < 0 ? Far : y - last;
            }
            last = -1;
            for (int y = height - 1; y >= 0; y--)
            {
                last = mask[y * width + x] == value ? y : last;
                if (last >= 0)
                    down[y * width + x] = Math.Min(down[y * width + x], last - y);
            }
        }
        var result = new int[mask.Length];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<int> row = down.AsSpan(y * width, width);
            for (int x = 0; x < width; x++)
                result[y * width + x] = Nearest(row, x);
        }
        return result;
    }

    private static int Nearest(ReadOnlySpan<int> row, int x)
    {
        long best = row[x] >= Far ? Far : (long)row[x] * row[x];
        for (int d = 1; d < row.Length && (long)d * d < best; d++)
        {
            if (x >= d && row[x - d] < Far)
                best = Math.Min(best, (long)d * d + (long)row[x - d] * row[x - d]);
            if (x + d < row.Length && row[x + d] < Far)
                best = Math.Min(best, (long)d * d + (long)row[x + d] * row[x + d]);
        }
        return (int)best;
    }
}
