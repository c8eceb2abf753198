using System.Runtime.CompilerServices;
using Answerprint.Imaging.Synthesis.Fields.Kernels;

namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>One pass of PatchMatch (Barnes, Shechtman, Finkelstein and Goldman, SIGGRAPH 2009) with EbSynth's uniformity.</summary>
/// <param name="key">What the pass's random numbers are made from.</param>
/// <param name="step">1 from the top left, -1 from the bottom right.</param>
/// <param name="firstRadius">Widest random radius, in pixels; 0 for none.</param>
/// <param name="tries">Most random matches of a pixel.</param>
internal readonly unsafe struct PatchMatchStrategy<TKernel>(ulong key, int step, int firstRadius, int tries) : IFieldStrategy
    where TKernel : struct, IPatchKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SearchRow(FieldState state, int lane, int y)
    {
        OccupancyMap map = state.Lane(lane);
        int width = state.Width, stride = state.Sources.Sheet.Stride;
        int* used = map.Values;
        int* row = (int*)Unsafe.AsPointer(ref state.Positions[y * width]);
        long* distances = (long*)Unsafe.AsPointer(ref state.Distances[y * width]);
        byte* active = state.Active.Length == 0 ? null : (byte*)Unsafe.AsPointer(ref state.Active[y * width]);
        int* before = y - step >= 0 && y - step < state.Height ? row - step * width : null;
        PatchShape shape = state.Shape;
        for (int n = 0, x = step > 0 ? 0 : width - 1; n < width; n++, x += step)
        {
            if (active != null && active[x] == 0)
                continue;
            var pixel = new Pixel(state, row[x], distances[x], state.TargetOffset(x, y), used);
            if (n > 0 && row[x - step] is var beside and >= 0)
                pixel.Try(state, shape, used, beside + step);
            if (before != null && before[x] is var above and >= 0)
                pixel.Try(state, shape, used, above + step * stride);
            if (firstRadius > 0)
                SearchAround(state, shape, used, ref pixel, y * (long)width + x);
            if (pixel.Position == row[x])
                continue;
            if (state.Counts)
                Exchange(map, row[x], pixel.Position);
            (row[x], distances[x]) = (pixel.Position, pixel.Distance);
        }
    }

    private static void Exchange(OccupancyMap map, int from, int to)
    {
        map.Add(to);
        map.Remove(from);
        map.Touch(to);
        map.Touch(from);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SearchAround(FieldState state, in PatchShape shape, int* used, ref Pixel pixel, long counter)
    {
        int stride = state.Sources.Sheet.Stride, centreY = pixel.Position / stride, centreX = pixel.Position - centreY * stride;
        (int left, int top, int right, int bottom) = state.Sources.Bounds(centreY);
        ulong random = CounterRandom.Next(key, counter);
        for (int radius = firstRadius, tried = 0; radius >= 1 && tried < tries; radius >>= 1, tried++, random = CounterRandom.Step(random))
        {
            int x0 = Math.Max(left, centreX - radius), x1 = Math.Min(right, centreX + radius);
            int y0 = Math.Max(top, centreY - radius), y1 = Math.Min(bottom, centreY + radius);
            int x = x0 + CounterRandom.Below((uint)(random >> 32), x1 - x0 + 1);
            int y = y0 + CounterRandom.Below((uint)random, y1 - y0 + 1);
            pixel.Try(state, shape, used, y * stride + x);
        }
    }

    /// <summary>The best match so far of the pixel at work.</summary>
    private ref struct Pixel
    {
        internal int Position;
        internal long Distance;
        private readonly nint target;
        private long cost;

        internal Pixel(FieldState state, int position, long distance, nint target, int* used)
        {
            (Position, Distance, this.target) = (position, distance, target);
            cost = position < 0 ? long.MaxValue : distance + ((used[position] * state.CostScale) >> state.CostShift);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Try(FieldState state, in PatchShape shape, int* used, int candidate)
        {
            if (candidate == Position || used[candidate] >= OccupancyMap.Refused)
                return;
            long use = (used[candidate] * state.CostScale) >> state.CostShift, limit = cost - use;
            if (limit <= 0)
                return;
            long distance = TKernel.Distance(shape, target, state.SourceOffset(candidate), limit);
            if (distance < limit)
                (Position, Distance, cost) = (candidate, distance, distance + use);
        }
    }
}
