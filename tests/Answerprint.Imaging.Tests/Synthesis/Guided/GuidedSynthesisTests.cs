using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Fields;
using Answerprint.Imaging.Synthesis.Fields.Kernels;
using Answerprint.Imaging.Synthesis.Guided;
using Answerprint.Imaging.Tests.Shared;

namespace Answerprint.Imaging.Tests.Synthesis.Guided;

public class GuidedSynthesisTests
{
    [Fact]
    public void Threads_kernels_and_repetition_give_the_same_pixels()
    {
        (GuidedSource[] sources, PixelBuffer<byte>[] targets) = Case(90, 70, 260, 130);
        byte[]? first = null;
        foreach (int threads in new[] { 1, 3 })
        {
            var options = new GuidedOptions { MaxDegreeOfParallelism = threads, Seed = 11, SearchVoteIterations = 2, PatchMatchIterations = 1 };
            foreach (GuidedResult result in AllKernels(sources, targets, options))
            {
                byte[] hash = CanonicalPixels.Hash(result.Output);
                first ??= hash;
                Assert.Equal(first, hash);
            }
        }
        var other = new GuidedOptions { Seed = 12, SearchVoteIterations = 2, PatchMatchIterations = 1 };
        Assert.NotEqual(first, CanonicalPixels.Hash(GuidedSynthesis.Run(sources, targets, other).Output));
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(5, 3)]
    [InlineData(7, 4)]
    public void Voting_the_field_again_gives_every_byte(int patchSize, int channels)
    {
        (GuidedSource[] sources, PixelBuffer<byte>[] targets) = Case(60, 50, 70, 40, channels);
        GuidedResult result = GuidedSynthesis.Run(sources, targets, new GuidedOptions { PatchSize = patchSize });
        PixelBuffer<byte> again = FieldVote.Cast(result.Field, [sources[0].Style], GuidedMode.Blend, 2);
        Assert.Equal(result.Output.Memory.ToArray(), again.Memory.ToArray());
        for (int y = 0; y < 40; y += 3)
            for (int x = 0; x < 70; x += 3)
                Assert.Equal(Vote(result.Field, sources[0].Style, patchSize, x, y), result.Output[x, y, 0]);
    }

    [Fact]
    public void In_copy_mode_every_pixel_is_its_source_pixel_at_any_depth()
    {
        (GuidedSource[] sources, PixelBuffer<byte>[] targets) = Case(60, 50, 70, 40);
        GuidedResult result = GuidedSynthesis.Run(sources, targets, new GuidedOptions { Mode = GuidedMode.Copy });
        PixelBuffer<Half> light = Pictures.Noise<Half>(PixelLayout.Interleaved(60, 50, 5), 3);
        PixelBuffer<Half> copied = FieldVote.Cast(result.Field, [light], GuidedMode.Copy);
        for (int y = 0; y < 40; y++)
        {
            for (int x = 0; x < 70; x++)
            {
                FieldMatch match = result.Field[x, y];
                for (int c = 0; c < 3; c++)
                    Assert.Equal(sources[0].Style[match.X, match.Y, c], result.Output[x, y, c]);
                for (int c = 0; c < 5; c++)
                    Assert.Equal(BitConverter.HalfToUInt16Bits(light[match.X, match.Y, c]), BitConverter.HalfToUInt16Bits(copied[x, y, c]));
            }
        }
    }

    [Fact]
    public void Sixteen_bits_are_averaged_in_sixteen_bits()
    {
        (GuidedSource[] sources, PixelBuffer<byte>[] targets) = Case(40, 40, 30, 30);
        GuidedResult result = GuidedSynthesis.Run(sources, targets, new GuidedOptions());
        PixelBuffer<ushort> deep = Pictures.Noise<ushort>(PixelLayout.Interleaved(40, 40, 3), 3);
        PixelBuffer<ushort> voted = FieldVote.Cast(result.Field, [deep], GuidedMode.Blend);
        long sum = 0;
        for (int dy = -2; dy <= 2; dy++)
            for (int dx = -2; dx <= 2; dx++)
                sum += result.Field[12 + dx, 9 + dy] is var match ? deep[match.X - dx, match.Y - dy, 1] : 0;
        Assert.Equal(sum / 25, voted[12, 9, 1]);
    }

