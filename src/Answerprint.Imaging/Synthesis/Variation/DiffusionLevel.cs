namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>Samples one level of the pyramid: from noise, or from the coarser level and noise, to a picture and its neighbours.</summary>
internal sealed class DiffusionLevel
{
    /// <summary>Deviation of the fold's window in hundredths of half a patch.</summary>
    internal const int SpreadPercent = 20;

    /// <summary>Pairs of patches up to which a level is searched whole, and references' patches up to which it always is.</summary>
    private const long WholePairs = 4_000_000;
    private const int WholePatches = 256;

    /// <summary>Neighbours of a patch where a level is searched whole, and elsewhere.</summary>
    private const int WholeCount = 16;
    private const int Count = 4;

    private static readonly int[] SettleReaches = [8, 4, 2, 1, 1, 1];

    private const int RandomTries = 3;
    private const int PassesFromNothing = 6;
    private const int MatchPasses = 3;

    private readonly SourceAtlas atlas;
    private readonly int width, height, patch, channels;
    private readonly ulong seed;
    private readonly ParallelOptions parallel;
    private readonly CounterNoise noise;
    private readonly NeighbourSearch search;
    private readonly PatchFold fold;
    private readonly LevelImage query;
    private readonly bool whole, startsFromNothing;
    private NeighbourLists lists;
    private NeighbourLists spare;
    private int pass;

    /// <summary>A level.</summary>
    /// <param name="atlas">The references at this level.</param>
    /// <param name="width">Width of the picture at this level.</param>
    /// <param name="height">Height of the picture at this level.</param>
    /// <param name="channels">3, or 4 where there is alpha.</param>
    /// <param name="seed">Seed of the variation.</param>
    /// <param name="level">Number of the level.</param>
    /// <param name="begin">Neighbours to begin with; null for none.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    internal DiffusionLevel(SourceAtlas atlas, int width, int height, int channels, ulong seed, int level, NeighbourLists? begin, ParallelOptions parallel)
    {
        (this.atlas, this.width, this.height, this.channels, this.parallel) = (atlas, width, height, channels, parallel);
        (patch, this.seed) = (atlas.Patch, seed + ((ulong)level << 32));
        noise = new CounterNoise(this.seed, 0);
        search = new NeighbourSearch(atlas, patch, new CounterNoise(this.seed, 1), parallel);
        fold = new PatchFold(width, height, patch, SpreadPercent, parallel);
        query = new LevelImage(width, height);
        int wide = width - patch + 1, high = height - patch + 1;
        whole = atlas.PatchCount <= WholePatches || (long)wide * high * atlas.PatchCount <= WholePairs;
        int count = whole ? (int)Math.Min(WholeCount, atlas.PatchCount) : Count;
        spare = new NeighbourLists(wide, high, count);
        lists = whole || begin is null ? new NeighbourLists(wide, high, count) : begin;
        if (!whole && begin is null)
            search.Scatter(lists);
        startsFromNothing = begin is null;
    }

    /// <summary>The neighbours found so far.</summary>
    internal NeighbourLists Lists => lists;

    /// <summary>Finds neighbours of a picture without noise, in fine units.</summary>
    internal void Match(LevelImage picture)
    {
        ToSearchUnits(picture);
        Search(atlas.Image.Samples, startsFromNothing ? PassesFromNothing : MatchPasses);
    }

    /// <summary>Lets pieces grow where they fit about as well; leaves one neighbour a patch. For the finest level, when it is done.</summary>
    internal NeighbourLists Settle()
    {
        NeighbourLists settled = new(lists.Width, lists.Height, 1), other = new(lists.Width, lists.Height, 1);
        search.Settle(query, atlas.Image.Samples, lists, settled, SettleReaches[0]);
        foreach (int reach in SettleReaches.AsSpan(1))
        {
            search.Settle(query, atlas.Image.Samples, settled, other, reach);
            (settled, other) = (other, settled);
        }
        return settled;
    }

