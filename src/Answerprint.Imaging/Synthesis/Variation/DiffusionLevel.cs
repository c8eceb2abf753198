namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>Samples one level of the pyramid: from noise, or from the coarser level and noise, to a picture and its neighbours.</summary>
internal sealed class DiffusionLevel
{
    private readonly SourceAtlas atlas;
    private readonly int width, height, patch;
    private readonly ParallelOptions parallel;
    private readonly CounterNoise noise;
    private readonly NeighbourSearch search;
    private readonly PatchFold fold;
    private readonly LevelTuning tuning;

    internal DiffusionLevel(SourceAtlas atlas, int width, int height, ulong seed, int level, LevelTuning tuning, ParallelOptions parallel)
    {
        (this.atlas, this.width, this.height, patch, this.parallel, this.tuning) = (atlas, width, height, atlas.Patch, parallel, tuning);
        noise = new CounterNoise(seed, 2 * level);
        search = new NeighbourSearch(atlas, patch, new CounterNoise(seed, 2 * level + 1), parallel);
        fold = new PatchFold(width, height, patch, tuning.SpreadPercent, parallel);
    }

    /// <summary>Runs the level.</summary>
    /// <param name="start">What the picture starts as under the noise, fine units; null for noise alone.</param>
    /// <param name="coarse">The finished coarser level, enlarged; keeps the low frequencies. Null at the coarsest level.</param>
    /// <param name="coarseWidth">Width of the coarser level.</param>
    /// <param name="coarseHeight">Height of the coarser level.</param>
    /// <param name="lists">Neighbours to begin with; null searches whole levels.</param>
    /// <param name="wholeLimit">Pairs of patches up to which a level is searched whole.</param>
    internal (LevelImage Picture, NeighbourLists Lists) Run(
        LevelImage? start, LevelImage? coarse, int coarseWidth, int coarseHeight, NeighbourLists? lists, long wholeLimit)
    {
        int[] schedule = tuning.Schedule;
        LevelImage state = Noisy(start, new NoiseLevel(schedule[0])), clean = new(width, height), query = new(width, height);
        LevelImage? small = coarse is null ? null : new LevelImage(coarseWidth, coarseHeight), held = coarse is null ? null : new LevelImage(width, height);
        var down = new LevelResampler(width, height, coarseWidth, coarseHeight, parallel);
        var up = new LevelResampler(coarseWidth, coarseHeight, width, height, parallel);
        bool whole = lists is null || (long)(width - patch + 1) * (height - patch + 1) * atlas.PatchCount <= wholeLimit;
        var next = new NeighbourLists(width - patch + 1, height - patch + 1, whole ? (int)Math.Min(tuning.WholeCount, atlas.PatchCount) : tuning.Count);
        if (whole)
            lists = next;
        int pass = 0;
        for (int step = 0; step < schedule.Length; step++)
        {
            var level = new NoiseLevel(schedule[step]);
            short[] scaled = atlas.Scaled(level.Signal, parallel);
            Coarsen(state, query);
            if (whole)
                search.Whole(query, scaled, lists!);
            else
            {
                int passes = step == 0 || step == schedule.Length - 1 ? tuning.Passes + 1 : tuning.Passes;
                for (int i = 0; i < passes; i++)
                {
                    search.Refine(query, scaled, lists!, next, pass++, tuning.RandomTries);
                    (lists, next) = (next, lists!.Count == next.Count ? lists : new NeighbourLists(next.Width, next.Height, next.Count));
                }
            }
            fold.Denoise(atlas, lists!, level, clean);
            if (step == schedule.Length - 1)
                break;
            if (coarse is not null)
            {
                down.Resize(clean, small!);
                up.Resize(small!, held!);
                Hold(clean, held!, coarse);
            }
            Step(state, clean, held ?? clean, level, new NoiseLevel(schedule[step + 1]), step);
        }
        return (clean, lists!);
    }

    private LevelImage Noisy(LevelImage? start, NoiseLevel level)
    {
        var state = new LevelImage(width, height);
        Bands.Run(height, parallel, (from, to) =>
        {
            for (int y = from; y < to; y++)
            {
                Span<short> row = state.Row(y);
                ReadOnlySpan<short> under = start is null ? default : start.Row(y);
                for (int i = 0; i < row.Length; i++)
                {
                    int drawn = (i & 3) == 3 ? 0 : noise.Normal((ulong)y * (ulong)(4 * width) + (ulong)i);
                    long value = (long)drawn * level.Noise + (under.IsEmpty ? 0 : (long)under[i] * level.Signal);
                    row[i] = (short)((value + (1 << 15)) >> 16);
                }
            }
        });
        return state;
    }

    /// <summary>The state in search units, kept within six deviations.</summary>
    private void Coarsen(LevelImage state, LevelImage query) => Bands.Run(height, parallel, (from, to) =>
        {
            for (int y = from; y < to; y++)
            {
                ReadOnlySpan<short> row = state.Row(y);
                Span<short> output = query.Row(y);
                for (int i = 0; i < row.Length; i++)
                    output[i] = (short)Math.Clamp((row[i] + LevelImage.Fine / 2) >> 4, -1275, 1275);
            }
        });

    private void Hold(LevelImage clean, LevelImage low, LevelImage coarse) => Bands.Run(height, parallel, (from, to) =>
        {
            for (int y = from; y < to; y++)
            {
                Span<short> row = low.Row(y);
                ReadOnlySpan<short> fine = clean.Row(y), kept = coarse.Row(y);
                for (int i = 0; i < row.Length; i++)
                    row[i] = (short)Math.Clamp(fine[i] - row[i] + kept[i], short.MinValue, short.MaxValue);
            }
        });

    /// <summary>One deterministic step (DDIM, Song, Meng, Ermon 2021): the noise that the estimate implies is kept and shrunk.</summary>
    private void Step(LevelImage state, LevelImage clean, LevelImage held, NoiseLevel now, NoiseLevel next, int step)
    {
        int fresh = tuning.FreshPercent, keptNoise = (int)Math.Round(Math.Sqrt(100 * 100 - fresh * fresh));
        long shrink = ((long)next.Permille << 16) * keptNoise / 100 / now.Permille;
        long drawnShare = fresh * (long)next.Noise / 100;
        var draw = new CounterNoise(noise.Bits(12345), step);
        Bands.Run(height, parallel, (from, to) =>
        {
            for (int y = from; y < to; y++)
            {
                Span<short> row = state.Row(y);
                ReadOnlySpan<short> fine = clean.Row(y), kept = held.Row(y);
                for (int i = 0; i < row.Length; i++)
                {
                    long implied = row[i] - (((long)fine[i] * now.Signal + (1 << 15)) >> 16);
                    long value = implied * shrink + (long)kept[i] * next.Signal;
                    if (fresh > 0 && (i & 3) != 3)
                        value += draw.Normal((ulong)y * (ulong)(4 * width) + (ulong)i) * drawnShare;
                    row[i] = (short)Math.Clamp((value + (1 << 15)) >> 16, short.MinValue, short.MaxValue);
                }
            }
        });
    }
}
