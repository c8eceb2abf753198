using System.Runtime.Intrinsics;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>
/// A k-d tree over the known 8 x 8 patches of a level, each described by the lowest Walsh-Hadamard coefficients of its light and colour,
/// and the nearest patch of each that is not close by (after He and Sun, CVPR 2012: leaves of neighbours' matches are looked into as well).
/// </summary>
internal sealed class PatchTree
{
    internal const int PatchSize = 8;
    private const int Dimensions = 24;
    private const int LeafSize = 12;
    private const int SpreadSamples = 48;

    private readonly RepairLevel level;
    private readonly int[] patches;
    private readonly short[] descriptors;
    private readonly int[] slotOf;
    private readonly int[] leafStart;

    private PatchTree(RepairLevel level, int[] patches)
    {
        (this.level, this.patches) = (level, patches);
        descriptors = new short[patches.Length * Dimensions];
        slotOf = new int[level.Width * level.Height];
        leafStart = new int[patches.Length + 1];
        Array.Fill(slotOf, -1);
    }

    /// <summary>For each known patch of an area (by its top left pixel) the offset to its like; patches without one are absent.</summary>
    /// <param name="level">The picture.</param>
    /// <param name="area">Where patches are looked at.</param>
    /// <param name="nearest">Offsets whose sides are both below this do not count.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal static List<(int X, int Y, Offset Offset)> FindMatches(RepairLevel level, PixelRect area, int nearest, CancellationToken cancellationToken)
    {
        int[] patches = Known(level, area);
        var tree = new PatchTree(level, patches);
        if (patches.Length < 2)
            return [];
        tree.Describe();
        tree.Split(0, patches.Length, cancellationToken);
        return tree.Match(nearest, cancellationToken);
    }

    private static int[] Known(RepairLevel level, PixelRect area)
    {
        var known = new List<int>();
        int[] missing = BoxSums.Of(level.Hole, level.Width, level.Height);
        for (int y = area.Y; y <= Math.Min(area.Bottom, level.Height) - PatchSize; y++)
        {
            for (int x = area.X; x <= Math.Min(area.Right, level.Width) - PatchSize; x++)
            {
                if (BoxSums.Sum(missing, level.Width, x, y, x + PatchSize, y + PatchSize) == 0)
                    known.Add(y * level.Width + x);
            }
        }
        return [.. known];
    }

    private void Describe()
    {
        Span<int> light = stackalloc int[16];
        Span<int> warm = stackalloc int[4];
        Span<int> green = stackalloc int[4];
        for (int i = 0; i < patches.Length; i++)
        {
            light.Clear();
            warm.Clear();
            green.Clear();
            for (int y = 0; y < PatchSize; y++)
            {
                ReadOnlySpan<uint> row = level.Pixels.AsSpan(patches[i] + y * level.Width, PatchSize);
                for (int x = 0; x < PatchSize; x++)
                {
                    int r = (int)(row[x] & 255), g = (int)(row[x] >> 8 & 255), b = (int)(row[x] >> 16 & 255);
                    light[y / 2 * 4 + x / 2] += r + 2 * g + b;
                    warm[y / 4 * 2 + x / 4] += r - b;
                    green[y / 4 * 2 + x / 4] += 2 * g - r - b;
                }
            }
            Span<short> to = descriptors.AsSpan(i * Dimensions, Dimensions);
            Hadamard(light);
            // Sums over 64 pixels of up to 1020: a shift keeps them and their differences in 16 bits.
            for (int k = 0; k < 16; k++)
                to[k] = (short)(light[k] >> 3);
            for (int k = 0; k < 4; k++)
                (to[16 + k], to[20 + k]) = ((short)(warm[k] >> 1), (short)(green[k] >> 2));
        }
    }

    private static void Hadamard(Span<int> values)
    {
        for (int half = 1; half < values.Length; half *= 2)
        {
            for (int i = 0; i < values.Length; i++)
            {
                if ((i & half) != 0)
                    continue;
                (values[i], values[i + half]) = (values[i] + values[i + half], values[i] - values[i + half]);
            }
        }
    }

