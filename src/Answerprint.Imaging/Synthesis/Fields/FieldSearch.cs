using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Answerprint.Imaging.Synthesis.Fields.Kernels;

namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>
/// Finds, for each pixel of a target, the patches of the sources most like the one around it. All arithmetic is in integers and all random
/// numbers are functions of seed, pass and pixel: the same field comes out on any processor and for any number of threads.
/// </summary>
public static class FieldSearch
{
    /// <summary>Searches a field.</summary>
    /// <param name="target">Features of the target, of the same layout object as the sources; patches that leave it repeat its edge.</param>
    /// <param name="sources">Where matches may lie.</param>
    /// <param name="options">How to search.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Obeyed within a few rows.</param>
    /// <exception cref="ArgumentException">Layouts differ, a mask or the initial field has another size, or an option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static NearestNeighbourField Find(
        FeatureImage target, PatchSources sources, FieldOptions options, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Check(target, sources, options);
        return Width() switch
        {
            512 => Find<Kernel512>(target, sources, options, progress, cancellationToken),
            256 => Find<Kernel256>(target, sources, options, progress, cancellationToken),
            128 => Find<Kernel128>(target, sources, options, progress, cancellationToken),
            _ => Find<ScalarKernel>(target, sources, options, progress, cancellationToken),
        };
    }

    /// <summary>The exact distance of each match, for example after the target changed; the field keeps its matches.</summary>
    /// <exception cref="ArgumentException">The target has not the field's size or layout.</exception>
    public static NearestNeighbourField Measure(FeatureImage target, NearestNeighbourField field, int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(field);
        return Find(target, field.Sources, new FieldOptions { Passes = 0, Neighbours = field.Neighbours, Initial = field, MaxDegreeOfParallelism = maxDegreeOfParallelism }, null, cancellationToken);
    }

    /// <summary>Widest vectors whose kernel this processor runs, in bits; 0 for none.</summary>
    internal static int Width() => Avx512BW.IsSupported && Vector512.IsHardwareAccelerated ? 512 : Avx2.IsSupported ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    internal static NearestNeighbourField Find<TKernel>(
        FeatureImage target, PatchSources sources, FieldOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
        where TKernel : struct, IPatchKernel
    {
        var state = new FieldState(target, sources, options.Neighbours, options.Uniformity, options.MaxDegreeOfParallelism, cancellationToken)
        {
            Active = options.TargetMask.ToArray(),
        };
        Initialise(state, options);
        state.Measure<TKernel>();
        if (options.Neighbours > 1)
            Sort(state);
        state.CountAll();
        if (options.Strategy == FieldStrategy.SumTree && options.Passes > 0)
        {
            state.Pass(new SumTreeStrategy<TKernel>(SumTree.Build(sources, cancellationToken)), false);
            progress?.Report(1);
        }
        int widest = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(sources.Sheet.Width, sources.Sheet.Height));
        for (int pass = 0; options.Strategy == FieldStrategy.PatchMatch && pass < options.Passes; pass++)
        {
            bool backwards = pass % 2 == 1;
            int step = backwards ? -1 : 1;
            ulong key = CounterRandom.Key(options.Seed, pass + 1);
            if (options.Neighbours == 1)
                state.Pass(new PatchMatchStrategy<TKernel>(key, step, widest, options.MaxRandomTries), backwards);
            else
                state.Pass(new NeighbourListStrategy<TKernel>(key, step, widest, options.MaxRandomTries), backwards);
            progress?.Report((pass + 1.0) / options.Passes);
        }
        return new NearestNeighbourField(sources, target.Width, target.Height, options.Neighbours, state.Positions, state.Distances);
    }

    /// <summary>Takes the initial matches and gives every pixel that is searched and has none random ones.</summary>
    private static void Initialise(FieldState state, FieldOptions options)
    {
        ulong key = CounterRandom.Key(options.Seed, 0);
        int k = options.Neighbours, from = options.Initial?.Neighbours ?? 0;
        state.Rows((y, _) =>
        {
            for (int x = 0; x < state.Width; x++)
            {
                int pixel = y * state.Width + x;
                Span<int> list = state.Positions.AsSpan(pixel * k, k);
                list.Fill(NearestNeighbourField.Nothing);
                if (from > 0)
                    options.Initial!.Positions.AsSpan(pixel * from, Math.Min(k, from)).CopyTo(list);
                if (options.Passes == 0 || (state.Active.Length > 0 && state.Active[pixel] == 0))
                    continue;
                ulong random = CounterRandom.Next(key, pixel);
                for (int i = 0; i < k; i++, random = CounterRandom.Step(random))
                    if (list[i] < 0 && state.Sources.Centre(CounterRandom.Below((uint)(random >> 32), state.Sources.PatchCount)) is var centre && !list.Contains(centre))
                        list[i] = centre;
            }
        });
    }

    private static unsafe void Sort(FieldState state) => state.Rows((y, _) =>
    {
        for (int x = 0; x < state.Width; x++)
        {
            int first = (y * state.Width + x) * state.Neighbours;
            new NeighbourList((int*)Unsafe.AsPointer(ref state.Positions[first]), (long*)Unsafe.AsPointer(ref state.Distances[first]), state.Neighbours).Sort();
        }
    });

    private static void Check(FeatureImage target, PatchSources sources, FieldOptions options)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(options);
        if (target.Layout != sources.Layout)
            throw new ArgumentException("Target and sources share one layout.", nameof(target));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Passes, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxRandomTries, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxDegreeOfParallelism, 1);
        if (options.Neighbours is < 1 or > FieldLimits.MaxNeighbours)
            throw new ArgumentException($"{options.Neighbours} neighbours are not 1 to {FieldLimits.MaxNeighbours}.", nameof(options));
        if ((long)target.Width * target.Height * options.Neighbours > int.MaxValue / 2)
            throw new ArgumentException($"{target.Width} x {target.Height} pixels with {options.Neighbours} neighbours are beyond the limit of {int.MaxValue / 2}.", nameof(options));
        if (options.Uniformity is not (>= 0 and <= 1e9) || (options.Uniformity > 0 && options.Neighbours > 1))
            throw new ArgumentException($"Uniformity {options.Uniformity} is not 0 to 1e9, or is not 0 with several neighbours.", nameof(options));
        long pixels = (long)target.Width * target.Height;
        if (options.TargetMask.Length != 0 && options.TargetMask.Length != pixels)
            throw new ArgumentException($"The mask has {options.TargetMask.Length} bytes for {target.Width} x {target.Height} pixels.", nameof(options));
        if (options.Initial is { } field && (field.Width != target.Width || field.Height != target.Height || field.Sources != sources))
            throw new ArgumentException($"The initial field of {field.Width} x {field.Height} pixels is of another target or of other sources.", nameof(options));
    }
}
