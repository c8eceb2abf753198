using System.Diagnostics;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Resampling;

namespace Answerprint.Imaging.Tests.Attribution;

public sealed class AttributionFieldTests
{
    private static readonly AttributionSource Wall = new(new byte[32], 40, 30, "wall");
    private static readonly AttributionSource Floor = new(Enumerable.Repeat((byte)7, 32).ToArray(), 25, 20, "floor");

    [Fact]
    public void A_copy_is_one_source_pixel_with_all_the_weight()
    {
        var map = Map(1, seed: 1);
        AttributionField field = map.Layers[1].Field!;
        for (int i = 0; i < field.Sources.Length; i++)
        {
            Contribution only = Assert.Single(map.At(3 + i % 12, 2 + i / 12));
            if (field.Sources[i] == AttributionField.None)
                Assert.Equal((AttributionKind.Copied, 0, 3 + i % 12.0), (only.Kind, only.Source, only.X));
            else
                Assert.Equal(new Contribution(AttributionKind.Copied, field.Sources[i], field.Columns[i], field.Rows[i], AttributionMap.PixelWeight), only);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    public void A_blend_lists_what_the_patches_around_bring_and_nothing_else(int patch)
    {
        var map = Map(patch, seed: 2);
        AttributionField field = map.Layers[1].Field!;
        for (int y = 0; y < field.Height; y++)
        {
            for (int x = 0; x < field.Width; x++)
            {
                var parts = map.At(3 + x, 2 + y);
                Assert.Equal(AttributionMap.PixelWeight, parts.Sum(p => p.Weight));
                if (!field.Covers(x, y))
                    continue;
                var expected = Brute(map, field, x, y);
                Assert.Equal(expected.Keys.Order(), parts.Select(p => (p.Source, (int)p.X, (int)p.Y)).Order());
                double all = expected.Values.Sum();
                Assert.All(parts, p => Assert.InRange(p.Weight - expected[(p.Source, (int)p.X, (int)p.Y)] / all * AttributionMap.PixelWeight, -1, 1));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Shares_are_the_sums_of_all_pixels(int patch)
    {
        var map = Map(patch, seed: 3);
        var sums = new Dictionary<(AttributionKind, int), long>();
        for (int y = 0; y < map.Height; y++)
        {
            for (int x = 0; x < map.Width; x++)
            {
                foreach (Contribution part in map.At(x, y))
                    sums[(part.Kind, part.Source)] = sums.GetValueOrDefault((part.Kind, part.Source)) + part.Weight;
            }
        }
        var shares = map.Shares();
        Assert.Equal(sums.OrderBy(s => s.Key), shares.ToDictionary(s => (s.Kind, s.Source), s => s.Weight).OrderBy(s => s.Key));
        Assert.Equal(1_000_000, shares.Sum(s => s.PartsPerMillion));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void The_longest_copy_is_what_searching_every_pixel_finds(int patch)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var map = Map(patch, seed, blocks: true);
            VerbatimCopy? found = VerbatimCopy.Longest(map);
            Assert.Equal(BruteLongest(map), found?.Area ?? 0);
            if (found is null)
                continue;
            var inside = Enumerable.Range(0, (int)found.Box.Area).Select(i => map.At(found.Box.X + i % found.Box.Width, found.Box.Y + i / found.Box.Width).ToList())
                .Where((parts, i) => parts is [var one] && one.Source == found.Source && one.X == found.Box.X + i % found.Box.Width + found.OffsetX).Count();
            Assert.InRange(inside, found.Area, found.Box.Area);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Coverage_counts_every_source_pixel_that_has_weight_once(int patch)
    {
        var map = Map(patch, seed: 4, below: false);
        var used = new HashSet<(int, int, int)>();
        for (int i = 0; i < map.Width * map.Height; i++)
            used.UnionWith(map.At(i % map.Width, i / map.Width).Where(p => p.Source >= 0).Select(p => (p.Source, (int)p.X, (int)p.Y)));
        foreach (SourceCoverage coverage in SourceCoverage.Of(map))
            Assert.Equal(used.Count(u => u.Item1 == coverage.Source), coverage.Used);
    }

    [Theory]
    [InlineData(PlaneEncoding.Raw)]
    [InlineData(PlaneEncoding.RunLength)]
    [InlineData(PlaneEncoding.Deflate)]
    public void A_field_comes_back_from_its_file(PlaneEncoding encoding)
    {
        foreach (int patch in new[] { 1, 7 })
        {
            var map = Map(patch, seed: 5);
            byte[] bytes = AttributionFile.Write(map, encoding);
            AttributionField before = map.Layers[1].Field!, after = AttributionFile.Read(bytes).Layers[1].Field!;
            Assert.Equal(before.Window.ToArray(), after.Window.ToArray());
            Assert.Equal(before.Sources.ToArray(), after.Sources.ToArray());
            for (int i = 0; i < before.Sources.Length; i++)
            {
                if (before.Sources[i] != AttributionField.None)
                    Assert.Equal((before.Columns[i], before.Rows[i]), (after.Columns[i], after.Rows[i]));
            }
            Assert.Equal(bytes, AttributionFile.Write(AttributionFile.Read(bytes), encoding));
        }
    }

    [Fact]
    public void Damaged_fields_are_refused_and_nothing_else_happens()
    {
        byte[] whole = AttributionFile.Write(Map(5, seed: 6));
        var random = new Random(11);
        for (int i = 0; i < 4000; i++)
        {
            byte[] bytes = [.. whole];
            for (int k = random.Next(1, 4); k > 0; k--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (i % 3 == 0)
                bytes = bytes[..random.Next(bytes.Length)];
            try
            {
                AttributionMap map = AttributionFile.Read(bytes);
                map.Shares();
                VerbatimCopy.Longest(map);
            }
            catch (AttributionFormatException)
            {
            }
        }
    }

    [Fact]
    public void A_match_outside_its_source_is_refused() =>
        Assert.Throws<ArgumentException>(() => new AttributionMap(1, 1, [Wall], [AttributionLayer.Synthesised(0, 0, new AttributionField(1, 1, new ushort[1], new ushort[] { 40 }, new ushort[1], [1]))]));

    [Fact]
    public void A_4k_field_is_read_within_a_tenth_of_a_second()
    {
        const int width = 3840, height = 2160;
        ushort[] sources = new ushort[width * height], columns = new ushort[width * height], rows = new ushort[width * height];
        var random = new Random(1);
        var offsets = Enumerable.Range(0, 900).Select(_ => (X: random.Next(-900, 900), Y: random.Next(-500, 500))).ToArray();
        for (int i = 0; i < sources.Length; i++)
        {
            int x = i % width, y = i / width;
            var (dx, dy) = offsets[(y / 72 * 30 + (x + 7 * y) / 128) % offsets.Length];
            (columns[i], rows[i]) = ((ushort)Math.Clamp(x + dx, 0, width - 1), (ushort)Math.Clamp(y + dy, 0, height - 1));
        }
        var source = new AttributionSource(new byte[32], width, height, "plate");
        var field = new AttributionField(width, height, sources, columns, rows, AttributionField.PlainWindow(5));
        byte[] bytes = AttributionFile.Write(new AttributionMap(width, height, [source], [AttributionLayer.Synthesised(0, 0, field)]));
        var fastest = Enumerable.Range(0, 20).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            AttributionFile.Read(bytes);
            return watch.Elapsed.TotalMilliseconds;
        });
        Assert.True(fastest < 100, $"{fastest:F0} ms for {bytes.Length} bytes");
    }

    private static AttributionMap Map(int patch, int seed, bool blocks = false, bool below = true)
    {
        var random = new Random(seed);
        const int width = 12, height = 10;
        ushort[] sources = new ushort[width * height], columns = new ushort[width * height], rows = new ushort[width * height];
        for (int i = 0; i < sources.Length; i++)
        {
            int block = blocks ? i % width / 6 + i / width / 5 * 2 : 0;
            sources[i] = (ushort)(random.Next(9) == 0 ? AttributionField.None : blocks ? block / 2 : random.Next(2));
            (columns[i], rows[i]) = blocks ? ((ushort)(i % width + 3 * block), (ushort)(i / width + 1)) : ((ushort)random.Next(25), (ushort)random.Next(20));
        }
        var field = new AttributionField(width, height, sources, columns, rows, patch == 7 ? [1, 2, 4, 5, 4, 2, 1] : AttributionField.PlainWindow(patch));
        AttributionLayer[] layers = [AttributionLayer.Resampled(new PixelRect(0, 0, 20, 15), 0, new PixelRect(0, 0, 20, 15), ResampleKernel.Mitchell), AttributionLayer.Synthesised(3, 2, field)];
        if (below)
            layers[0] = AttributionLayer.Copied(new PixelRect(0, 0, 20, 15), 0, new PixelRect(0, 0, 20, 15));
        return new AttributionMap(20, 15, [Wall, Floor], below ? layers : layers[1..]);
    }

    private static Dictionary<(int, int, int), double> Brute(AttributionMap map, AttributionField field, int x, int y)
    {
        var parts = new Dictionary<(int, int, int), double>();
        int radius = field.PatchSize / 2;
        for (int qy = 0; qy < field.Height; qy++)
        {
            for (int qx = 0; qx < field.Width; qx++)
            {
                int i = qy * field.Width + qx;
                if (Math.Max(Math.Abs(qx - x), Math.Abs(qy - y)) > radius || field.Sources[i] == AttributionField.None)
                    continue;
                var key = (field.Sources[i], field.Columns[i] + x - qx, field.Rows[i] + y - qy);
                AttributionSource source = map.Sources[key.Item1];
                if (key.Item2 < 0 || key.Item3 < 0 || key.Item2 >= source.Width || key.Item3 >= source.Height)
                    continue;
                parts[key] = parts.GetValueOrDefault(key) + field.Window[radius + x - qx] * field.Window[radius + y - qy];
            }
        }
        return parts;
    }

    private static long BruteLongest(AttributionMap map)
    {
        AttributionLayer layer = map.Layers[1];
        AttributionField field = layer.Field!;
        var keys = new Dictionary<(int X, int Y), (int, double, double)>();
        for (int i = 0; i < field.Sources.Length; i++)
        {
            int x = i % field.Width, y = i / field.Width;
            if (field.Covers(x, y) && map.At(x + 3, y + 2) is [var one])
                keys[(x, y)] = (one.Source, one.X - x, one.Y - y);
        }
        long longest = 0;
        while (keys.Count > 0)
        {
            var (start, key) = keys.First();
            var open = new Queue<(int X, int Y)>([start]);
            keys.Remove(start);
            long area = 0;
            while (open.TryDequeue(out var at))
            {
                area++;
                foreach (var next in new[] { (at.X + 1, at.Y), (at.X - 1, at.Y), (at.X, at.Y + 1), (at.X, at.Y - 1) })
                {
                    if (keys.TryGetValue(next, out var other) && other == key && keys.Remove(next))
                        open.Enqueue(next);
                }
            }
            longest = Math.Max(longest, area);
        }
        return longest;
    }
}
