using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>
/// Fills what a mask covers from the rest of the picture. The offsets at which the picture repeats itself compete for every missing
/// pixel (He and Sun, ECCV 2012), first in a small picture, then along the seams of each larger one. The result is a field:
/// for every missing pixel the known one that it takes. Integers throughout: the same field on every machine.
/// </summary>
public static class HoleFill
{
    /// <summary>Most pixels of one piece of a hole: each takes up to a kilobyte while offsets compete for it.</summary>
    public const int MaxPiecePixels = 4_000_000;

    private const int MaxNodes = 10_000;
    private const int MaxCoarsePixels = 110_000;
    private const int MinSide = 24;
    private const int CoarseSweeps = 3;
    private const int SeamReach = 4;

    /// <summary>The field of a fill.</summary>
    /// <param name="features">What patches are compared in, see <see cref="Picture.Features"/>; up to four channels count.</param>
    /// <param name="mask">One channel of the same size; 128 and more is filled.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Hears the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops it within a fraction of a second.</param>
    /// <returns>The field over the rectangle around the mask; null when the mask is empty.</returns>
    /// <exception cref="ArgumentException">The mask has another size, covers so much that nothing is left to fill from, or has a piece beyond <see cref="MaxPiecePixels"/>.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static RepairField? Fill(
        PixelBuffer<byte> features, PixelBuffer<byte> mask, FillOptions options, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        byte[] hole = HoleMask.Of(mask, features.Width, features.Height);
        (RepairFieldBuilder? field, int radius) = Fill(features, hole, options, progress, cancellationToken);
        return field?.Build(radius);
    }

    /// <summary>What each missing pixel takes, and the radius of the patches that may be averaged; null when none is missing.</summary>
    internal static (RepairFieldBuilder? Field, int Radius) Fill(
        PixelBuffer<byte> features, byte[] hole, FillOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (!hole.AsSpan().Contains((byte)1))
            return (null, 0);
        if (!hole.AsSpan().Contains((byte)0))
            throw new ArgumentException("The mask covers the whole picture: nothing is left to fill from.");
        int radius = HoleMask.KnownRadius(hole, features.Width, features.Height, options.PatchSize / 2);
        (int[] partOf, List<PixelRect> windows) = HoleParts.Of(hole, features.Width, features.Height);
        var field = new RepairFieldBuilder(features.Width, features.Height);
        for (int part = 1; part <= windows.Count; part++)
        {
            double done = part - 1;
            var share = progress is null ? null : new PartProgress(progress, done / windows.Count, 1.0 / windows.Count);
            int missing = partOf.AsSpan().Count(part);
            if (missing > MaxPiecePixels)
                throw new ArgumentException($"A piece of {missing} pixels is to be made at once, beyond the limit of {MaxPiecePixels}; make it in several pieces, or in a smaller picture.");
            List<RepairLevel> levels = Pyramid(Window(features, windows, part, partOf, radius), radius);
            field.Add(Solve(levels, options, radius, share, cancellationToken), windows[part - 1]);
        }
        return (field, radius);
    }

    /// <summary>The window of a part; where no known patch lies in it, the whole picture.</summary>
    private static RepairLevel Window(PixelBuffer<byte> features, List<PixelRect> windows, int part, int[] partOf, int radius)
    {
        var level = RepairLevel.Create(features, windows[part - 1], partOf, part);
        if (HoleMask.KnownRadius(level.Hole, level.Width, level.Height, radius) == radius)
            return level;
        windows[part - 1] = new PixelRect(0, 0, features.Width, features.Height);
        return RepairLevel.Create(features, windows[part - 1], partOf, part);
    }

    /// <summary>Levels from full size down to where all missing pixels fit one graph.</summary>
    private static List<RepairLevel> Pyramid(RepairLevel full, int radius)
    {
        List<RepairLevel> levels = [full];
        while (true)
        {
            RepairLevel last = levels[^1];
            bool small = last.Hole.AsSpan().Count(RepairLevel.Missing) <= MaxNodes && last.Hole.Length <= MaxCoarsePixels;
            if (small || Math.Min(last.Width, last.Height) < 2 * MinSide)
                return levels;
            RepairLevel half = last.Halve();
            // A mask of fine mesh may leave nothing at half the size.
            if (HoleMask.KnownRadius(half.Hole, half.Width, half.Height, Math.Min(1, radius)) < Math.Min(1, radius))
                return levels;
            levels.Add(half);
        }
    }

    private static OffsetLabels Solve(List<RepairLevel> levels, FillOptions options, int radius, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        RepairLevel coarsest = levels[^1];
        int nearest = Math.Max(2, Math.Max(coarsest.Width, coarsest.Height) / 15);
        List<DominantOffset> dominant = OffsetStatistics.Find(coarsest, HoleMask.Surroundings(coarsest), nearest, options.Offsets, cancellationToken);
        int repeated = dominant.Count;
        dominant.AddRange(ContextOffsets.Find(coarsest, options.MaxDegreeOfParallelism, cancellationToken));
        progress?.Report(0.15);
        OffsetLabels? labels = null;
        IReadOnlyList<Offset> offsets = dominant.ConvertAll(d => d.Offset);
        for (int i = levels.Count - 1; i >= 0; i--)
        {
            bool first = labels is null;
            if (!first)
            {
                // Offsets that nothing takes cannot come back: larger levels only move the seams.
                (repeated, dominant) = labels!.KeepUsed(repeated, dominant);
                offsets = OffsetRefinement.Refine(levels[i], labels.Offsets, dominant, levels.Count - 1 - i);
            }
            var next = new OffsetLabels(levels[i], offsets, repeated, first ? 4 : 3, Math.Max(radius >> i, Math.Min(1, radius)), first ? new RimTones(levels[i]) : null, options.RowCost);
            next.Weigh(options.MaxDegreeOfParallelism, cancellationToken);
            if (first)
                next.StartFromContext(cancellationToken);
            else
                next.StartFrom(labels!, cancellationToken);
            for (int sweep = 0; sweep < (first ? CoarseSweeps : 2); sweep++)
            {
                if (next.Sweep(first ? 0 : SeamReach, options.MaxDegreeOfParallelism, cancellationToken) == 0)
                    break;
            }
            labels = next;
            progress?.Report(1 - 0.8 * i / levels.Count);
        }
        return labels!;
    }

    /// <summary>Tells the progress of one part as a share of the whole.</summary>
    private sealed class PartProgress(IProgress<double> whole, double before, double share) : IProgress<double>
    {
        public void Report(double value) => whole.Report(before + share * value);
    }
}