    /// <summary>Takes noise away step by step.</summary>
    /// <param name="schedule">The noise of each step.</param>
    /// <param name="start">What is under the noise at first, fine units; null for noise alone.</param>
    /// <param name="coarse">The finished coarser level: it keeps the low frequencies. Null to let them move.</param>
    /// <param name="colours">Colours to lean to; null for none.</param>
    /// <param name="stepDone">Called after every step.</param>
    internal LevelImage Sample(LevelSchedule schedule, LevelImage? start, LevelImage? coarse, PaletteGuide? colours, Action stepDone)
    {
        int[] sigmas = schedule.Permille;
        LevelImage state = Noisy(start, new NoiseLevel(sigmas[0])), clean = new(width, height);
        LevelBand? band = coarse is null ? null : new LevelBand(coarse, width, height, parallel);
        for (int step = 0; ; step++)
        {
            var level = new NoiseLevel(sigmas[step]);
            bool last = step == sigmas.Length - 1;
            ToSearchUnits(state);
            Search(atlas.Scaled(level.Signal, parallel), step == 0 && startsFromNothing ? PassesFromNothing : step == 0 || last ? 2 : 1);
            fold.Denoise(atlas, lists, level, clean);
            stepDone();
            if (last)
                return clean;
            LevelImage held = band?.Replace(clean) ?? clean;
            if (colours is not null && sigmas[step] > PaletteGuide.LeastNoise)
                held = colours.Pull(held);
            Step(state, clean, held, level, new NoiseLevel(sigmas[step + 1]), schedule.Renoise ? new CounterNoise(seed, 2 + step) : null);
        }
    }

    private void Search(short[] scaled, int passes)
    {
        if (whole)
        {
            search.Whole(query, scaled, lists);
            return;
        }
        for (int i = 0; i < passes; i++)
        {
            search.Refine(query, scaled, lists, spare, pass++, RandomTries);
            (lists, spare) = (spare, lists.Count == spare.Count ? lists : new NeighbourLists(spare.Width, spare.Height, spare.Count));
        }
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
                    int drawn = (i & 3) >= channels ? 0 : noise.Normal((ulong)y * (ulong)(4 * width) + (ulong)i);
                    long value = (long)drawn * level.Noise + (under.IsEmpty ? 0 : (long)under[i] * level.Signal);
                    row[i] = (short)((value + (1 << 15)) >> 16);
                }
            }
        });
        return state;
    }

    /// <summary>A state or picture in search units, kept within five deviations.</summary>
    private void ToSearchUnits(LevelImage fine) => Bands.Run(height, parallel, (from, to) =>
    {
        for (int y = from; y < to; y++)
        {
            ReadOnlySpan<short> row = fine.Row(y);
            Span<short> output = query.Row(y);
            for (int i = 0; i < row.Length; i++)
                output[i] = (short)Math.Clamp((row[i] + LevelImage.Fine / 2) >> 4, -5 * 255, 5 * 255);
        }
    });

    /// <summary>One step (DDIM, Song, Meng, Ermon, ICLR 2021): the noise that the estimate implies is kept and shrunk, or in part drawn anew.</summary>
    private void Step(LevelImage state, LevelImage clean, LevelImage held, NoiseLevel now, NoiseLevel next, CounterNoise? anew)
    {
        long shrink = ((long)next.Permille << 16) / now.Permille, drawn = 0;
        CounterNoise draw = default;
        if (anew is { } source)
            (draw, shrink, drawn) = (source, shrink * 8 / 10, next.Noise * 6L / 10);
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
                    if (drawn > 0 && (i & 3) < channels)
                        value += draw.Normal((ulong)y * (ulong)(4 * width) + (ulong)i) * drawn;
                    row[i] = (short)Math.Clamp((value + (1 << 15)) >> 16, short.MinValue, short.MaxValue);
                }
            }
        });
    }
}
