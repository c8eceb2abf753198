using System.Diagnostics;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Resampling;
using FsCheck;
using FsCheck.Fluent;

namespace Answerprint.Imaging.Tests.Attribution;

public sealed class AttributionTests
{
    private static AttributionSource Source(byte fill, int width, int height, string label) =>
        new(Enumerable.Repeat(fill, 32).ToArray(), width, height, label);

    /// <summary>A poster: a cropped and resized frame, a scrim, a line of type.</summary>
    private static AttributionMap Poster(int width, int height)
    {
        var type = new PixelRect(width / 10, height * 3 / 4, width * 8 / 10, height / 8);
        var scrim = new PixelRect(0, height / 2, width, height - height / 2);
        var typeAlpha = new byte[type.Area];
        for (int i = 0; i < typeAlpha.Length; i++)
            typeAlpha[i] = (byte)((i % type.Width / 9 % 3) switch { 0 => 0, 1 => 255, _ => i * 37 });
        var scrimAlpha = new byte[scrim.Area];
        for (int i = 0; i < scrimAlpha.Length; i++)
            scrimAlpha[i] = (byte)(i / scrim.Width * 180 / scrim.Height);
        return new AttributionMap(width, height,
            [Source(1, 1920, 800, "frame 731"), Source(2, 0, 0, "Inter")],
            [
                AttributionLayer.Resampled(new PixelRect(0, 0, width, height), 0, new PixelRect(700, 0, 533, 800), ResampleKernel.Lanczos3),
                AttributionLayer.Drawn(AttributionKind.Rendered, scrim, AttributionLayer.NoSource, scrimAlpha),
                AttributionLayer.Drawn(AttributionKind.Rendered, type, 1, typeAlpha),
            ]);
    }

    [Fact]
    public void Weights_of_every_pixel_and_shares_of_the_map_add_up_exactly()
    {
        AttributionMap map = Poster(80, 120);
        var sums = new Dictionary<(AttributionKind, int), long>();
        for (int y = 0; y < map.Height; y++)
        {
            for (int x = 0; x < map.Width; x++)
            {
                IReadOnlyList<Contribution> parts = map.At(x, y);
                Assert.Equal(AttributionMap.PixelWeight, parts.Sum(p => p.Weight));
                foreach (Contribution part in parts)
                    sums[(part.Kind, part.Source)] = sums.GetValueOrDefault((part.Kind, part.Source)) + part.Weight;
            }
        }
        IReadOnlyList<AttributionShare> shares = map.Shares();
        Assert.Equal(1_000_000, shares.Sum(s => s.PartsPerMillion));
        Assert.Equal((long)AttributionMap.PixelWeight * 80 * 120, shares.Sum(s => s.Weight));
        Assert.Equal(sums.OrderBy(s => s.Key), shares.ToDictionary(s => (s.Kind, s.Source), s => s.Weight).OrderBy(s => s.Key));
    }

    [Fact]
    public void Type_is_rendered_and_the_rest_blended_by_alpha()
    {
        var map = new AttributionMap(3, 1, [Source(1, 3, 1, "frame")],
        [
            AttributionLayer.Resampled(new PixelRect(0, 0, 3, 1), 0, new PixelRect(0, 0, 3, 1), ResampleKernel.Mitchell),
            AttributionLayer.Drawn(AttributionKind.Rendered, new PixelRect(0, 0, 3, 1), AttributionLayer.NoSource, new byte[] { 0, 51, 255 }),
        ]);
        Assert.Equal([AttributionKind.Blended], map.At(0, 0).Select(p => p.Kind));
        Assert.Equal([(AttributionKind.Rendered, 13_107), (AttributionKind.Blended, 52_428)], map.At(1, 0).Select(p => (p.Kind, p.Weight)));
        Assert.Equal([AttributionKind.Rendered], map.At(2, 0).Select(p => p.Kind));
    }

    [Fact]
    public void What_no_layer_covers_is_not_attributable()
    {
        var map = new AttributionMap(4, 2, [Source(1, 4, 1, "frame")],
            [AttributionLayer.Copied(new PixelRect(0, 0, 4, 1), 0, new PixelRect(0, 0, 4, 1))]);
        Assert.Equal([(AttributionKind.Copied, 500_000), (AttributionKind.NotAttributable, 500_000)], map.Shares().Select(s => (s.Kind, s.PartsPerMillion)));
    }