    /// <summary>Halves the patches along the dimension in which a sample of them spreads widest, until a leaf is small.</summary>
    private void Split(int from, int to, CancellationToken cancellationToken)
    {
        if (to - from <= LeafSize)
        {
            for (int i = from; i < to; i++)
                (slotOf[patches[i]], leafStart[i]) = (i, from);
            leafStart[to] = to;
            return;
        }
        if (to - from > 4096)
            cancellationToken.ThrowIfCancellationRequested();
        int dimension = Widest(from, to), middle = (from + to) / 2;
        Select(from, to - 1, middle, dimension);
        Split(from, middle, cancellationToken);
        Split(middle, to, cancellationToken);
    }

    private int Widest(int from, int to)
    {
        int step = Math.Max(1, (to - from) / SpreadSamples), best = 0;
        long spread = -1;
        for (int d = 0; d < Dimensions; d++)
        {
            long sum = 0, squares = 0, n = 0;
            for (int i = from; i < to; i += step, n++)
            {
                long v = descriptors[i * Dimensions + d];
                sum += v;
                squares += v * v;
            }
            long variance = n * squares - sum * sum;
            if (variance > spread)
                (spread, best) = (variance, d);
        }
        return best;
    }

    private void Select(int left, int right, int wanted, int dimension)
    {
        while (left < right)
        {
            int pivot = descriptors[(left + right) / 2 * Dimensions + dimension], i = left, j = right;
            while (i <= j)
            {
                while (descriptors[i * Dimensions + dimension] < pivot)
                    i++;
                while (descriptors[j * Dimensions + dimension] > pivot)
                    j--;
                if (i <= j)
                    Swap(i++, j--);
            }
            if (wanted <= j)
                right = j;
            else if (wanted >= i)
                left = i;
            else
                return;
        }
    }

    private void Swap(int i, int j)
    {
        if (i == j)
            return;
        (patches[i], patches[j]) = (patches[j], patches[i]);
        Span<short> one = descriptors.AsSpan(i * Dimensions, Dimensions), other = descriptors.AsSpan(j * Dimensions, Dimensions);
        Span<short> kept = stackalloc short[Dimensions];
        one.CopyTo(kept);
        other.CopyTo(one);
        kept.CopyTo(other);
    }

    private List<(int X, int Y, Offset Offset)> Match(int nearest, CancellationToken cancellationToken)
    {
        var found = new List<(int, int, Offset)>();
        int width = level.Width;
        var matchOf = new int[slotOf.Length];
        Array.Fill(matchOf, -1);
        for (int y = 0; y < level.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int x = 0; x < width; x++)
            {
                int at = y * width + x, slot = slotOf[at];
                if (slot < 0)
                    continue;
                int best = -1;
                int distance = int.MaxValue;
                Look(slot, slot, x, y, nearest, ref best, ref distance);
                if (x > 0 && matchOf[at - 1] is >= 0 and var left && left % width + 1 < width && slotOf[left + 1] >= 0)
                    Look(slot, slotOf[left + 1], x, y, nearest, ref best, ref distance);
                if (y > 0 && matchOf[at - width] is >= 0 and var above && above + width < slotOf.Length && slotOf[above + width] >= 0)
                    Look(slot, slotOf[above + width], x, y, nearest, ref best, ref distance);
                matchOf[at] = best;
                if (best >= 0)
                    found.Add((x, y, new Offset(best % width - x, best / width - y)));
            }
        }
        return found;
    }

    /// <summary>Compares a patch with all of the leaf that holds another.</summary>
    private void Look(int slot, int other, int x, int y, int nearest, ref int best, ref int distance)
    {
        int start = leafStart[other];
        for (int i = start; i < patches.Length && leafStart[i] == start; i++)
        {
            int at = patches[i];
            if (Math.Abs(at % level.Width - x) < nearest && Math.Abs(at / level.Width - y) < nearest)
                continue;
            int d = Distance(slot, i);
            if (d < distance)
                (best, distance) = (at, d);
        }
    }

    private int Distance(int slot, int other)
    {
        ReadOnlySpan<short> one = descriptors.AsSpan(slot * Dimensions, Dimensions), two = descriptors.AsSpan(other * Dimensions, Dimensions);
        Vector128<int> sum = Vector128<int>.Zero;
        for (int k = 0; k < Dimensions; k += Vector128<short>.Count)
        {
            // Differences fit 16 bits; squares over 64 and 24 of them added fit 31: exact on every machine.
            (Vector128<int> low, Vector128<int> high) = Vector128.Widen(Vector128.Create(one[k..]) - Vector128.Create(two[k..]));
            sum += (low * low >>> 6) + (high * high >>> 6);
        }
        return Vector128.Sum(sum);
    }
}
