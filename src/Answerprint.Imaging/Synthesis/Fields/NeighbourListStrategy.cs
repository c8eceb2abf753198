using System.Runtime.CompilerServices;
using Answerprint.Imaging.Synthesis.Fields.Kernels;

namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>One pass of PatchMatch that keeps several matches a pixel (Barnes et al., ECCV 2010), nearest first.</summary>
/// <param name="key">What the pass's random numbers are made from.</param>
/// <param name="step">1 from the top left, -1 from the bottom right.</param>
/// <param name="firstRadius">Widest random radius, in pixels; 0 for none.</param>
/// <param name="tries">Most random matches of a pixel.</param>
internal readonly unsafe struct NeighbourListStrategy<TKernel>(ulong key, int step, int firstRadius, int tries) : IFieldStrategy
    where TKernel : struct, IPatchKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SearchRow(FieldState state, int lane, int y)
    {
        int width = state.Width, k = state.Neighbours, stride = state.Sources.Sheet.Stride;
        int* used = state.Lane(lane).Values;
        int* row = (int*)Unsafe.AsPointer(ref state.Positions[y * width * k]);
        long* distances = (long*)Unsafe.AsPointer(ref state.Distances[y * width * k]);
        ReadOnlySpan<byte> active = state.Active.Length == 0 ? default : state.Active.AsSpan(y * width, width);
        int* before = y - step >= 0 && y - step < state.Height ? row - step * width * k : null;
        PatchShape shape = state.Shape;
        for (int n = 0, x = step > 0 ? 0 : width - 1; n < width; n++, x += step)
        {
            if (!active.IsEmpty && active[x] == 0)
                continue;
            var list = new NeighbourList(row + x * k, distances + x * k, k);
            nint target = state.TargetOffset(x, y);
            for (int i = 0; i < k; i++)
            {
                if (n > 0 && row[(x - step) * k + i] is var beside and >= 0)
                    Try(state, shape, used, target, ref list, beside + step);
                if (before != null && before[x * k + i] is var above and >= 0)
                    Try(state, shape, used, target, ref list, above + step * stride);
            }
            if (firstRadius > 0)
                SearchAround(state, shape, used, target, ref list, y * (long)width + x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Try(FieldState state, in PatchShape shape, int* used, nint target, ref NeighbourList list, int candidate)
    {
        if (used[candidate] >= OccupancyMap.Refused || list.Contains(candidate))
            return;
        long distance = TKernel.Distance(shape, target, state.SourceOffset(candidate), list.Worst);
        if (distance < list.Worst)
            list.Insert(candidate, distance);
    }

    // The radii go round the neighbours, so that each is refined somewhere.
    private void SearchAround(FieldState state, in PatchShape shape, int* used, nint target, ref NeighbourList list, long counter)
    {
        int stride = state.Sources.Sheet.Stride;
        ulong random = CounterRandom.Next(key, counter);
        int rank = CounterRandom.Below((uint)(random >> 16), state.Neighbours);
        for (int radius = firstRadius, tried = 0; radius >= 1 && tried < tries; radius >>= 1, tried++, random = CounterRandom.Step(random))
        {
            int centre = list[(rank + tried) % state.Neighbours];
            if (centre < 0)
                centre = list[0];
            if (centre < 0)
                return;
            int centreY = centre / stride, centreX = centre - centreY * stride;
            (int left, int top, int right, int bottom) = state.Sources.Bounds(centreY);
            int x0 = Math.Max(left, centreX - radius), x1 = Math.Min(right, centreX + radius);
            int y0 = Math.Max(top, centreY - radius), y1 = Math.Min(bottom, centreY + radius);
            int x = x0 + CounterRandom.Below((uint)(random >> 32), x1 - x0 + 1);
            int y = y0 + CounterRandom.Below((uint)random, y1 - y0 + 1);
            Try(state, shape, used, target, ref list, y * stride + x);
        }
    }
}
