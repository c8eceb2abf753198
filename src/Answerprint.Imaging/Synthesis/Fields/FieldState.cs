using System.Runtime.CompilerServices;
using Answerprint.Imaging.Synthesis.Fields.Kernels;

namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>A field while it is searched: matches, distances and what the search must know of target and sources.</summary>
internal sealed unsafe class FieldState
{
    private const int PixelsOfLane = 1 << 15;
    private const int MaxLanes = 4;
    private const int PhasesOfPass = 4;

    private readonly nint[] targetPlanes;
    private readonly nint[] sourcePlanes;
    private readonly uint[] weights;
    private readonly OccupancyMap[] lanes;
    private readonly OccupancyMap? common;
    private readonly int threads;
    private readonly CancellationToken cancellationToken;

    internal FieldState(FeatureImage target, PatchSources sources, int neighbours, double uniformity, int threads, CancellationToken cancellationToken)
    {
        (Target, Sources, Neighbours) = (target.WithMargin(sources.PatchSize / 2), sources, neighbours);
        (this.threads, this.cancellationToken) = (threads, cancellationToken);
        int pixels = target.Width * target.Height;
        Positions = GC.AllocateUninitializedArray<int>(pixels * neighbours, pinned: true);
        Distances = GC.AllocateUninitializedArray<long>(pixels * neighbours, pinned: true);
        FeatureImage sheet = sources.Sheet;
        int planes = target.Layout.Planes;
        targetPlanes = GC.AllocateArray<nint>(planes, pinned: true);
        sourcePlanes = GC.AllocateArray<nint>(planes, pinned: true);
        weights = GC.AllocateArray<uint>(target.Layout.PairWeights.Length, pinned: true);
        target.Layout.PairWeights.CopyTo(weights, 0);
        for (int i = 0; i < planes; i++)
            (targetPlanes[i], sourcePlanes[i]) = ((nint)Target.At(i, 0, 0), (nint)sheet.At(i, 0, 0));
        Shape = new PatchShape(
            sources.PatchSize, planes, (uint*)Unsafe.AsPointer(ref weights[0]),
            (byte**)Unsafe.AsPointer(ref targetPlanes[0]), (byte**)Unsafe.AsPointer(ref sourcePlanes[0]),
            (nint)Target.Stride * FeatureLayout.PlaneBytes, (nint)sheet.Stride * FeatureLayout.PlaneBytes);

        int count = Math.Clamp(pixels / PixelsOfLane, 1, Math.Min(MaxLanes, Math.Max(1, target.Height / (4 * PhasesOfPass))));
        Counts = uniformity > 0;
        if (Counts)
            SetUniformity(uniformity, pixels);
        // Without uniformity nobody writes the map and all lanes share it.
        lanes = new OccupancyMap[count];
        for (int i = 0; i < count; i++)
            lanes[i] = i == 0 || Counts ? new OccupancyMap(sources) : lanes[0];
        common = Counts && count > 1 ? new OccupancyMap(sources) : null;
    }

    internal FeatureImage Target { get; }

    internal PatchSources Sources { get; }

    internal int Neighbours { get; }

    internal int Width => Target.Width;

    internal int Height => Target.Height;

    /// <summary>Positions in the sheet of sources, or <see cref="NearestNeighbourField.Nothing"/>.</summary>
    internal int[] Positions { get; }

    /// <summary>Distances in 16.16.</summary>
    internal long[] Distances { get; }

    internal PatchShape Shape { get; }

    /// <summary>Whether uniformity counts.</summary>
    internal bool Counts { get; }

    /// <summary>Cost of an occupancy: times this, shifted by <see cref="CostShift"/>.</summary>
    internal long CostScale { get; private set; }

    internal int CostShift { get; private set; }

    /// <summary>Pixels to search, or empty for all.</summary>
    internal byte[] Active { get; set; } = [];

    internal int LaneCount => lanes.Length;

    internal OccupancyMap Lane(int lane) => lanes[lane];

    /// <summary>Offset of the patch around a target pixel from a plane's first byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal nint TargetOffset(int x, int y)
    {
        int r = Sources.PatchSize / 2;
        return (y - r) * Shape.TargetRow + (x - r) * (nint)FeatureLayout.PlaneBytes;
    }