    [Fact]
    public void Positions_name_the_source_pixels_that_the_resampler_read()
    {
        // One bright source pixel lights up exactly the output pixels whose position and support reach it.
        var crop = new PixelRect(5, 7, 60, 40);
        var layer = AttributionLayer.Resampled(new PixelRect(0, 0, 24, 18), 0, crop, ResampleKernel.Lanczos3);
        for (int column = crop.X; column < crop.Right; column += 7)
        {
            var image = new PixelBuffer<float>(PixelLayout.Planar(80, 60, 1));
            image[column, 20, 0] = 1000;
            var result = Resampler.Resize(image, crop, 24, 18);
            for (int y = 0; y < 18; y++)
            {
                for (int x = 0; x < 24; x++)
                {
                    (double sourceX, double sourceY) = layer.SourcePosition(x, y);
                    bool reached = Math.Abs(sourceX - column) < layer.SupportX && Math.Abs(sourceY - 20) < layer.SupportY;
                    if (!reached)
                        Assert.Equal(0, result[x, y, 0]);
                    if (Math.Abs(sourceX - column) < 1 && Math.Abs(sourceY - 20) < 1)
                        Assert.True(result[x, y, 0] > 0);
                }
            }
        }
    }

    [Fact]
    public void Copied_pixels_have_their_own_position()
    {
        var layer = AttributionLayer.Copied(new PixelRect(3, 4, 10, 10), 0, new PixelRect(100, 50, 10, 10));
        Assert.Equal((100.0, 50.0), layer.SourcePosition(3, 4));
        Assert.Equal((109.0, 59.0), layer.SourcePosition(12, 13));
        Assert.Equal((0, 0), (layer.SupportX, layer.SupportY));
    }

    [Fact]
    public void Layers_that_lie_are_refused()
    {
        AttributionSource[] sources = [Source(1, 10, 10, "frame")];
        var region = new PixelRect(0, 0, 4, 4);
        Assert.Throws<ArgumentException>(() => AttributionLayer.Copied(region, 0, new PixelRect(0, 0, 5, 4)));
        Assert.Throws<ArgumentException>(() => AttributionLayer.Drawn(AttributionKind.Copied, region, 0, default));
        Assert.Throws<ArgumentException>(() => AttributionLayer.Drawn(AttributionKind.Rendered, region, 0, new byte[15]));
        Assert.Throws<ArgumentException>(() => new AttributionMap(3, 4, sources, [AttributionLayer.Copied(region, 0, region)]));
        Assert.Throws<ArgumentException>(() => new AttributionMap(4, 4, sources, [AttributionLayer.Copied(region, 1, region)]));
        Assert.Throws<ArgumentException>(() => new AttributionMap(4, 4, sources, [AttributionLayer.Copied(region, 0, region with { X = 7 })]));
    }

    [Theory]
    [InlineData(PlaneEncoding.Raw)]
    [InlineData(PlaneEncoding.RunLength)]
    [InlineData(PlaneEncoding.Deflate)]
    public void Files_keep_every_map(PlaneEncoding encoding) =>
        Prop.ForAll(Gen.Choose(1, 1 << 20).ToArbitrary(), seed =>
        {
            AttributionMap map = Random(new Random(seed));
            AssertEqual(map, AttributionFile.Read(AttributionFile.Write(map, encoding)));
        }).Check(Config.QuickThrowOnFailure);

    private static AttributionMap Random(Random random)
    {
        int width = random.Next(1, 60), height = random.Next(1, 60);
        var sources = Enumerable.Range(0, random.Next(1, 5)).Select(i => Source((byte)i, 100, 100, $"source {i} é")).ToArray();
        var layers = new List<AttributionLayer>();
        for (int i = random.Next(6); i > 0; i--)
        {
            int x = random.Next(width), y = random.Next(height), source = random.Next(sources.Length);
            var region = new PixelRect(x, y, random.Next(1, width - x + 1), random.Next(1, height - y + 1));
            var coverage = new byte[region.Area];
            if (random.Next(2) == 0)
                random.NextBytes(coverage);
            else
                coverage.AsSpan(random.Next(coverage.Length)).Fill(255);
            layers.Add(random.Next(4) switch
            {
                0 => AttributionLayer.Copied(region, source, region with { X = 1, Y = 2 }),
                1 => AttributionLayer.Resampled(region, source, new PixelRect(3, 4, 50, 60), ResampleKernel.Mitchell),
                2 => AttributionLayer.Drawn(AttributionKind.Painted, region, source, default),
                _ => AttributionLayer.Drawn(AttributionKind.Rendered, region, AttributionLayer.NoSource, coverage),
            });
        }
        return new AttributionMap(width, height, sources, layers);
    }

