using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Variation;

namespace Answerprint.Imaging.Tests.Synthesis.Variation;

public sealed unsafe class SamplerPartsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(15)]
    public void Every_vector_width_measures_what_the_scalar_loop_measures(int patch)
    {
        var random = new Random(patch);
        LevelImage a = Noise(random, 40, 20), b = Noise(random, 31, 20);
        fixed (short* first = a.Samples, second = b.Samples)
        {
            for (int x = 0; x < 15; x++)
            {
                short* at = first + 4 * x, other = second + 4 * (14 - x);
                int expected = PatchDistance.Scalar(at, 160, other, 124, patch, int.MaxValue);
                Assert.Equal(expected, PatchDistance.Wide128(at, 160, other, 124, patch, int.MaxValue));
                if (Avx2.IsSupported)
                    Assert.Equal(expected, PatchDistance.Wide256(at, 160, other, 124, patch, int.MaxValue));
                if (Avx512BW.IsSupported && Vector512.IsHardwareAccelerated)
                    Assert.Equal(expected, PatchDistance.Wide512(at, 160, other, 124, patch, int.MaxValue));
                Assert.True(PatchDistance.Measure(at, 160, other, 124, patch, expected / 2) > expected / 2);
                Assert.Equal(expected, PatchDistance.Measure(at, 160, other, 124, patch, expected));
            }
        }
    }

    [Fact]
    public void The_largest_distance_fits()
    {
        LevelImage low = new(16, 16), high = new(16, 16);
        Array.Fill(low.Samples, (short)-1275);
        Array.Fill(high.Samples, (short)255);
        fixed (short* a = low.Samples, b = high.Samples)
            Assert.Equal(15 * 15 * 3 * 1530L * 1530 + 15 * 15 * 1530L * 1530, (uint)PatchDistance.Scalar(a, 64, b, 64, 15, int.MaxValue));
    }

    [Fact]
    public void Noise_is_normal_enough()
    {
        var noise = new CounterNoise(42, 1);
        double sum = 0, squares = 0;
        const int Count = 200_000;
        for (int i = 0; i < Count; i++)
        {
            double value = noise.Normal((ulong)i) / (255.0 * 16);
            sum += value;
            squares += value * value;
            Assert.InRange(value, -5, 5);
        }
        Assert.InRange(sum / Count, -0.01, 0.01);
        Assert.InRange(squares / Count, 0.99, 1.01);
    }

    [Fact]
    public void The_exponential_falls_as_it_should()
    {
        for (int i = 0; i < Exponential.Table.Length; i++)
            Assert.InRange(Exponential.Table[i] - 65536 * Math.Exp(-i / 16.0), -1.5, 0.5);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(444)]
    [InlineData(1)]
    public void Shares_add_to_the_whole_and_follow_the_exponential(int permille)
    {
        int scale = (int)(2.0 * 255 * 255 * permille * permille / 1e6);
        int[] distances = [1000, 1000 + scale / 2, 1000 + scale, 1000 + 3 * scale, int.MaxValue];
        var parts = new int[5];
        int used = new NoiseLevel(permille).Share(distances, parts, 256);
        Assert.Equal(256, parts[..used].Sum());
        Assert.DoesNotContain(0, parts[..used]);
        if (permille < 10)
            return;
        double total = 1 + Math.Exp(-0.5) + Math.Exp(-1) + Math.Exp(-3);
        Assert.InRange(parts[1] - 256 * Math.Exp(-0.5) / total, -3, 3);
    }

    [Theory]
    [InlineData(100, 50)]
    [InlineData(50, 100)]
    [InlineData(33, 32)]
    [InlineData(1, 7)]
    [InlineData(7, 1)]
    public void Cubic_weights_add_to_one_and_stay_inside(int source, int target)
    {
        var taps = CubicTaps.Create(source, target);
        for (int i = 0; i < target; i++)
        {
            Assert.Equal(CubicTaps.One, taps.Weights.AsSpan(i * taps.Taps, taps.Taps).ToArray().Sum());
            Assert.InRange(taps.Firsts[i], 0, source - taps.Taps);
        }
    }

    [Fact]
    public void A_flat_picture_stays_flat_at_any_size()
    {
        var flat = new LevelImage(20, 15);
        Array.Fill(flat.Samples, (short)-1234);
        foreach ((int w, int h) in new[] { (7, 5), (40, 31), (20, 3) })
        {
            LevelImage other = new LevelResampler(20, 15, w, h, new ParallelOptions()).Resize(flat);
            Assert.All(other.Samples[..(4 * w * h)], sample => Assert.Equal(-1234, sample));
        }
    }

    [Theory]
    [InlineData(15, 15)]
    [InlineData(20, 15)]
    [InlineData(60, 15)]
    [InlineData(9, 3)]
    [InlineData(5, 1)]
    public void Every_pixel_has_weight_and_every_pixel_knows_how_much(int length, int patch)
    {
        var window = new FoldWindow(length, patch, 20);
        var sums = new int[length];
        for (int p = 0; p <= length - patch; p++)
        {
            for (int i = 0; i < patch; i++)
            {
                sums[p + i] += window.Weights[p * patch + i];
                bool inside = i >= window.Firsts[p] && i < window.Firsts[p] + window.Counts[p];
                Assert.True(inside || window.Weights[p * patch + i] == 0);
            }
        }
        Assert.Equal(sums, window.Sums);
        Assert.DoesNotContain(0, sums);
    }

    [Fact]
    public void A_whole_search_finds_the_nearest()
    {
        var random = new Random(9);
        var atlas = new SourceAtlas([Noise(random, 14, 11), Noise(random, 9, 12)], 5);
        LevelImage state = Noise(random, 12, 10);
        var lists = new NeighbourLists(8, 6, 3);
        new NeighbourSearch(atlas, 5, new CounterNoise(1, 1), new ParallelOptions()).Whole(state, atlas.Image.Samples, lists);
        Assert.Equal(10 * 7 + 5 * 8, atlas.PatchCount);
        for (int q = 0; q < 48; q++)
        {
            var all = new List<(int Distance, int Position)>();
            for (int i = 0; i < atlas.PatchCount; i++)
            {
                int position = atlas.PositionOf(i);
                Assert.True(atlas.Holds(position % atlas.Stride, position / atlas.Stride));
                fixed (short* a = state.Samples, b = atlas.Image.Samples)
                    all.Add((PatchDistance.Scalar(a + 4 * (q / 8 * 12 + q % 8), 48, b + 4 * position, 4 * atlas.Stride, 5, int.MaxValue), position));
            }
            all.Sort();
            Assert.Equal(all.Take(3).Select(found => found.Distance), lists.Distances.Skip(3 * q).Take(3));
        }
    }

    [Fact]
    public void Passes_over_a_smooth_field_find_most_of_what_a_whole_search_finds()
    {
        PixelBuffer<byte> village = Textures.Village(96, 72);
        LevelImage picture = ReferenceSet.FeaturesOf(Picture.Create(village));
        var atlas = new SourceAtlas([picture], 15);
        var search = new NeighbourSearch(atlas, 15, new CounterNoise(3, 1), new ParallelOptions());
        NeighbourLists lists = new(82, 58, 4), spare = new(82, 58, 4);
        search.Scatter(lists);
        for (int pass = 0; pass < 12; pass++)
        {
            search.Refine(picture, atlas.Image.Samples, lists, spare, pass, 3);
            (lists, spare) = (spare, lists);
        }
        int found = Enumerable.Range(0, 82 * 58).Count(q => lists.Distances[4 * q] == 0);
        Assert.InRange(found, 82 * 58 * 9 / 10, 82 * 58);
    }

    private static LevelImage Noise(Random random, int width, int height)
    {
        var image = new LevelImage(width, height);
        foreach (ref short sample in image.Samples.AsSpan())
            sample = (short)random.Next(-1275, 256);
        return image;
    }
}