    [Fact]
    public void Statistics_follow_their_definition()
    {
        (GuidedSource[] sources, PixelBuffer<byte>[] targets) = Case(40, 30, 44, 36);
        var options = new GuidedOptions { StyleWeight = 0.7, GuideWeights = [1.5], Uniformity = 900 };
        GuidedResult result = GuidedSynthesis.Run(sources, targets, options);
        double style = 0, guide = 0, use = 0;
        var counts = new int[40, 30];
        foreach ((int x, int y, FieldMatch match) in Matches(result.Field))
        {
            for (int dy = -2; dy <= 2; dy++)
            {
                for (int dx = -2; dx <= 2; dx++)
                {
                    int tx = Math.Clamp(x + dx, 0, 43), ty = Math.Clamp(y + dy, 0, 35);
                    counts[match.X + dx, match.Y + dy]++;
                    for (int c = 0; c < 3; c++)
                        style += 0.7 / 3 * Math.Pow(result.Output[tx, ty, c] - sources[0].Style[match.X + dx, match.Y + dy, c], 2);
                    guide += 1.5 * Math.Pow(targets[0][tx, ty, 0] - sources[0].Guides[0][match.X + dx, match.Y + dy, 0], 2);
                }
            }
        }
        foreach ((_, _, FieldMatch match) in Matches(result.Field))
            for (int dy = -2; dy <= 2; dy++)
                for (int dx = -2; dx <= 2; dx++)
                    use += counts[match.X + dx, match.Y + dy];
        double pixels = 44 * 36, occupancy = use / pixels / 25 / (pixels / (40 * 30) * 25);
        GuidedStatistics reached = result.Measure();
        Assert.Equal(style / pixels, reached.StyleEnergy, style / pixels * 1e-4);
        Assert.Equal(guide / pixels, reached.GuideEnergy, guide / pixels * 1e-4);
        Assert.Equal(occupancy, reached.Occupancy, 1e-9);
        Assert.Equal(reached.Energy + 900 * reached.Occupancy, reached.Objective, 1e-6);
    }

    [Fact]
    public void A_picture_led_by_its_own_guide_comes_back()
    {
        PixelBuffer<byte> style = Smooth(80, 60, 3, 1), guide = new(PixelLayout.Interleaved(80, 60, 2));
        for (int i = 0; i < 80 * 60; i++)
            (guide.Memory.Span[2 * i], guide.Memory.Span[2 * i + 1]) = ((byte)(3 * (i % 80)), (byte)(4 * (i / 80)));
        GuidedResult result = GuidedSynthesis.Run([new(style, [guide])], [guide], new GuidedOptions { GuideWeights = [40] });
        double error = 0;
        for (int i = 0; i < style.Memory.Length; i++)
            error += Math.Abs(style.Memory.Span[i] - result.Output.Memory.Span[i]);
        Assert.InRange(error / style.Memory.Length, 0, 3);
    }

    [Fact]
    public void Several_sources_and_masks_are_kept_apart()
    {
        PixelBuffer<byte> guide = Smooth(50, 40, 1, 2);
        var mask = new byte[50 * 40];
        for (int i = 0; i < mask.Length; i++)
            mask[i] = (byte)(i % 50 < 20 ? 255 : 0);
        GuidedSource[] sources = [new(Smooth(50, 40, 3, 1), [guide], mask), new(Smooth(30, 64, 3, 5), [Smooth(30, 64, 1, 6)])];
        GuidedResult result = GuidedSynthesis.Run(sources, [Smooth(60, 60, 1, 9)], new GuidedOptions());
        Assert.Contains(Matches(result.Field), entry => entry.Match.Source == 0);
        Assert.Contains(Matches(result.Field), entry => entry.Match.Source == 1);
        Assert.All(Matches(result.Field), entry => Assert.True(entry.Match.Source == 1 || entry.Match.X + 2 < 20));
        AttributionMap map = result.Attribute([new(new byte[32], 50, 40, "a"), new(new byte[32], 30, 64, "b")]);
        Assert.Equal(1_000_000, map.Shares().Sum(share => share.PartsPerMillion));
        Assert.All(map.At(30, 30), part => Assert.Equal(AttributionKind.Blended, part.Kind));
    }