    /// <summary>Offset of the patch around a position from a plane's first byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal nint SourceOffset(int position)
    {
        int r = Sources.PatchSize / 2;
        return (position - (nint)r * (Sources.Sheet.Stride + 1)) * FeatureLayout.PlaneBytes;
    }

    /// <summary>Measures the distance of every match again.</summary>
    internal void Measure<TKernel>()
        where TKernel : struct, IPatchKernel => Rows((y, _) =>
        {
            int k = Neighbours, i = y * Width * k;
            for (int x = 0; x < Width; x++)
            {
                nint t = TargetOffset(x, y);
                for (int n = 0; n < k; n++, i++)
                    Distances[i] = Positions[i] < 0 ? long.MaxValue : TKernel.Distance(Shape, t, SourceOffset(Positions[i]), long.MaxValue);
            }
        });

    /// <summary>Counts all matches into the maps.</summary>
    internal void CountAll()
    {
        if (!Counts)
            return;
        foreach (int position in Positions)
            if (position >= 0)
                lanes[0].Add(position);
        common?.CopyFrom(lanes[0]);
        for (int i = 1; i < lanes.Length; i++)
            lanes[i].CopyFrom(lanes[0]);
    }

    /// <summary>How often the sources are used now.</summary>
    internal OccupancyMap Uses()
    {
        if (Counts)
            return lanes[0];
        var map = new OccupancyMap(Sources);
        foreach (int position in Positions)
            if (position >= 0)
                map.Add(position);
        return map;
    }

    /// <summary>
    /// Runs a strategy once over all rows. Lanes are bands of rows, cut the same way for any number of threads; a pass has phases, and in a
    /// phase each lane works on its own part of its band, next to which no other lane works. What lanes used up they tell each other
    /// between phases.
    /// </summary>
    internal void Pass<TStrategy>(TStrategy strategy, bool backwards)
        where TStrategy : struct, IFieldStrategy
    {
        int phases = lanes.Length == 1 ? 1 : PhasesOfPass;
        for (int phase = 0; phase < phases; phase++)
        {
            int part = backwards ? phases - 1 - phase : phase;
            InParallel(lanes.Length, lane =>
            {
                int first = (int)((long)Height * lane / lanes.Length), end = (int)((long)Height * (lane + 1) / lanes.Length);
                int top = first + (end - first) * part / phases, bottom = first + (end - first) * (part + 1) / phases;
                for (int y = backwards ? bottom - 1 : top; backwards ? y >= top : y < bottom; y += backwards ? -1 : 1)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    strategy.SearchRow(this, lane, y);
                }
            });
            if (common is not null)
                InParallel(lanes.Length, part => OccupancyMap.Merge(lanes, common, part, lanes.Length));
        }
    }

    /// <summary>Runs independent rows on all threads.</summary>
    internal void Rows(Action<int, int> row)
    {
        const int Chunk = 16;
        InParallel((Height + Chunk - 1) / Chunk, chunk =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int y = chunk * Chunk; y < Math.Min(Height, (chunk + 1) * Chunk); y++)
                row(y, chunk);
        });
    }

    internal void InParallel(int count, Action<int> work)
    {
        if (threads == 1 || count == 1)
        {
            for (int i = 0; i < count; i++)
                work(i);
            return;
        }
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
        }
        catch (AggregateException error) when (error.InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    // The cost is lambda x occupancy x |S| / (p^4 |T|) in 16.16, as a 30-bit number and a shift.
    private void SetUniformity(double uniformity, int pixels)
    {
        int p = Sources.PatchSize;
        if ((long)pixels * p * p > FieldLimits.MaxOccupancy)
            throw new ArgumentException($"{pixels} pixels and patches of {p} x {p} are beyond the limit of {FieldLimits.MaxOccupancy} when uniformity counts.");
        double scale = uniformity * 65536 * Sources.PixelCount / ((double)p * p * p * p * pixels);
        int shift = 0;
        while (scale < 1 << 29 && shift < 62)
        {
            scale *= 2;
            shift++;
        }
        if (scale > 1L << 32)
            throw new ArgumentException($"Uniformity {uniformity} is too large.");
        (CostScale, CostShift) = ((long)Math.Round(scale), shift);
    }
}
