using System.Runtime.InteropServices;

namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>
/// A k-d tree (Bentley 1975) over sums of channels in parts of each source patch. By Cauchy and Schwarz the weighted squared difference of
/// two sums, over the number of pixels summed, is never more than the distance of the patches; so a box of sums gives a bound for all
/// patches in it, exact in integers.
/// </summary>
internal sealed class SumTree
{
    private const int LeafSize = 24;
    private const int WantedSums = 16;

    private readonly List<Node> nodes = [];
    private readonly List<int> boxes = [];
    private readonly int[] values;

    private SumTree(PatchSources sources, CancellationToken cancellationToken)
    {
        Sums = new PatchSums(sources.Layout, sources.PatchSize, WantedSums);
        Centres = new int[sources.PatchCount];
        values = new int[(long)sources.PatchCount * Sums.Count];
        var order = new int[sources.PatchCount];
        for (int i = 0; i < Centres.Length; i++)
        {
            if (i % 4096 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            Centres[i] = sources.Centre(i);
            order[i] = i;
            (int y, int x) = Math.DivRem(Centres[i], sources.Sheet.Stride);
            Sums.Of(sources.Sheet, x, y, values.AsSpan(i * Sums.Count, Sums.Count));
        }
        Split(order, 0, order.Length, cancellationToken);
        for (int i = 0; i < order.Length; i++)
            order[i] = Centres[order[i]];
        Centres = order;
    }

    internal PatchSums Sums { get; }

    /// <summary>Positions in the order of the leaves.</summary>
    internal int[] Centres { get; }

    internal int NodeCount => nodes.Count;

    internal static SumTree Build(PatchSources sources, CancellationToken cancellationToken) => new(sources, cancellationToken);

    internal Node this[int node] => nodes[node];

    /// <summary>No patch below a node is nearer than this to one with these sums.</summary>
    internal long Bound(int node, ReadOnlySpan<int> sums)
    {
        int n = Sums.Count;
        ReadOnlySpan<int> box = CollectionsMarshal.AsSpan(boxes).Slice(node * 2 * n, 2 * n);
        long bound = 0;
        for (int i = 0; i < n; i++)
        {
            long outside = Math.Max(0, Math.Max(box[i] - sums[i], sums[i] - box[n + i]));
            // Rounded down, so it stays a bound.
            bound += outside * outside / Sums.Pixels(i) * Sums.Weight(i);
        }
        return bound;
    }

    private int Split(int[] order, int start, int length, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int node = nodes.Count, n = Sums.Count;
        nodes.Add(default);
        Span<int> low = stackalloc int[n], high = stackalloc int[n];
        low.Fill(int.MaxValue);
        high.Fill(int.MinValue);
        for (int i = start; i < start + length; i++)
        {
            for (int d = 0; d < n; d++)
            {
                int value = values[order[i] * n + d];
                low[d] = Math.Min(low[d], value);
                high[d] = Math.Max(high[d], value);
            }
        }
        boxes.AddRange(low);
        boxes.AddRange(high);
        int widest = 0;
        long width = 0;
        for (int d = 0; d < n; d++)
        {
            long extent = (long)(high[d] - low[d]) * (high[d] - low[d]) / Sums.Pixels(d) * Sums.Weight(d);
            if (extent > width)
                (widest, width) = (d, extent);
        }
        if (length <= LeafSize || width == 0)
        {
            nodes[node] = new(start, length, -1, -1);
            return node;
        }
        var keys = new long[length];
        for (int i = 0; i < length; i++)
            keys[i] = ((long)values[order[start + i] * n + widest] << 32) | (uint)order[start + i];
        Array.Sort(keys);
        for (int i = 0; i < length; i++)
            order[start + i] = (int)keys[i];
        int first = Split(order, start, length / 2, cancellationToken);
        int second = Split(order, start + length / 2, length - length / 2, cancellationToken);
        nodes[node] = new(start, length, first, second);
        return node;
    }

    /// <summary>Part of the centres; children are -1 in a leaf.</summary>
    internal readonly record struct Node(int Start, int Length, int First, int Second);
}
