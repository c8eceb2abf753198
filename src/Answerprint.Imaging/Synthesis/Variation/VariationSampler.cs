using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>Goes from the coarsest level to the finest.</summary>
internal sealed class VariationSampler
{
    /// <summary>Stream of random numbers of the bend; levels use small ones.</summary>
    private const int BendStream = 1 << 20;

    private readonly ReferenceSet references;
    private readonly VariationOptions options;
    private readonly IProgress<VariationProgress>? progress;
    private readonly ParallelOptions parallel;
    private readonly LevelPlan plan;
    private long done, work;

    internal VariationSampler(ReferenceSet references, VariationOptions options, IProgress<VariationProgress>? progress, ParallelOptions parallel)
    {
        (this.references, this.options, this.progress, this.parallel) = (references, options, progress, parallel);
        plan = LevelPlan.Create(Math.Min(options.Width, options.Height), references.Features.Max(f => Math.Min(f.Width, f.Height)));
    }

    private int Channels => references.HasAlpha ? 4 : 3;

    /// <summary>From noise, or from the first reference or a layout and noise.</summary>
    internal (NeighbourLists Lists, SourceAtlas Atlas) Create()
    {
        StartingPoint start = StartingPoint.Of(options, plan);
        LevelImage? under = start.NeedsPicture
            ? (options.Layout is { } layout ? ReferenceSet.FeaturesOf(layout) : references.Features[0]).Refined()
            : null;
        return Run(start, under);
    }

    /// <summary>From a draft: its own level is matched, finer ones follow it.</summary>
    internal (NeighbourLists Lists, SourceAtlas Atlas) Refine(Picture draft)
    {
        int level = plan.Count - 1;
        while (level > 0 && plan.Length(options.Width, level - 1) <= draft.Width)
            level--;
        return Run(new StartingPoint(level, 0, 0), ReferenceSet.FeaturesOf(draft).Refined());
    }

    private (NeighbourLists Lists, SourceAtlas Atlas) Run(StartingPoint start, LevelImage? under)
    {
        for (int level = 0; level < plan.Count; level++)
            work += Size(level) * Steps(start, level, Size(level));
        LevelImage? coarse = null;
        NeighbourLists? lists = null;
        SourceAtlas? before = null;
        for (int level = plan.Count - 1; level >= 0; level--)
        {
            int width = plan.Length(options.Width, level), height = plan.Length(options.Height, level);
            SourceAtlas atlas = MakeAtlas(level);
            NeighbourLists? begin = lists is null ? null : FieldLift.Lift(lists, before!, coarse!, atlas, width, height, parallel);
            var sampler = new DiffusionLevel(atlas, width, height, Channels, options.Seed, level, begin, parallel);
            long size = Size(level);
            void StepDone() => Report(size, null);
            if (level > start.Level || (level == start.Level && start.Permille == 0))
            {
                coarse = Resized(under!, width, height);
                sampler.Match(coarse);
                StepDone();
            }
            else if (level == start.Level)
            {
                LevelImage? beneath = under is null ? null : Resized(under, width, height);
                if (beneath is not null && start.BendPermille > 0)
                    beneath = new LevelBend(width, height, start.BendPermille, new CounterNoise(options.Seed, BendStream)).Apply(beneath);
                coarse = sampler.Sample(LevelSchedule.Arrange(start.Permille), beneath, coarse, Guide(level), StepDone);
            }
            else
                coarse = sampler.Sample(LevelSchedule.Follow(size), Resized(coarse!, width, height), coarse, Guide(level), StepDone);
            (lists, before) = (level == 0 ? sampler.Settle() : sampler.Lists, atlas);
            Report(0, Preview(coarse));
        }
        return (lists!, before!);
    }

    private long Size(int level) => (long)plan.Length(options.Width, level) * plan.Length(options.Height, level);

    private static int Steps(StartingPoint start, int level, long size) =>
        level > start.Level || (level == start.Level && start.Permille == 0) ? 1
        : level == start.Level ? LevelSchedule.Arrange(start.Permille).Permille.Length
        : LevelSchedule.Follow(size).Permille.Length;

    /// <summary>Colours are drawn only where the arrangement is decided.</summary>
    private PaletteGuide? Guide(int level) => options.Palette.Count > 0 && level >= plan.Count - 2 ? new PaletteGuide(options.Palette) : null;

    private SourceAtlas MakeAtlas(int level) => new([.. references.Features.Select(f =>
        Resized(f, plan.Length(f.Width, level), plan.Length(f.Height, level)).Saturated())], plan.Patch);

    private LevelImage Resized(LevelImage image, int width, int height) =>
        new LevelResampler(image.Width, image.Height, width, height, parallel).Resize(image);

    private void Report(long size, PixelBuffer<byte>? preview)
    {
        done += size;
        progress?.Report(new VariationProgress(Math.Min(1, done / (double)work), preview));
    }

    private PixelBuffer<byte>? Preview(LevelImage picture)
    {
        if (progress is null)
            return null;
        var result = new PixelBuffer<byte>(PixelLayout.Interleaved(picture.Width, picture.Height, 3));
        Span<byte> to = result.Memory.Span;
        for (int i = 0, at = 0; i < to.Length; i += 3, at += 4)
        {
            for (int c = 0; c < 3; c++)
                to[i + c] = (byte)Math.Clamp((picture.Samples[at + c] / LevelImage.Fine + 256) >> 1, 0, 255);
        }
        return result;
    }
}
