using System.Numerics;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Fields;
using Answerprint.Imaging.Synthesis.Fields.Kernels;

namespace Answerprint.Imaging.Synthesis.Guided;

/// <summary>One level of a synthesis.</summary>
internal sealed class GuidedLevel<TKernel>
    where TKernel : struct, IPatchKernel
{
    private readonly GuidedOptions options;
    private readonly FieldState state;
    private readonly StyleVote vote;
    private readonly GuidedPyramid pyramid;
    private readonly int level;

    internal GuidedLevel(GuidedPyramid pyramid, int level, NearestNeighbourField? coarser, GuidedOptions options, CancellationToken cancellationToken)
    {
        (this.options, this.pyramid, this.level) = (options, pyramid, level);
        PatchSources sources = pyramid.Sources(level);
        state = new FieldState(pyramid.Target(level), sources, 1, options.Uniformity * GuidedSchedule.UniformityFactor(level), options.MaxDegreeOfParallelism, cancellationToken);
        vote = new StyleVote(sources, pyramid.StyleChannels);
        if (coarser is null)
            Scatter();
        else
            Enlarge(coarser);
        vote.Cast(state, 0, new byte[state.Width * state.Height]);
    }

    internal NearestNeighbourField Field => new(state.Sources, state.Width, state.Height, 1, state.Positions, state.Distances);

    /// <summary>Searches and votes; after the first time only where the vote changed something. The last vote is a full one.</summary>
    internal void Run(IProgress<double>? progress)
    {
        int pixels = state.Width * state.Height, pass = 0, passes = options.PatchMatchIterations ?? GuidedSchedule.Passes(level);
        byte[] changed = new byte[pixels], active = new byte[pixels], rows = new byte[pixels];
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(state.Sources.Sheet.Width, state.Sources.Sheet.Height));
        int widest = Math.Min(GuidedSchedule.Radius(level), size), tries = GuidedSchedule.Tries(level);
        state.Measure<TKernel>();
        state.CountAll();
        for (int iteration = 0; iteration < options.SearchVoteIterations; iteration++)
        {
            for (int i = 0; i < passes; i++, pass++)
            {
                bool backwards = pass % 2 == 1;
                ulong key = CounterRandom.Key(options.Seed, (level << 16) + pass);
                state.Pass(new PatchMatchStrategy<TKernel>(key, backwards ? -1 : 1, widest, tries), backwards);
            }
            vote.Cast(state, options.StopThreshold, changed);
            state.Measure<TKernel>();
            Erosion.Dilate(changed, active, rows, state.Width, state.Height, options.PatchSize / 2);
            state.Active = active;
            progress?.Report(Share(iteration + 1.0));
        }
    }

    // A level has four times the work of the coarser one.
    private double Share(double iterations)
    {
        double all = 0, before = 0;
        for (int i = 0; i < pyramid.Levels; i++)
        {
            double work = Math.Pow(0.25, i);
            all += work;
            before += i > level ? work : i == level ? work * iterations / options.SearchVoteIterations : 0;
        }
        return before / all;
    }

    /// <summary>The picture that the last vote left in the target, or the centres of the matches.</summary>
    internal unsafe GuidedResult Result()
    {
        int channels = pyramid.StyleChannels;
        var output = new PixelBuffer<byte>(PixelLayout.Interleaved(state.Width, state.Height, channels));
        bool copies = options.Mode == GuidedMode.Copy;
        state.Rows((y, _) =>
        {
            Span<byte> to = output.Memory.Span.Slice(y * state.Width * channels, state.Width * channels);
            for (int x = 0; x < state.Width; x++)
            {
                byte* from = copies ? state.Shape.Source[0] + state.Positions[y * state.Width + x] * (nint)FeatureLayout.PlaneBytes : state.Target.At(0, x, y);
                for (int c = 0; c < channels; c++)
                    to[x * channels + c] = from[c];
            }
        });
        return new GuidedResult(output, Field, options.Mode, pyramid.Levels, Statistics);
    }

    /// <summary>Measures what was reached, as the definitions say.</summary>
    internal unsafe GuidedStatistics Statistics()
    {
        var styleSums = new long[state.Height];
        int channels = pyramid.StyleChannels, p = options.PatchSize;
        long weight = pyramid.Layout.Weights[0];
        state.Rows((y, _) => styleSums[y] = StyleRow(y, channels) * weight);
        double pixels = (double)state.Width * state.Height, fair = (double)p * p * p * p * pixels / state.Sources.PixelCount;
        double energy = 0, use = 0;
        OccupancyMap map = state.Uses();
        for (int i = 0; i < state.Positions.Length; i++)
        {
            energy += state.Distances[i];
            use += map.Values[state.Positions[i]];
        }
        energy /= 65536 * pixels;
        double style = styleSums.Sum(sum => (double)sum) / (65536 * pixels), occupancy = use / (pixels * fair);
        return new(energy, style, energy - style, occupancy, energy + options.Uniformity * occupancy);
    }

    private unsafe long StyleRow(int y, int channels)
    {
        long sum = 0;
        int p = options.PatchSize;
        for (int x = 0; x < state.Width; x++)
        {
            byte* t = state.Shape.Target[0] + state.TargetOffset(x, y), s = state.Shape.Source[0] + state.SourceOffset(state.Positions[y * state.Width + x]);
            for (int v = 0; v < p; v++, t += state.Shape.TargetRow, s += state.Shape.SourceRow)
                for (int u = 0; u < p * FeatureLayout.PlaneBytes; u += FeatureLayout.PlaneBytes)
                    for (int c = 0; c < channels; c++)
                        sum += (t[u + c] - s[u + c]) * (t[u + c] - s[u + c]);
        }
        return sum;
    }

    private void Scatter()
    {
        ulong key = CounterRandom.Key(options.Seed, level << 16 | 0xFFFF);
        for (int i = 0; i < state.Positions.Length; i++)
            state.Positions[i] = state.Sources.Centre(CounterRandom.Below((uint)(CounterRandom.Next(key, i) >> 32), state.Sources.PatchCount));
    }

    /// <summary>Takes the coarser level's matches at twice their place; where that is not allowed a random one.</summary>
    private void Enlarge(NearestNeighbourField coarser)
    {
        ulong key = CounterRandom.Key(options.Seed, level << 16 | 0xFFFF);
        PatchSources sources = state.Sources;
        int r = sources.PatchSize / 2;
        state.Rows((y, _) =>
        {
            for (int x = 0; x < state.Width; x++)
            {
                int i = y * state.Width + x;
                (int source, int sx, int sy) = coarser.Sources.Locate(coarser.Positions[Math.Min(y / 2, coarser.Height - 1) * coarser.Width + Math.Min(x / 2, coarser.Width - 1)]);
                sx = Math.Clamp(2 * sx + x % 2, r, sources[source].Width - 1 - r);
                sy = Math.Clamp(2 * sy + y % 2, r, sources[source].Height - 1 - r);
                state.Positions[i] = sources.IsAllowed(source, sx, sy)
                    ? sources.Position(source, sx, sy)
                    : sources.Centre(CounterRandom.Below((uint)(CounterRandom.Next(key, i) >> 32), sources.PatchCount));
            }
        });
    }
}
