using Answerprint.Imaging.Synthesis.Fields;
using Answerprint.Imaging.Synthesis.Fields.Kernels;
using FsCheck;
using FsCheck.Fluent;

namespace Answerprint.Imaging.Tests.Synthesis.Fields;

public class FieldSearchTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 5)]
    [InlineData(13, 5)]
    [InlineData(17, 7)]
    [InlineData(40, 3)]
    [InlineData(2, 15)]
    public void Every_kernel_gives_the_defined_distance(int channels, int size)
    {
        FeatureLayout layout = FieldCases.Layout(channels, channels);
        FeatureImage target = FieldCases.Image(29, 23, layout, 1), source = FieldCases.Image(31, 27, layout, 2);
        var sources = new PatchSources([source], size);
        var options = new FieldOptions { Passes = 2, Seed = 5 };
        foreach (NearestNeighbourField field in AllKernels(target, sources, options))
        {
            for (int y = 0; y < target.Height; y++)
            {
                for (int x = 0; x < target.Width; x++)
                {
                    FieldMatch match = field[x, y];
                    Assert.Equal(FieldCases.Distance(target, source, size, x, y, match.X, match.Y), match.Distance);
                }
            }
        }
    }

    [Fact]
    public void Kernels_and_threads_give_the_same_field()
    {
        FeatureLayout layout = new(21845, 21845, 21845, 10000, 10000, 30000);
        FeatureImage target = FieldCases.Image(260, 140, layout, 3), source = FieldCases.Image(90, 70, layout, 4);
        var sources = new PatchSources([source], 5);
        foreach ((int neighbours, double uniformity) in new[] { (1, 3500.0), (1, 0.0), (4, 0.0) })
        {
            FieldMatch[]? first = null;
            foreach (int threads in new[] { 1, 3 })
            {
                var options = new FieldOptions { Passes = 1, Seed = 9, Neighbours = neighbours, Uniformity = uniformity, MaxRandomTries = 3, MaxDegreeOfParallelism = threads };
                foreach (NearestNeighbourField field in AllKernels(target, sources, options))
                {
                    first ??= [.. FieldCases.Matches(field)];
                    Assert.Equal(first, FieldCases.Matches(field));
                }
            }
        }
    }

    [Fact]
    public void Another_seed_gives_another_field()
    {
        FeatureLayout layout = new(65536);
        FeatureImage target = FieldCases.Image(40, 40, layout, 3);
        var sources = new PatchSources([FieldCases.Image(60, 50, layout, 4)], 5);
        Assert.NotEqual(
            FieldCases.Matches(FieldSearch.Find(target, sources, new FieldOptions { Passes = 1, Seed = 1 })),
            FieldCases.Matches(FieldSearch.Find(target, sources, new FieldOptions { Passes = 1, Seed = 2 })));
    }

    [Fact]
    public void The_tree_finds_the_nearest_of_all_patches() => Prop.ForAll(
        Gen.Choose(1, 1_000_000).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            FeatureLayout layout = FieldCases.Layout(random.Next(1, 6), seed);
            int size = 1 + 2 * random.Next(4), neighbours = random.Next(1, 5);
            FeatureImage target = FieldCases.Image(random.Next(1, 12), random.Next(1, 12), layout, seed);
            FeatureImage[] pictures = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => FieldCases.Image(random.Next(size, 20), random.Next(size, 20), layout, seed + i))];
            var sources = new PatchSources(pictures, size);
            NearestNeighbourField field = FieldSearch.Find(target, sources, new FieldOptions { Strategy = FieldStrategy.SumTree, Neighbours = neighbours });
            for (int y = 0; y < target.Height; y++)
                for (int x = 0; x < target.Width; x++)
                {
                    List<FieldMatch> all = FieldCases.All(target, sources, x, y);
                    for (int k = 0; k < neighbours; k++)
                        Assert.Equal(k < all.Count ? all[k] : FieldMatch.None, field[x, y, k]);
                }
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void PatchMatch_comes_near_the_nearest(int neighbours)
    {
        FeatureLayout layout = new(20000, 20000, 20000);
        FeatureImage target = FieldCases.Image(40, 30, layout, 1), source = FieldCases.Image(44, 40, layout, 2);
        var sources = new PatchSources([source], 5);
        NearestNeighbourField best = FieldSearch.Find(target, sources, new FieldOptions { Strategy = FieldStrategy.SumTree, Neighbours = neighbours });
        NearestNeighbourField near = FieldSearch.Find(target, sources, new FieldOptions { Passes = 10, Neighbours = neighbours });
        double exact = FieldCases.Matches(best).Average(match => (double)match.Distance), found = FieldCases.Matches(near).Average(match => (double)match.Distance);
        Assert.InRange(found / exact, 1, 1.12);
        foreach ((FieldMatch first, FieldMatch second) in FieldCases.Matches(best).Zip(FieldCases.Matches(near)))
            Assert.True(first.Distance <= second.Distance);
    }

    [Fact]
    public void Neighbours_are_distinct_and_in_order()
    {
        FeatureLayout layout = new(65536, 65536);
        FeatureImage target = FieldCases.Image(20, 20, layout, 1);
        var sources = new PatchSources([FieldCases.Image(24, 24, layout, 2), FieldCases.Image(9, 40, layout, 3)], 3);
        NearestNeighbourField field = FieldSearch.Find(target, sources, new FieldOptions { Neighbours = 8, Passes = 3 });
        for (int i = 0; i < 400; i++)
        {
            FieldMatch[] list = [.. Enumerable.Range(0, 8).Select(k => field[i % 20, i / 20, k]).Where(match => match.Source >= 0)];
            Assert.Equal(list.Length, list.Distinct().Count());
            Assert.Equal(list.OrderBy(match => match.Distance).Select(match => match.Distance), list.Select(match => match.Distance));
        }
    }

    [Theory]
    [InlineData(FieldStrategy.PatchMatch, 1)]
    [InlineData(FieldStrategy.PatchMatch, 3)]
    [InlineData(FieldStrategy.SumTree, 2)]
    public void Masked_source_pixels_are_never_in_a_chosen_patch(FieldStrategy strategy, int neighbours)
    {
        FeatureLayout layout = new(65536, 30000);
        FeatureImage target = FieldCases.Image(30, 30, layout, 1);
        FeatureImage[] pictures = [FieldCases.Image(25, 20, layout, 2), FieldCases.Image(18, 22, layout, 3)];
        var random = new Random(4);
        byte[] mask = [.. Enumerable.Range(0, 500).Select(_ => (byte)(random.Next(30) == 0 ? 0 : 200))];
        var sources = new PatchSources(pictures, 3, [mask, default]);
        foreach (FieldMatch match in FieldCases.Matches(FieldSearch.Find(target, sources, new FieldOptions { Strategy = strategy, Neighbours = neighbours, Passes = 3 })))
        {
            if (match.Source != 0)
                continue;
            for (int dy = -1; dy <= 1; dy++)
                for (int dx = -1; dx <= 1; dx++)
                    Assert.NotEqual(0, mask[(match.Y + dy) * 25 + match.X + dx]);
        }
    }

    [Fact]
    public void Outside_the_target_mask_the_initial_field_is_kept()
    {
        FeatureLayout layout = new(65536);
        FeatureImage target = FieldCases.Image(30, 20, layout, 1);
        var sources = new PatchSources([FieldCases.Image(25, 20, layout, 2)], 3);
        var mask = new byte[600];
        for (int i = 0; i < 600; i++)
            mask[i] = (byte)(i % 30 < 10 ? 1 : 0);
        var initial = new NearestNeighbourField(sources, 30, 20, (x, y) => y < 10 ? new(0, 7, 8, 0) : FieldMatch.None);
        NearestNeighbourField field = FieldSearch.Find(target, sources, new FieldOptions { TargetMask = mask, Initial = initial });
        for (int y = 0; y < 20; y++)
            for (int x = 10; x < 30; x++)
                Assert.Equal(y < 10 ? new FieldMatch(0, 7, 8, FieldCases.Distance(target, sources[0], 3, x, y, 7, 8)) : FieldMatch.None, field[x, y]);
        Assert.DoesNotContain(FieldMatch.None, Enumerable.Range(0, 200).Select(i => field[i % 10, i / 10]));
        NearestNeighbourField nothing = FieldSearch.Find(target, sources, new FieldOptions { TargetMask = new byte[600], Initial = initial });
        Assert.Equal(FieldCases.Matches(FieldSearch.Measure(target, initial)), FieldCases.Matches(nothing));
    }

    [Fact]
    public void Uniformity_spreads_the_matches()
    {
        FeatureLayout layout = new(65536);
        var flat = new FeatureImage(40, 40, layout);
        var sources = new PatchSources([FieldCases.Image(40, 40, layout, 2)], 5);
        int Used(double uniformity) => FieldCases.Matches(FieldSearch.Find(flat, sources, new FieldOptions { Uniformity = uniformity, Passes = 6 })).Distinct().Count();
        Assert.True(Used(200_000) > 3 * Used(0), $"{Used(200_000)} against {Used(0)}");
    }

    [Fact]
    public void Tiny_targets_and_sources_work()
    {
        FeatureLayout layout = new(65536);
        var sources = new PatchSources([FieldCases.Image(5, 5, layout, 2)], 5);
        Assert.Equal(1, sources.PatchCount);
        foreach (FieldStrategy strategy in Enum.GetValues<FieldStrategy>())
            Assert.Equal((2, 2), FieldSearch.Find(FieldCases.Image(1, 1, layout, 1), sources, new FieldOptions { Strategy = strategy, Neighbours = 3 })[0, 0] is var match ? (match.X, match.Y) : default);
    }

    [Fact]
    public void What_cannot_work_is_refused()
    {
        FeatureLayout layout = new(65536), other = new(65536);
        FeatureImage picture = FieldCases.Image(8, 8, layout, 1);
        var sources = new PatchSources([picture], 5);
        Assert.Contains("fits", Assert.Throws<ArgumentException>(() => new PatchSources([picture], 9)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new PatchSources([picture], 4));
        Assert.Throws<ArgumentException>(() => new PatchSources([picture], 5, [new byte[64]]));
        Assert.Throws<ArgumentException>(() => new PatchSources([picture], 5, [new byte[63]]));
        Assert.Throws<ArgumentException>(() => FieldSearch.Find(FieldCases.Image(8, 8, other, 1), sources, new FieldOptions()));
        Assert.Throws<ArgumentException>(() => FieldSearch.Find(picture, sources, new FieldOptions { TargetMask = new byte[3] }));
        Assert.Throws<ArgumentException>(() => FieldSearch.Find(picture, sources, new FieldOptions { Neighbours = 2, Uniformity = 1 }));
        Assert.Throws<ArgumentException>(() => new FeatureLayout(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureImage(1 << 14, 1 << 13, layout));
    }

    [Fact]
    public void Cancelling_stops_the_search()
    {
        FeatureLayout layout = new(65536);
        FeatureImage target = FieldCases.Image(300, 300, layout, 1);
        var sources = new PatchSources([target], 5);
        using var source = new CancellationTokenSource();
        var progress = new Reported(share => source.Cancel());
        foreach (int threads in new[] { 1, 2 })
            Assert.Throws<OperationCanceledException>(() => FieldSearch.Find(target, sources, new FieldOptions { Passes = 100, MaxDegreeOfParallelism = threads }, progress, source.Token));
        Assert.Equal(1, progress.Count);
    }

    private static IEnumerable<NearestNeighbourField> AllKernels(FeatureImage target, PatchSources sources, FieldOptions options)
    {
        yield return FieldSearch.Find<ScalarKernel>(target, sources, options, null, default);
        yield return FieldSearch.Find<Kernel128>(target, sources, options, null, default);
        if (FieldSearch.Width() >= 256)
            yield return FieldSearch.Find<Kernel256>(target, sources, options, null, default);
        if (FieldSearch.Width() >= 512)
            yield return FieldSearch.Find<Kernel512>(target, sources, options, null, default);
    }

    private sealed class Reported(Action<double> action) : IProgress<double>
    {
        public int Count { get; private set; }

        public void Report(double value)
        {
            Count++;
            action(value);
        }
    }
}
