using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Repair;
using Answerprint.Imaging.Tests.Shared;

namespace Answerprint.Imaging.Tests.Synthesis.Repair;

public sealed class ReshapeTests
{
    private static readonly AttributionSource Plate = new(new byte[32], 90, 70, "plate");

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void An_extension_keeps_the_picture_and_makes_the_rest_from_it(int patch)
    {
        var picture = Scene(90, 70);
        RepairField field = FrameExtension.Extend(picture.Features(), 20, 5, 30, 0, new FillOptions { PatchSize = patch })!;
        var larger = ((Picture<byte>)field.Apply(picture)).Pixels;
        Assert.Equal((140, 75), (larger.Width, larger.Height));
        AttributionMap map = RepairField.MapOf(field, Plate);
        for (int y = 0; y < 75; y++)
        {
            for (int x = 0; x < 140; x++)
            {
                var parts = map.At(x, y);
                Assert.All(parts, p => Assert.NotEqual(AttributionKind.NotAttributable, p.Kind));
                if (new PixelRect(20, 5, 90, 70).Contains(x, y))
                    Assert.Equal((x - 20.0, y - 5.0), (Assert.Single(parts).X, parts[0].Y));
                if (parts.Count == 1)
                    Assert.Equal(picture.Pixels[(int)parts[0].X, (int)parts[0].Y, 1], larger[x, y, 1]);
            }
        }
    }

    [Fact]
    public void An_extension_by_nothing_makes_nothing() => Assert.Null(FrameExtension.Extend(Scene(30, 20).Features(), 0, 0, 0, 0, new FillOptions()));

    [Fact]
    public void A_negative_side_and_a_frame_beyond_the_limit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => FrameExtension.Extend(Scene(30, 20).Features(), -1, 0, 0, 0, new FillOptions()));
        Assert.Throws<ArgumentException>(() => FrameExtension.Extend(Scene(30, 20).Features(), 60_000, 60_000, 0, 0, new FillOptions()));
    }

    [Theory]
    [InlineData(100, 160, 0, 0, 60)]
    [InlineData(100, 161, 1, 30, 31)]
    [InlineData(100, 40, 2, -60, 0)]
    public void What_is_added_lies_where_the_anchor_says(int from, int to, int anchor, int before, int after) =>
        Assert.Equal((before, after), FrameExtension.Share(from, to, anchor));

    [Theory]
    [InlineData(60, 70)]
    [InlineData(90, 40)]
    [InlineData(50, 50)]
    [InlineData(120, 70)]
    [InlineData(60, 100)]
    [InlineData(1, 1)]
    public void A_new_shape_has_the_size_asked_for_and_copies_source_pixels(int width, int height)
    {
        var picture = Scene(90, 70);
        RepairField field = Retargeting.Retarget(picture.Features(), width, height, new FillOptions { PatchSize = 1 })!;
        var made = ((Picture<byte>)field.Apply(picture)).Pixels;
        Assert.Equal((width, height), (made.Width, made.Height));
        for (int i = 0; i < width * height; i++)
        {
            for (int c = 0; c < 3; c++)
                Assert.Equal(picture.Pixels[field.Field.Columns[i], field.Field.Rows[i], c], made[i % width, i / width, c]);
        }
        Assert.Equal(1_000_000, Assert.Single(RepairField.MapOf(field, Plate).Shares()).PartsPerMillion);
    }

    [Fact]
    public void The_same_shape_makes_nothing() => Assert.Null(Retargeting.Retarget(Scene(90, 70).Features(), 90, 70, new FillOptions()));

    [Fact]
    public void What_is_known_to_matter_stays_whole()
    {
        var picture = Scene(200, 100);
        var subject = new PixelRect(5, 20, 50, 60);
        RepairField field = Retargeting.Retarget(picture.Features(), 100, 100, new FillOptions { PatchSize = 1 }, [subject])!;
        var kept = new HashSet<(int, int)>();
        for (int i = 0; i < field.Field.Columns.Length; i++)
            kept.Add((field.Field.Columns[i], field.Field.Rows[i]));
        int missing = Enumerable.Range(0, 50 * 60).Count(i => !kept.Contains((subject.X + i % 50, subject.Y + i / 50)));
        Assert.InRange(missing, 0, 50 * 60 / 20);
    }

    [Fact]
    public void Columns_stay_in_order_when_a_picture_is_narrowed()
    {
        RepairField field = Retargeting.Retarget(Scene(160, 60).Features(), 90, 60, new FillOptions { PatchSize = 1 })!;
        for (int y = 0; y < 60; y++)
        {
            for (int x = 1; x < 90; x++)
                Assert.True(field.Field.Columns[y * 90 + x] > field.Field.Columns[y * 90 + x - 1] && field.Field.Rows[y * 90 + x] == y);
        }
    }

    [Fact]
    public void A_strip_is_cut_where_brute_force_finds_it_cheapest()
    {
        var random = new Random(4);
        for (int trial = 0; trial < 30; trial++)
        {
            const int width = 7, height = 4, count = 2;
            var features = Pictures.Noise<byte>(PixelLayout.Interleaved(width, height, 3), trial);
            var state = RetargetState.Create(features, [.. Enumerable.Range(0, width * height).Select(_ => random.Next(3000))]);
            (int[] cut, long loss) = StripCut.Find(state, count, default);
            Assert.Equal(Cheapest(state, features, count), loss);
            Assert.All(cut.Zip(cut.Skip(1)), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        }
    }

    private static long Cheapest(RetargetState state, PixelBuffer<byte> features, int count)
    {
        return Enumerable.Range(0, state.Width - count + 1).Min(start => From(start, 0));

        long From(int x, int y) => y == state.Height ? 0 : Cost(x, y) + new[] { x - 1, x, x + 1 }.Where(n => n >= 0 && n <= state.Width - count).Min(n => From(n, y + 1));

        long Cost(int x, int y)
        {
            long lost = Enumerable.Range(x, count).Sum(k => state.Weights[y * state.Width + k]);
            if (x == 0 || x + count == state.Width)
                return lost;
            long joint = Difference(x, x + count, y) + Difference(x - 1, x + count - 1, y);
            return lost + Math.Min(joint, 30_000) / 12;
        }

        long Difference(int a, int b, int y) => Enumerable.Range(0, 3).Sum(c => (features[a, y, c] - features[b, y, c]) * (features[a, y, c] - features[b, y, c]));
    }

    private static Picture<byte> Scene(int width, int height) => Picture.Create(new PixelBuffer<byte>(Pictures.Scene(7, width, height), PixelLayout.Interleaved(width, height, 3)));
}