    private static void AssertEqual(AttributionMap expected, AttributionMap actual)
    {
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        Assert.Equal(expected.Sources, actual.Sources);
        Assert.Equal(expected.Layers.Count, actual.Layers.Count);
        foreach ((AttributionLayer one, AttributionLayer other) in expected.Layers.Zip(actual.Layers))
        {
            Assert.Equal((one.Kind, one.Region, one.Source, one.Crop, one.Kernel), (other.Kind, other.Region, other.Source, other.Crop, other.Kernel));
            Assert.Equal(one.Coverage.ToArray(), other.Coverage.ToArray());
        }
    }

    [Fact]
    public void Damaged_files_are_refused_and_nothing_else_is_thrown()
    {
        var random = new Random(20);
        foreach (PlaneEncoding encoding in Enum.GetValues<PlaneEncoding>())
        {
            byte[] good = AttributionFile.Write(Poster(60, 90), encoding);
            for (int i = 0; i < 4000; i++)
            {
                byte[] bad = random.Next(3) == 0 ? good[..random.Next(good.Length)] : [.. good];
                // The tables at the start are where numbers matter; planes take most of the bytes.
                int reach = random.Next(2) == 0 ? Math.Min(bad.Length, 300) : bad.Length;
                for (int changes = random.Next(4); changes > 0 && reach > 0; changes--)
                    bad[random.Next(reach)] = (byte)random.Next(256);
                try
                {
                    _ = AttributionFile.Read(bad).Width;
                }
                catch (AttributionFormatException)
                {
                }
            }
        }
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] good = AttributionFile.Write(Poster(20, 30));
        for (int length = 0; length < good.Length; length++)
            Assert.Throws<AttributionFormatException>(() => AttributionFile.Read(good.AsSpan(0, length)));
        Assert.Throws<AttributionFormatException>(() => AttributionFile.Read([.. good, 0]));
    }

    [Fact]
    public void Planes_that_would_fill_the_memory_are_refused()
    {
        // 1,024 layers over the whole of a 16,384 x 16,384 output, each with a plane of a few bytes.
        var map = new AttributionMap(1, 1, [], Enumerable.Repeat(AttributionLayer.Drawn(AttributionKind.Rendered, new PixelRect(0, 0, 1, 1), -1, new byte[] { 7 }), 1024).ToArray());
        byte[] file = AttributionFile.Write(map);
        BitConverter.TryWriteBytes(file.AsSpan(8), 16_384);
        BitConverter.TryWriteBytes(file.AsSpan(12), 16_384);
        for (int i = 0, layer = 20 + 12 + 12; i < 1024; i++, layer += 40)
        {
            BitConverter.TryWriteBytes(file.AsSpan(layer + 16), 16_384);
            BitConverter.TryWriteBytes(file.AsSpan(layer + 20), 16_384);
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        var refused = Assert.Throws<AttributionFormatException>(() => AttributionFile.Read(file));
        Assert.Contains("beyond the limit", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AttributionLimits.MaxCoverageSamples + (1 << 20));
    }

    [Fact]
    public void Optional_sections_are_skipped_and_required_ones_refused()
    {
        byte[] file = AttributionFile.Write(Poster(20, 30));
        BitConverter.TryWriteBytes(file.AsSpan(16), BitConverter.ToInt32(file, 16) + 1);
        Assert.Equal(3, AttributionFile.Read([.. file, .. "note"u8, 3, 0, 0, 0, 1, 2, 3]).Layers.Count);
        Assert.Throws<AttributionFormatException>(() => AttributionFile.Read([.. file, .. "Note"u8, 3, 0, 0, 0, 1, 2, 3]));
    }

    [Fact]
    public void A_poster_at_4K_is_small_and_read_in_a_tenth_of_a_second()
    {
        AttributionMap map = Poster(3840, 2160);
        byte[] file = AttributionFile.Write(map);
        _ = AttributionFile.Read(file);
        long best = long.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long start = Stopwatch.GetTimestamp();
            _ = AttributionFile.Read(file);
            best = Math.Min(best, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        Assert.InRange(best, 0, 100);
        Assert.InRange(file.Length, 0, 2 << 20);
    }

    [Fact]
    public void Stored_numbers_only_grow()
    {
        Assert.Equal([1, 2, 3, 4, 5], Enum.GetValues<AttributionKind>().Select(k => (int)k));
        Assert.Equal([0, 1, 2], Enum.GetValues<PlaneEncoding>().Select(k => (int)k));
        Assert.Equal([0, 1, 2], Enum.GetValues<ResampleKernel>().Select(k => (int)k));
        Assert.Equal([1, 2, 3, 4], Enum.GetValues<SampleDepth>().Select(k => (int)k));
    }
}
