using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.GreyBox.Dressing;
using Answerprint.Imaging.GreyBox.Segments;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Tests.GreyBox;

public sealed class SegmentTests
{
    private static readonly SegmentRegion[] Three = [new("sky", 0x7f, 0xa8, 0xd8), new("wall", 0x9a, 0x9a, 0x96), new("ground", 0x8a, 0x6a, 0x4a)];

    [Fact]
    public void Soft_edges_go_to_the_regions_beside_them_and_never_to_a_third()
    {
        // Half of sky and half of ground is nearly the grey of the wall.
        PixelBuffer<byte> picture = Painted(64, 48, (_, y) => y < 24 ? Three[0] : Three[2]);
        for (int x = 0; x < 64; x++)
            Put(picture, x, 24, (byte)((0x7f + 0x8a) / 2), (byte)((0xa8 + 0x6a) / 2), (byte)((0xd8 + 0x4a) / 2));
        SegmentMap map = SegmentMap.Read(picture, Three, 64, 48);
        var areas = map.Areas();
        Assert.Equal((0, 64 * 48), (areas[1], areas[0] + areas[2]));
        Assert.InRange(areas[0], 64 * 24, 64 * 25);
    }

    [Fact]
    public void A_colour_that_is_no_regions_is_named_with_its_share()
    {
        PixelBuffer<byte> picture = Painted(40, 40, (x, y) => y < 4 ? new SegmentRegion("", 255, 0, 255) : Three[x < 20 ? 0 : 1]);
        string words = Assert.Throws<SegmentFormatException>(() => SegmentMap.Read(picture, Three, 40, 40)).Message;
        Assert.Contains("10.0 %", words, StringComparison.Ordinal);
        Assert.Contains("#ff00ff", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40, "nearly one colour")]
    [InlineData(8, "outside 32")]
    public void What_is_no_map_is_refused(int side, string words)
    {
        SegmentRegion[] regions = side < 32 ? Three : [.. Three, new("haze", 0x80, 0xa9, 0xd7)];
        Assert.Contains(words, Assert.Throws<SegmentFormatException>(() => SegmentMap.Read(Painted(40, 40, (_, _) => Three[0]), regions, side, side)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_pixel_is_one_pixel_of_a_reference_of_its_region_away_from_borders()
    {
        SegmentLook look = Dress(threads: 1);
        AttributionSource[] sources = [new(new byte[32], 48, 40, "sky"), new(new byte[32], 60, 44, "wall"), new(new byte[32], 50, 50, "ground")];
        var map = AttributionFile.Read(AttributionFile.Write(new AttributionMap(96, 72, sources, look.Layers)));
        for (int y = 0; y < 72; y++)
        {
            if (y is > 16 and < 32 or > 40 and < 56)
                continue;
            for (int x = 0; x < 96; x++)
            {
                Contribution only = Assert.Single(map.At(x, y));
                Assert.Equal((AttributionKind.Blended, y <= 16 ? 0 : y <= 40 ? 1 : 2), (only.Kind, only.Source));
            }
        }
    }

    [Fact]
    public void Threads_change_no_pixel() => Assert.Equal(Dress(threads: 1).Pixels.Memory.ToArray(), Dress(threads: 3).Pixels.Memory.ToArray());

    [Fact]
    public void A_region_without_references_is_told_and_can_be_given_to_its_neighbours()
    {
        SegmentMap map = Map();
        RegionDressing[] two = [Dressing(0), Dressing(2)];
        Assert.Contains("'wall'", Assert.Throws<ArgumentException>(() => SegmentStudio.Make(map, two, new SegmentLookOptions())).Message, StringComparison.Ordinal);
        SegmentMap left = map.Keeping(region => region.Name != "wall");
        Assert.Equal([96 * 36, 0, 96 * 36], left.Areas());
        Assert.Equal(96, SegmentStudio.Make(left, two, new SegmentLookOptions()).Pixels.Width);
    }

    private static SegmentLook Dress(int threads) => SegmentStudio.Make(Map(), [Dressing(0), Dressing(1), Dressing(2)], new SegmentLookOptions { MetresWide = 2, Seed = 3, MaxDegreeOfParallelism = threads });

    private static SegmentMap Map() => SegmentMap.Read(Painted(96, 72, (_, y) => Three[y / 24]), Three, 96, 72);

    private static RegionDressing Dressing(int which)
    {
        var (width, height) = which switch { 0 => (48, 40), 1 => (60, 44), _ => (50, 50) };
        var picture = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 3));
        new Random(which).NextBytes(picture.Memory.Span);
        return new RegionDressing(Three[which].Name, [new DressingReference(picture, new PixelRect(0, 0, width, height), 1, which)], DressingFit.Surface, Even: false);
    }

    private static PixelBuffer<byte> Painted(int width, int height, Func<int, int, SegmentRegion> region)
    {
        var picture = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 3));
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                Put(picture, x, y, region(x, y).R, region(x, y).G, region(x, y).B);
        return picture;
    }

    private static void Put(PixelBuffer<byte> picture, int x, int y, byte r, byte g, byte b)
    {
        Span<byte> at = picture.Memory.Span[((y * picture.Width + x) * 3)..];
        (at[0], at[1], at[2]) = (r, g, b);
    }
}
