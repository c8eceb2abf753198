using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Quality.Looks;
using Answerprint.Imaging.Tests.Shared;

namespace Answerprint.Imaging.Tests.Quality.Looks;

public sealed class LookTests
{
    private static LookGrid Grid(byte[] rgb, int width, int height) => LookGrid.Of(new PixelView<byte>(rgb, PixelLayout.Interleaved(width, height, 3)));

    private static byte[] Mirrored(byte[] rgb, int width, int height)
    {
        var turned = new byte[rgb.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                rgb.AsSpan(3 * (y * width + x), 3).CopyTo(turned.AsSpan(3 * (y * width + width - 1 - x)));
        }
        return turned;
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(47, 49)]
    [InlineData(48, 48)]
    [InlineData(97, 131)]
    [InlineData(300, 200)]
    public void The_look_of_a_mirrored_picture_is_the_mirrored_look(int width, int height)
    {
        for (int seed = 0; seed < 5; seed++)
        {
            byte[] picture = seed % 2 == 0 ? Pictures.Scene(seed, width, height) : Pictures.Noise<byte>(PixelLayout.Interleaved(width, height, 3), seed).Memory.ToArray();
            Look look = Look.Of(Grid(picture, width, height));
            Assert.Equal(Look.Of(Grid(Mirrored(picture, width, height), width, height)), look.Mirrored());
            Assert.Equal(look, look.Mirrored().Mirrored());
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 200)]
    [InlineData(131, 48)]
    public void The_grid_holds_the_exact_mean_of_what_a_cell_covers(int width, int height)
    {
        byte[] picture = Pictures.Noise<byte>(PixelLayout.Interleaved(width, height, 3), 3).Memory.ToArray();
        LookGrid grid = Grid(picture, width, height);
        for (int cell = 0; cell < LookGrid.Side * LookGrid.Side; cell += 7)
        {
            double left = cell % LookGrid.Side * width / (double)LookGrid.Side, top = cell / LookGrid.Side * height / (double)LookGrid.Side;
            double right = left + width / (double)LookGrid.Side, bottom = top + height / (double)LookGrid.Side, sum = 0;
            for (int y = (int)top; y < Math.Min(height, Math.Ceiling(bottom)); y++)
            {
                for (int x = (int)left; x < Math.Min(width, Math.Ceiling(right)); x++)
                    sum += picture[3 * (y * width + x)] * Math.Max(0, Math.Min(right, x + 1) - Math.Max(left, x)) * Math.Max(0, Math.Min(bottom, y + 1) - Math.Max(top, y));
            }
            Assert.InRange(grid.Rgb[3 * cell], sum / ((right - left) * (bottom - top)) - 0.501, sum / ((right - left) * (bottom - top)) + 0.501);
        }
    }

    [Fact]
    public void Planar_and_interleaved_pixels_have_one_look()
    {
        byte[] picture = Pictures.Scene(4, 90, 60);
        var planar = new byte[picture.Length];
        for (int i = 0; i < picture.Length; i++)
            planar[i % 3 * 90 * 60 + i / 3] = picture[i];
        Assert.Equal(Look.Of(Grid(picture, 90, 60)), Look.Of(LookGrid.Of(new PixelView<byte>(planar, PixelLayout.Planar(90, 60, 3)))));
    }

    [Fact]
    public void The_look_of_a_known_picture_has_these_bytes()
    {
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Look.Of(Grid(Pictures.Scene(12, 300, 200), 300, 200)).Bytes));
        Assert.True(hash == "d179666d46f56ad7e94bc3af4d01be33ccf62f84b4c7c8ba93696ebb89cec2b9", hash);
    }

    [Fact]
    public void Grey_is_refused() =>
        Assert.Throws<ArgumentException>(() => LookGrid.Of(new PixelView<byte>(new byte[16], PixelLayout.Interleaved(4, 4, 1))));

    [Fact]
    public void Bytes_of_another_length_are_no_look() => Assert.Throws<ArgumentException>(() => Look.FromBytes(new byte[Look.Size - 1]));

    [Fact]
    public void The_nearest_are_those_that_comparing_each_finds()
    {
        var list = new LookList();
        var looks = new List<Look>();
        for (int seed = 0; seed < 2_500; seed++)
        {
            var bytes = new byte[Look.Size];
            new Random(seed % 2_400).NextBytes(bytes);
            looks.Add(Look.FromBytes(bytes));
            list.Add(looks[^1]);
        }
        list.Replace(1_777, looks[3]);
        looks[1_777] = looks[3];
        foreach (bool mirrored in new[] { false, true })
        {
            for (int query = 0; query < 2_500; query += 501)
            {
                Look wanted = mirrored ? looks[query].Mirrored() : looks[query];
                var expected = looks.Select((look, index) => (Index: index, Straight: wanted.DistanceTo(look), Turned: mirrored ? wanted.Mirrored().DistanceTo(look) : int.MaxValue))
                    .Select(each => new NearLook(each.Index, Math.Min(each.Straight, each.Turned), each.Turned < each.Straight)).OrderBy(near => near.Distance).ThenBy(near => near.Index).Take(40);
                Assert.Equal(expected, list.Nearest(wanted, 40, mirrored));
            }
        }
    }

    [Fact]
    public void The_same_scene_is_nearer_than_another()
    {
        Look scene = Look.Of(Grid(Pictures.Scene(1, 300, 200), 300, 200)), moved = Look.Of(Grid(Pictures.Scene(1, 300, 200, shift: 4), 300, 200));
        for (int seed = 2; seed < 30; seed++)
            Assert.True(scene.DistanceTo(moved) * 3 < scene.DistanceTo(Look.Of(Grid(Pictures.Scene(seed, 300, 200), 300, 200))), $"scene {seed}");
    }

    [Fact]
    public void A_copy_is_found_in_the_whole_and_another_scene_is_not()
    {
        byte[] whole = Pictures.Scene(6, 480, 320);
        LookGrid grid = Grid(whole, 480, 320);
        var image = new PixelBuffer<byte>(whole, PixelLayout.Interleaved(480, 320, 3));
        var part = image.Crop(new PixelRect(60, 20, 360, 260));
        DuplicateMatch match = DuplicateFinder.Compare(grid.Luma, LookGrid.Of(part.View).Luma);
        Assert.True(match is { IsDuplicate: true, IsMirrored: false }, match.ToString());
        Assert.InRange(match.KeptWidth, 34, 38);
        Assert.InRange(match.KeptHeight, 37, 41);
        Assert.True(DuplicateFinder.Compare(grid.Luma, Grid(Mirrored(whole, 480, 320), 480, 320).Luma) is { IsDuplicate: true, IsMirrored: true, Score: 1000 });
        for (int seed = 20; seed < 60; seed++)
            Assert.False(DuplicateFinder.Compare(grid.Luma, Grid(Pictures.Scene(seed, 480, 320), 480, 320).Luma).IsDuplicate, $"scene {seed}");
    }

    [Fact]
    public void Plain_pictures_are_no_copies() =>
        Assert.Equal(0, DuplicateFinder.Compare(Grid(Pictures.Flat(90, 60, 80), 90, 60).Luma, Grid(Pictures.Flat(90, 60, 90), 90, 60).Luma).Score);
}
