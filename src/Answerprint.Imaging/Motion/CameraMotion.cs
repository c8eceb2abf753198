using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Motion;

/// <summary>How far a view has moved from another.</summary>
/// <param name="X">To the right, in pixels: the median of all blocks that have something to hold on to.</param>
/// <param name="Y">Downwards.</param>
/// <param name="MovedShare">The share of those blocks that moved by more than was allowed, 0 to 1; a zoom or a turn moves blocks though their median stays.</param>
/// <param name="Blocks">How many blocks there were; 0 for a flat picture, of which nothing can be said.</param>
public sealed record ViewShift(double X, double Y, double MovedShare, int Blocks)
{
    /// <summary>The length of the movement, in pixels.</summary>
    public double Length => Math.Sqrt(X * X + Y * Y);
}

/// <summary>
/// Tells whether a camera stood still, by matching blocks of two small grey pictures (sums of absolute differences, fractions by a parabola through
/// three of them). Things that move in part of the view do not sway it.
/// </summary>
public static class CameraMotion
{
    /// <summary>Longest side of the pictures it is meant for; larger ones are slower and no better.</summary>
    public const int UsefulSide = 480;

    private const int Block = 24;
    private const int Reach = 6;
    private const int FlatGradient = 3 * Block * Block;

    /// <summary>How far the second view has moved from the first.</summary>
    /// <param name="first">One channel.</param>
    /// <param name="second">The same size.</param>
    /// <param name="allowed">Movement of a block that counts as none, in pixels, above 0.</param>
    /// <exception cref="ArgumentException">Sizes differ, or there are several channels.</exception>
    public static ViewShift Between(PixelBuffer<byte> first, PixelBuffer<byte> second, double allowed)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(allowed);
        if ((first.Width, first.Height, first.Channels) != (second.Width, second.Height, second.Channels) || first.Channels != 1)
            throw new ArgumentException($"{first.Width} x {first.Height} with {first.Channels} channels and {second.Width} x {second.Height} with {second.Channels} are not two grey pictures of one size.", nameof(second));
        var (xs, ys) = (new List<double>(), new List<double>());
        for (int y = Reach; y + Block + Reach <= first.Height; y += Block)
        {
            for (int x = Reach; x + Block + Reach <= first.Width; x += Block)
            {
                if (!Holds(first, x, y))
                    continue;
                var (dx, dy) = Match(first, second, x, y);
                xs.Add(dx);
                ys.Add(dy);
            }
        }
        if (xs.Count == 0)
            return new ViewShift(0, 0, 0, 0);
        int moved = Enumerable.Range(0, xs.Count).Count(i => xs[i] * xs[i] + ys[i] * ys[i] > allowed * allowed);
        return new ViewShift(Median(xs), Median(ys), (double)moved / xs.Count, xs.Count);
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>Whether a block has edges both ways: without them it could have slid and nobody would see.</summary>
    private static bool Holds(PixelBuffer<byte> image, int x, int y)
    {
        int across = 0, down = 0;
        for (int v = 0; v < Block; v++)
        {
            ReadOnlySpan<byte> row = image.View.PackedRow(y + v), below = image.View.PackedRow(y + v + 1);
            for (int u = 0; u < Block; u++)
            {
                across += Math.Abs(row[x + u + 1] - row[x + u]);
                down += Math.Abs(below[x + u] - row[x + u]);
            }
        }
        return across >= FlatGradient && down >= FlatGradient;
    }

    private static (double X, double Y) Match(PixelBuffer<byte> first, PixelBuffer<byte> second, int x, int y)
    {
        // Outwards from standing still, so that of equals the smallest movement wins.
        int bestX = 0, bestY = 0, best = Difference(first, second, x, y, 0, 0);
        for (int ring = 1; ring <= Reach; ring++)
        {
            for (int dy = -ring; dy <= ring; dy++)
            {
                for (int dx = -ring; dx <= ring; dx += Math.Abs(dy) == ring ? 1 : 2 * ring)
                {
                    int cost = Difference(first, second, x, y, dx, dy);
                    if (cost < best)
                        (best, bestX, bestY) = (cost, dx, dy);
                }
            }
        }
        double fractionX = Math.Abs(bestX) == Reach ? 0 : Parabola(Difference(first, second, x, y, bestX - 1, bestY), best, Difference(first, second, x, y, bestX + 1, bestY));
        double fractionY = Math.Abs(bestY) == Reach ? 0 : Parabola(Difference(first, second, x, y, bestX, bestY - 1), best, Difference(first, second, x, y, bestX, bestY + 1));
        return (bestX + fractionX, bestY + fractionY);
    }

    private static double Parabola(int before, int at, int after) => before + after - 2 * at <= 0 ? 0 : 0.5 * (before - after) / (before + after - 2.0 * at);

    private static int Difference(PixelBuffer<byte> first, PixelBuffer<byte> second, int x, int y, int dx, int dy)
    {
        int sum = 0;
        for (int v = 0; v < Block; v++)
        {
            ReadOnlySpan<byte> a = first.View.PackedRow(y + v).Slice(x, Block), b = second.View.PackedRow(y + v + dy).Slice(x + dx, Block);
            for (int u = 0; u < Block; u++)
                sum += Math.Abs(a[u] - b[u]);
        }
        return sum;
    }
}
