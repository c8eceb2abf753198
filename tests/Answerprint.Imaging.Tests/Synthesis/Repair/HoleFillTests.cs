using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Repair;
using Answerprint.Imaging.Tests.Shared;

namespace Answerprint.Imaging.Tests.Synthesis.Repair;

public sealed class HoleFillTests
{
    [Fact]
    public void An_empty_mask_makes_nothing() => Assert.Null(HoleFill.Fill(Brick(64, 48), Mask(64, 48), new FillOptions()));

    [Fact]
    public void A_full_mask_is_refused()
    {
        var refused = Assert.Throws<ArgumentException>(() => HoleFill.Fill(Brick(64, 48), Mask(64, 48, new PixelRect(0, 0, 64, 48)), new FillOptions()));
        Assert.Contains("whole picture", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mask_of_another_size_is_refused_with_both_sizes()
    {
        var refused = Assert.Throws<ArgumentException>(() => HoleFill.Fill(Brick(64, 48), Mask(60, 40), new FillOptions()));
        Assert.Contains("60 x 40", refused.Message, StringComparison.Ordinal);
        Assert.Contains("64 x 48", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_wall_of_bricks_is_continued_as_it_was(int patch)
    {
        var picture = Brick(240, 180);
        RepairField field = HoleFill.Fill(picture, Mask(240, 180, new PixelRect(90, 60, 61, 47)), new FillOptions { PatchSize = patch })!;
        var filled = ((Picture<byte>)field.Apply(Picture.Create(picture))).Pixels;
        int wrong = 0;
        for (int y = 60; y < 107; y++)
        {
            for (int x = 90; x < 151; x++)
                wrong += Math.Abs(filled[x, y, 0] - picture[x, y, 0]) > 24 ? 1 : 0;
        }
        // The joints stand where they stood; grain differs.
        Assert.InRange(wrong, 0, 61 * 47 / 20);
    }

    [Fact]
    public void Copies_equal_their_sources_and_all_else_stays()
    {
        var picture = Picture.Create(Pictures.Noise<ushort>(PixelLayout.Interleaved(150, 110, 4), 3));
        var hole = Mask(150, 110, new PixelRect(40, 30, 50, 40), new PixelRect(120, 90, 30, 20));
        RepairField field = HoleFill.Fill(picture.Features(), hole, new FillOptions { PatchSize = 1 })!;
        var after = ((Picture<ushort>)field.Apply(picture)).Pixels;
        AttributionMap map = RepairField.MapOf(field, new AttributionSource(new byte[32], 150, 110, "plate"));
        for (int y = 0; y < 110; y++)
        {
            for (int x = 0; x < 150; x++)
            {
                Contribution one = Assert.Single(map.At(x, y));
                Assert.Equal(AttributionKind.Copied, one.Kind);
                Assert.True(hole[x, y, 0] != 0 || (one.X, one.Y) == (x, y));
                Assert.Equal(0, hole[(int)one.X, (int)one.Y, 0]);
                for (int c = 0; c < 4; c++)
                    Assert.Equal(picture.Pixels[(int)one.X, (int)one.Y, c], after[x, y, c]);
            }
        }
    }

    [Fact]
    public void A_blend_is_the_mean_of_what_its_map_lists_and_takes_nothing_from_the_hole()
    {
        var picture = Picture.Create(new PixelBuffer<byte>(Pictures.Scene(5, 120, 90), PixelLayout.Interleaved(120, 90, 3)));
        var hole = Mask(120, 90, new PixelRect(30, 20, 40, 35), new PixelRect(0, 70, 25, 20));
        RepairField repair = HoleFill.Fill(picture.Features(), hole, new FillOptions())!;
        var after = ((Picture<byte>)repair.Apply(picture)).Pixels;
        var plate = new AttributionSource(new byte[32], 120, 90, "plate");
        int blended = 0;
        for (int y = 0; y < repair.Region.Height; y++)
        {
            for (int x = 0; x < repair.Region.Width; x++)
            {
                if (!repair.Field.Covers(x, y))
                    continue;
                var found = new List<(int Source, int X, int Y, long Weight)>();
                repair.Field.Gather(x, y, [plate], found);
                Assert.All(found, f => Assert.Equal(0, hole[f.X, f.Y, 0]));
                blended += found.Count > 1 ? 1 : 0;
                for (int c = 0; c < 3; c++)
                    Assert.Equal(found.Sum(f => picture.Pixels[f.X, f.Y, c] * f.Weight) / found.Sum(f => f.Weight), after[repair.Region.X + x, repair.Region.Y + y, c]);
            }
        }
        Assert.True(blended > 0);
    }

    [Fact]
    public void Threads_change_nothing()
    {
        var picture = Picture.Create(Pictures.Noise<byte>(PixelLayout.Interleaved(200, 150, 3), 8));
        var hole = Mask(200, 150, new PixelRect(60, 40, 70, 60));
        byte[] one = HoleFill.Fill(picture.Features(), hole, new FillOptions { MaxDegreeOfParallelism = 1 })!.Apply(picture).Hash();
        Assert.Equal(one, HoleFill.Fill(picture.Features(), hole, new FillOptions { MaxDegreeOfParallelism = 2 })!.Apply(picture).Hash());
        Assert.Equal(one, HoleFill.Fill(picture.Features(), hole, new FillOptions { MaxDegreeOfParallelism = 7 })!.Apply(picture).Hash());
    }

    [Theory]
    [InlineData(8, 8, 3, 3, 2, 2)]
    [InlineData(8, 8, 0, 0, 8, 6)]
    [InlineData(9, 1, 2, 0, 3, 1)]
    [InlineData(40, 30, 1, 1, 38, 28)]
    [InlineData(200, 9, 50, 0, 60, 9)]
    public void Small_and_narrow_pictures_are_filled(int width, int height, int x, int y, int w, int h)
    {
        var picture = Picture.Create(Pictures.Noise<byte>(PixelLayout.Interleaved(width, height, 1), 2));
        var hole = Mask(width, height, new PixelRect(x, y, w, h));
        foreach (int patch in new[] { 1, 5 })
        {
            RepairField field = HoleFill.Fill(picture.Features(), hole, new FillOptions { PatchSize = patch })!;
            Assert.Equal(new PixelRect(x, y, w, h), field.Region);
            Assert.False(field.Field.Sources.Contains(AttributionField.None));
        }
    }

    [Fact]
    public void A_hole_that_leaves_only_a_spot_in_the_middle_is_filled_from_it()
    {
        var hole = new PixelBuffer<byte>(PixelLayout.Interleaved(60, 50, 1));
        hole.Memory.Span.Fill(255);
        for (int i = 0; i < 12 * 12; i++)
            hole[24 + i % 12, 20 + i / 12, 0] = 0;
        RepairField field = HoleFill.Fill(Brick(60, 50), hole, new FillOptions())!;
        Assert.All(Enumerable.Range(0, 3000).Where(i => field.Field.Covers(i % 60, i / 60)), i => Assert.InRange(field.Field.Columns[i], 24, 35));
    }

    [Fact]
    public void A_mesh_that_leaves_single_pixels_is_filled()
    {
        var hole = new PixelBuffer<byte>(PixelLayout.Interleaved(64, 64, 1));
        for (int i = 0; i < 64 * 64; i++)
            hole.Memory.Span[i] = (byte)(i % 64 % 3 == 0 && i / 64 % 3 == 0 ? 0 : 255);
        RepairField field = HoleFill.Fill(Brick(64, 64), hole, new FillOptions())!;
        for (int i = 0; i < field.Field.Sources.Length; i++)
        {
            if (field.Field.Sources[i] != AttributionField.None)
                Assert.Equal(0, hole[field.Field.Columns[i], field.Field.Rows[i], 0]);
        }
    }

    [Fact]
    public void Half_floats_above_white_and_without_number_are_moved_as_they_are()
    {
        var pixels = Pictures.Noise<Half>(PixelLayout.Planar(100, 80, 5), 6);
        (pixels[5, 5, 0], pixels[6, 5, 1], pixels[70, 60, 2]) = (Half.PositiveInfinity, Half.NaN, Half.NegativeInfinity);
        var picture = Picture.Create(pixels, 3, hasAlpha: true);
        var hole = Mask(100, 80, new PixelRect(30, 30, 30, 20));
        RepairField field = HoleFill.Fill(picture.Features(), hole, new FillOptions { PatchSize = 1 })!;
        var after = ((Picture<Half>)field.Apply(picture)).Pixels;
        for (int i = 0; i < 30 * 20; i++)
        {
            int x = i % 30, y = i / 30;
            for (int c = 0; c < 5; c++)
                Assert.Equal(BitConverter.HalfToInt16Bits(pixels[field.Field.Columns[i], field.Field.Rows[i], c]), BitConverter.HalfToInt16Bits(after[30 + x, 30 + y, c]));
        }
        Assert.Equal(BitConverter.HalfToInt16Bits(Half.NaN), BitConverter.HalfToInt16Bits(after[6, 5, 1]));
    }

    [Fact]
    public void It_stops_when_told_to()
    {
        using var stop = new CancellationTokenSource();
        var picture = Pictures.Noise<byte>(PixelLayout.Interleaved(300, 300, 3), 9);
        var heard = new List<double>();
        var progress = new Heard(value =>
        {
            heard.Add(value);
            stop.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => HoleFill.Fill(picture, Mask(300, 300, new PixelRect(80, 80, 120, 120)), new FillOptions(), progress, stop.Token));
        Assert.Single(heard);
    }

    [Fact]
    public void Progress_rises_to_one()
    {
        var heard = new List<double>();
        HoleFill.Fill(Brick(200, 100), Mask(200, 100, new PixelRect(10, 10, 20, 20), new PixelRect(120, 50, 30, 30)), new FillOptions(), new Heard(heard.Add));
        Assert.Equal(heard.Order(), heard);
        Assert.Equal(1, heard[^1], 9);
    }

    private static PixelBuffer<byte> Mask(int width, int height, params PixelRect[] holes)
    {
        var mask = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 1));
        foreach (PixelRect hole in holes)
        {
            for (int y = hole.Y; y < hole.Bottom; y++)
            {
                for (int x = hole.X; x < hole.Right; x++)
                    mask[x, y, 0] = 255;
            }
        }
        return mask;
    }

    private static PixelBuffer<byte> Brick(int width, int height)
    {
        var random = new Random(1);
        var wall = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 3));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                bool joint = y % 16 < 3 || (x + y / 16 % 2 * 15) % 30 < 3;
                int grain = random.Next(9);
                (wall[x, y, 0], wall[x, y, 1], wall[x, y, 2]) = joint ? ((byte)(190 + grain), (byte)(185 + grain), (byte)(175 + grain)) : ((byte)(130 + grain), (byte)(60 + grain), (byte)(45 + grain));
            }
        }
        return wall;
    }

    private sealed class Heard(Action<double> hear) : IProgress<double>
    {
        public void Report(double value) => hear(value);
    }
}
