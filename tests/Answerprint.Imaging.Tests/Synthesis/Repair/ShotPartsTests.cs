using Answerprint.Imaging.Motion;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Repair;

namespace Answerprint.Imaging.Tests.Synthesis.Repair;

public sealed class ShotPartsTests
{
    [Fact]
    public void A_mask_between_two_squares_lies_half_way_and_is_half_as_large_again()
    {
        var between = new MaskInBetween(Square(120, 60, 10, 20, 10), Square(120, 60, 80, 20, 20));
        byte[] middle = between.At(5, 10);
        int[] columns = [.. Enumerable.Range(0, 120).Where(x => Enumerable.Range(0, 60).Any(y => middle[y * 120 + x] != 0))];
        Assert.InRange(columns[0], 42, 47);
        Assert.InRange(columns.Length, 13, 17);
        Assert.Equal(100, between.At(0, 10).Count(value => value == 1));
        Assert.Equal(400, between.At(10, 10).Count(value => value == 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => between.At(11, 10));
        Assert.Throws<ArgumentException>(() => new MaskInBetween(Square(20, 20, 1, 1, 3), Square(21, 20, 1, 1, 3)));
    }

    [Fact]
    public void Between_a_shape_and_nothing_the_nearer_one_holds()
    {
        var between = new MaskInBetween(Square(40, 40, 5, 5, 8), Square(40, 40, 0, 0, 0));
        Assert.Equal(64, between.At(5, 10).Count(value => value == 1));
        Assert.DoesNotContain((byte)1, between.At(6, 10));
    }

    [Fact]
    public void A_hidden_pixel_comes_from_the_nearer_side_and_runs_to_and_fro()
    {
        // Seen in frames 0 to 2 and 9; hidden in between and after.
        byte[] hidden = [0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 1, 1];
        var clock = new ShotClock([.. hidden.Select(value => new[] { value, (byte)1 })]);
        var from = hidden.Select(_ => clock.Next()).ToList();
        Assert.Equal([0, 1, 2, 2, 1, 0, 9, 9, 9, 9, 9, 9], from.Select(frame => frame[0]));
        Assert.All(from, frame => Assert.Equal(ShotClock.Never, frame[1]));
        Assert.Throws<InvalidOperationException>(clock.Next);
        Assert.Throws<ArgumentException>(() => new ShotClock([new byte[2], new byte[3]]));
    }

    [Fact]
    public void Every_hidden_pixel_of_random_masks_comes_from_a_frame_that_shows_it()
    {
        var random = new Random(5);
        byte[][] masks = [.. Enumerable.Range(0, 40).Select(_ => Enumerable.Range(0, 50).Select(_ => (byte)(random.Next(3) == 0 ? 0 : 1)).ToArray())];
        var clock = new ShotClock(masks);
        for (int frame = 0; frame < masks.Length; frame++)
        {
            int[] from = clock.Next();
            for (int i = 0; i < from.Length; i++)
            {
                bool ever = masks.Any(mask => mask[i] == 0);
                Assert.Equal(ever, from[i] != ShotClock.Never);
                if (ever)
                    Assert.Equal(0, masks[from[i]][i]);
                if (masks[frame][i] == 0)
                    Assert.Equal(frame, from[i]);
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, -2)]
    [InlineData(-5, 4)]
    public void A_view_that_moved_is_measured_and_one_that_stood_still_is_not(int dx, int dy)
    {
        var shift = CameraMotion.Between(Textured(200, 120, 0, 0), Textured(200, 120, dx, dy), 0.5);
        Assert.InRange(shift.X, dx - 0.3, dx + 0.3);
        Assert.InRange(shift.Y, dy - 0.3, dy + 0.3);
        Assert.Equal(dx != 0, shift.MovedShare > 0.9);
        Assert.True(shift.Blocks > 10);
    }

    [Fact]
    public void A_thing_that_passes_does_not_sway_the_camera_and_a_flat_picture_says_nothing()
    {
        var (first, second) = (Textured(200, 120, 0, 0), Textured(200, 120, 0, 0));
        for (int y = 0; y < 120; y++)
        {
            for (int x = 50; x < 90; x++)
                second[x, y, 0] = 250;
        }
        Assert.InRange(CameraMotion.Between(first, second, 0.5).Length, 0, 0.2);
        var flat = new PixelBuffer<byte>(PixelLayout.Interleaved(100, 100, 1));
        Assert.Equal(0, CameraMotion.Between(flat, flat, 0.5).Blocks);
        Assert.Throws<ArgumentException>(() => CameraMotion.Between(flat, first, 0.5));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    public void What_passes_is_told_from_grain_however_coarse_it_is(int grain)
    {
        var random = new Random(9);
        var frames = Enumerable.Range(0, 11).Select(t =>
        {
            var frame = Textured(80, 60, 0, 0);
            for (int i = 0; i < frame.Memory.Length; i++)
                frame.Memory.Span[i] = (byte)Math.Clamp(frame.Memory.Span[i] + random.Next(-grain, grain + 1), 0, 255);
            for (int y = 20; y < 40; y++)
            {
                for (int x = 6 * t; x < 6 * t + 12; x++)
                    frame[x, y, 0] = (byte)(frame[x, y, 0] > 128 ? 5 : 250);
            }
            return frame;
        }).ToList();
        byte[] everywhere = [.. Enumerable.Repeat((byte)1, 80 * 60)];
        var background = PassingThings.Background(frames);
        byte[] passing = PassingThings.In(frames[5], background, everywhere, PassingThings.Grain(frames, background, everywhere));
        for (int y = 22; y < 38; y++)
        {
            for (int x = 32; x < 40; x++)
                Assert.Equal(1, passing[y * 80 + x]);
        }
        Assert.InRange(passing.Count(value => value == 1), 12 * 20, 26 * 34);
        Assert.Throws<ArgumentException>(() => PassingThings.Background([]));
    }

    [Fact]
    public void What_would_take_more_memory_than_is_allowed_is_refused_with_the_limit()
    {
        var large = new PixelBuffer<byte>(PixelLayout.Interleaved(2100, 2000, 1));
        var mask = new PixelBuffer<byte>(PixelLayout.Interleaved(2100, 2000, 1));
        for (int y = 0; y < 1960; y++)
            mask.Memory.Span.Slice(y * 2100, 2050).Fill(255);
        Assert.Contains("4000000", Assert.Throws<ArgumentException>(() => HoleFill.Fill(large, mask, new FillOptions())).Message, StringComparison.Ordinal);
        var vast = new PixelBuffer<byte>(PixelLayout.Interleaved(5000, 5000, 1));
        Assert.Contains("24000000", Assert.Throws<ArgumentException>(() => Retargeting.Retarget(vast, 4000, 4000, new FillOptions())).Message, StringComparison.Ordinal);
    }

    private static PixelBuffer<byte> Square(int width, int height, int left, int top, int side)
    {
        var mask = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 1));
        for (int y = top; y < top + side; y++)
            mask.Memory.Span.Slice(y * width + left, side).Fill(255);
        return mask;
    }

    private static PixelBuffer<byte> Textured(int width, int height, int dx, int dy)
    {
        var image = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 1));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                uint cell = (uint)((x - dx + 1000) / 5 * 7919 + (y - dy + 1000) / 5 * 104729);
                image[x, y, 0] = (byte)(40 + (cell * 2654435761u >> 25));
            }
        }
        return image;
    }
}