    [Theory]
    [InlineData(8, 8, 8, 8)]
    [InlineData(5, 5, 1, 1)]
    [InlineData(5, 40, 3, 2)]
    [InlineData(64, 9, 2, 50)]
    public void Tiny_pictures_work(int sourceWidth, int sourceHeight, int width, int height)
    {
        (GuidedSource[] sources, PixelBuffer<byte>[] targets) = Case(sourceWidth, sourceHeight, width, height);
        GuidedResult result = GuidedSynthesis.Run(sources, targets, new GuidedOptions { MaxDegreeOfParallelism = 2 });
        Assert.Equal((width, height), (result.Output.Width, result.Output.Height));
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        (GuidedSource[] sources, PixelBuffer<byte>[] targets) = Case(20, 20, 20, 20);
        var options = new GuidedOptions();
        Assert.Contains("4 x 20 pixels", Refusal(Case(4, 20, 20, 20), options), StringComparison.Ordinal);
        Assert.Contains("Source guide 1 has 21 x 20", Refusal(([new(sources[0].Style, [Smooth(21, 20, 1, 1)])], targets), options), StringComparison.Ordinal);
        Assert.Contains("Target guide 2 has 19 x 20", Refusal(([new(sources[0].Style, [targets[0], targets[0]])], [targets[0], Smooth(19, 20, 1, 1)]), options), StringComparison.Ordinal);
        Assert.Contains("3 channels in source 1 and 1", Refusal(([new(sources[0].Style, [Smooth(20, 20, 3, 1)])], targets), options), StringComparison.Ordinal);
        Assert.Contains("No patch", Refusal(([sources[0] with { Mask = new byte[400] }], targets), options), StringComparison.Ordinal);
        Assert.Contains("limit of 40000000", Refusal(Case(8, 8, 8192, 8192, 1), options), StringComparison.Ordinal);
        Assert.Contains("not odd", Refusal((sources, targets), new GuidedOptions { PatchSize = 4 }), StringComparison.Ordinal);
        Assert.Contains("no guide", Refusal(([new(sources[0].Style, [])], []), options), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_rises_to_one_and_cancelling_stops()
    {
        (GuidedSource[] sources, PixelBuffer<byte>[] targets) = Case(60, 60, 60, 60);
        var shares = new Shares();
        GuidedSynthesis.Run(sources, targets, new GuidedOptions(), shares);
        Assert.Equal(shares.Values.Order(), shares.Values);
        Assert.Equal(1, shares.Values[^1], 1e-9);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => GuidedSynthesis.Run(sources, targets, new GuidedOptions(), null, source.Token));
    }

    [Fact]
    public void Changes_of_less_than_the_threshold_are_not_searched_again_yet_all_is_voted()
    {
        (GuidedSource[] sources, PixelBuffer<byte>[] targets) = Case(60, 60, 60, 60);
        GuidedResult result = GuidedSynthesis.Run(sources, targets, new GuidedOptions { StopThreshold = 255 });
        Assert.Equal(FieldVote.Cast(result.Field, [sources[0].Style], GuidedMode.Blend).Memory.ToArray(), result.Output.Memory.ToArray());
        Assert.NotEqual(GuidedSynthesis.Run(sources, targets, new GuidedOptions { StopThreshold = 0 }).Output.Memory.ToArray(), result.Output.Memory.ToArray());
    }

    private static string Refusal((GuidedSource[] Sources, PixelBuffer<byte>[] Targets) given, GuidedOptions options) =>
        Assert.ThrowsAny<ArgumentException>(() => GuidedSynthesis.Run(given.Sources, given.Targets, options)).Message;

    private static int Vote(NearestNeighbourField field, PixelBuffer<byte> style, int patchSize, int x, int y)
    {
        int r = patchSize / 2, sum = 0, count = 0;
        for (int v = Math.Max(0, y - r); v <= Math.Min(field.Height - 1, y + r); v++)
            for (int u = Math.Max(0, x - r); u <= Math.Min(field.Width - 1, x + r); u++, count++)
                sum += style[field[u, v].X + x - u, field[u, v].Y + y - v, 0];
        return sum / count;
    }

    private static IEnumerable<(int X, int Y, FieldMatch Match)> Matches(NearestNeighbourField field)
    {
        for (int y = 0; y < field.Height; y++)
            for (int x = 0; x < field.Width; x++)
                yield return (x, y, field[x, y]);
    }

    private static IEnumerable<GuidedResult> AllKernels(GuidedSource[] sources, PixelBuffer<byte>[] targets, GuidedOptions options)
    {
        if (options.MaxDegreeOfParallelism == 1)
            yield return GuidedSynthesis.Run<ScalarKernel>(sources, targets, options, null, default);
        yield return GuidedSynthesis.Run<Kernel128>(sources, targets, options, null, default);
        if (FieldSearch.Width() >= 256)
            yield return GuidedSynthesis.Run<Kernel256>(sources, targets, options, null, default);
        if (FieldSearch.Width() >= 512)
            yield return GuidedSynthesis.Run<Kernel512>(sources, targets, options, null, default);
    }

    private static (GuidedSource[] Sources, PixelBuffer<byte>[] Targets) Case(int sourceWidth, int sourceHeight, int width, int height, int channels = 3) =>
        ([new(Smooth(sourceWidth, sourceHeight, channels, 1), [Smooth(sourceWidth, sourceHeight, 1, 2)])], [Smooth(width, height, 1, 3)]);

    private static PixelBuffer<byte> Smooth(int width, int height, int channels, int seed)
    {
        var random = new Random(seed);
        var image = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, channels));
        double fx = 0.05 + random.NextDouble() * 0.3, fy = 0.05 + random.NextDouble() * 0.3;
        Span<byte> samples = image.Memory.Span;
        for (int i = 0; i < samples.Length; i++)
        {
            int pixel = i / channels;
            samples[i] = (byte)Math.Clamp(128 + 80 * Math.Sin(fx * (pixel % width) + fy * (pixel / width) + i % channels) + random.Next(-25, 26), 0, 255);
        }
        return image;
    }

    private sealed class Shares : IProgress<double>
    {
        internal List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }
}
