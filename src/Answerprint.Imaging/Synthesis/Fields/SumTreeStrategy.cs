using Answerprint.Imaging.Synthesis.Fields.Kernels;

namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>
/// Looks through the tree of all patches, nearer box first, and passes over every box that cannot hold a better match. Of equal matches the
/// one that stands first in the sheet is taken, whatever the order of the tree.
/// </summary>
/// <param name="tree">All patches of the sources.</param>
internal readonly unsafe struct SumTreeStrategy<TKernel>(SumTree tree) : IFieldStrategy
    where TKernel : struct, IPatchKernel
{
    public void SearchRow(FieldState state, int lane, int y)
    {
        OccupancyMap map = state.Lane(lane);
        var sums = new int[tree.Sums.Count];
        var order = new PriorityQueue<int, long>();
        int k = state.Neighbours;
        for (int x = 0; x < state.Width; x++)
        {
            int pixel = y * state.Width + x;
            if (state.Active.Length > 0 && state.Active[pixel] == 0)
                continue;
            tree.Sums.Of(state.Target, x, y, sums);
            int before = state.Positions[pixel * k];
            var list = new Candidates(state, map.Values, pixel, state.TargetOffset(x, y));
            order.Clear();
            order.Enqueue(0, tree.Bound(0, sums));
            while (order.TryDequeue(out int node, out long bound) && bound <= list.Worst)
                Visit(order, node, sums, ref list);
            list.Keep();
            if (!state.Counts || before == state.Positions[pixel])
                continue;
            map.Add(state.Positions[pixel]);
            map.Remove(before);
            map.Touch(state.Positions[pixel]);
            map.Touch(before);
        }
    }

    private void Visit(PriorityQueue<int, long> order, int node, ReadOnlySpan<int> sums, ref Candidates list)
    {
        SumTree.Node part = tree[node];
        if (part.First >= 0)
        {
            order.Enqueue(part.First, tree.Bound(part.First, sums));
            order.Enqueue(part.Second, tree.Bound(part.Second, sums));
            return;
        }
        for (int i = part.Start; i < part.Start + part.Length; i++)
            list.Try(tree.Centres[i]);
    }

    private ref struct Candidates
    {
        private readonly FieldState state;
        private readonly int* used;
        private readonly nint target;
        private readonly int first;
        private readonly int[] positions;
        private readonly long[] costs;

        internal Candidates(FieldState state, int* used, int pixel, nint target)
        {
            this.state = state;
            this.used = used;
            this.target = target;
            first = pixel * state.Neighbours;
            positions = new int[state.Neighbours];
            costs = new long[state.Neighbours];
            positions.AsSpan().Fill(int.MaxValue);
            costs.AsSpan().Fill(long.MaxValue);
        }

        internal readonly long Worst => costs[^1];

        internal readonly void Try(int candidate)
        {
            long use = (used[candidate] * state.CostScale) >> state.CostShift, worst = Worst;
            if (use > worst)
                return;
            // One more than the worst, since an equal one may stand before it in the sheet.
            long limit = worst == long.MaxValue ? worst : worst - use + 1;
            long distance = TKernel.Distance(state.Shape, target, state.SourceOffset(candidate), limit);
            if (distance >= limit)
                return;
            long cost = distance + use;
            if (cost == worst && candidate > positions[^1])
                return;
            int i = costs.Length - 1;
            for (; i > 0 && (costs[i - 1] > cost || (costs[i - 1] == cost && positions[i - 1] > candidate)); i--)
                (positions[i], costs[i]) = (positions[i - 1], costs[i - 1]);
            (positions[i], costs[i]) = (candidate, cost);
        }

        internal readonly void Keep()
        {
            for (int i = 0; i < positions.Length; i++)
            {
                bool found = costs[i] != long.MaxValue;
                long use = found ? (used[positions[i]] * state.CostScale) >> state.CostShift : 0;
                state.Positions[first + i] = found ? positions[i] : NearestNeighbourField.Nothing;
                state.Distances[first + i] = found ? costs[i] - use : long.MaxValue;
            }
        }
    }
}
