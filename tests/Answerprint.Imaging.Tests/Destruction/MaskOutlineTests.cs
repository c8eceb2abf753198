using System.Numerics;
using System.Text;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Tests.Destruction;

public sealed class MaskOutlineTests
{
    [Fact]
    public void A_house_with_a_roof_becomes_its_corners()
    {
        PixelBuffer<byte> mask = Mask(80, 60);
        Outline.Fill([new Vector2(20, 50), new Vector2(20, 25), new Vector2(40, 8), new Vector2(60, 25), new Vector2(60, 50)], mask);
        IReadOnlyList<Vector2> outline = MaskOutline.Trace(mask, 60);
        Assert.InRange(outline.Count, 5, 16);
        Assert.True(Off(mask, outline) < 0.004, $"{Off(mask, outline)}");
    }

    [Fact]
    public void Holes_stay_open_and_parts_stay_apart()
    {
        PixelBuffer<byte> mask = Mask(120, 80);
        Outline.Fill([new Vector2(10, 10), new Vector2(70, 10), new Vector2(70, 70), new Vector2(10, 70)], mask);
        for (int y = 30; y < 50; y++)
        {
            for (int x = 30; x < 50; x++)
                mask[x, y, 0] = 0;
        }
        // A part beyond, and one within the hole.
        Outline.Fill([new Vector2(90, 20), new Vector2(110, 30), new Vector2(90, 60)], mask);
        Outline.Fill([new Vector2(36, 36), new Vector2(44, 36), new Vector2(44, 44), new Vector2(36, 44)], mask);
        IReadOnlyList<Vector2> outline = MaskOutline.Trace(mask, 60);
        Assert.True(Off(mask, outline) < 0.004, $"{Off(mask, outline)}");
        PixelBuffer<byte> again = Filled(mask, outline);
        Assert.Equal((255, 0, 255, 0, 255), (again[20, 20, 0], again[32, 40, 0], again[40, 40, 0], again[80, 40, 0], again[95, 40, 0]));
        // What is built is the largest part's border alone.
        Assert.All(MaskOutline.Outer(outline), point => Assert.True(point.X is > 9 and < 71));
        Assert.True(MaskOutline.Outer(outline).Count < outline.Count);
    }

    [Fact]
    public void A_building_at_the_edge_of_the_frame_ends_there()
    {
        PixelBuffer<byte> mask = Mask(50, 40);
        Outline.Fill([new Vector2(0, 12), new Vector2(25, 0), new Vector2(25, 40), new Vector2(0, 40)], mask);
        IReadOnlyList<Vector2> outline = MaskOutline.Trace(mask, 60);
        Assert.Equal((0f, 40f), (outline.Min(point => point.X), outline.Max(point => point.Y)));
        Assert.Equal(0, Off(mask, outline), 0.01);
    }

    [Fact]
    public void The_whole_frame_is_its_four_corners()
    {
        PixelBuffer<byte> mask = Mask(30, 20);
        mask.Memory.Span.Fill(255);
        Assert.Equal(0, Off(mask, MaskOutline.Trace(mask, MaskOutline.FewestPoints)), 0.01);
    }

    [Fact]
    public void Grey_borders_lie_between_pixels()
    {
        PixelBuffer<byte> mask = Mask(40, 40);
        Outline.Fill([new Vector2(10.3f, 10), new Vector2(25.7f, 10), new Vector2(25.7f, 30), new Vector2(10.3f, 30)], mask);
        IReadOnlyList<Vector2> outline = MaskOutline.Trace(mask, 40);
        Assert.Equal(10.3f, outline.Min(point => point.X), 0.25f);
        Assert.Equal(25.7f, outline.Max(point => point.X), 0.25f);
    }

    [Fact]
    public void A_ragged_mask_keeps_to_its_points_and_to_its_place()
    {
        var random = new Random(7);
        PixelBuffer<byte> mask = Mask(300, 200);
        Outline.Fill([.. Enumerable.Range(0, 300).Select(i => (Angle: i * MathF.Tau / 300, Radius: 55 + 12 * random.NextSingle())).Select(at => new Vector2(150 + at.Radius * MathF.Cos(at.Angle), 100 + at.Radius * MathF.Sin(at.Angle)))], mask);
        for (int i = 0; i < 400; i++)
            mask[random.Next(300), random.Next(200), 0] = 255;
        IReadOnlyList<Vector2> outline = MaskOutline.Trace(mask, CollapseMasks.MaxPoints);
        Assert.InRange(outline.Count, 20, CollapseMasks.MaxPoints);
        Assert.True(Off(mask, outline) < 0.08, $"{Off(mask, outline)}");
    }

    [Fact]
    public void Any_mask_is_followed_to_its_end()
    {
        var random = new Random(3);
        for (int i = 0; i < 200; i++)
        {
            PixelBuffer<byte> mask = Mask(random.Next(1, 14), random.Next(1, 14));
            random.NextBytes(mask.Memory.Span);
            if (!mask.Memory.Span.ContainsAnyInRange((byte)128, (byte)255))
                continue;
            Assert.InRange(MaskOutline.Trace(mask, MaskOutline.FewestPoints).Count, 1, MaskOutline.FewestPoints);
        }
    }

    [Fact]
    public void An_empty_mask_is_refused() =>
        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => MaskOutline.Trace(Mask(20, 20), 40)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_collapse_takes_masks_in_place_of_outlines()
    {
        byte[] json = Encoding.UTF8.GetBytes("""{"building":{"mask":"house.png","height":9},"foreground":[{"mask":"tree.png"},{"outline":[[1,2],[3,4],[5,9]]}]}""");
        Assert.Equal(["house.png", "tree.png"], CollapseMasks.NamesIn(json));
        PixelBuffer<byte> house = Mask(60, 50), tree = Mask(60, 50);
        Outline.Fill([new Vector2(20, 10), new Vector2(40, 10), new Vector2(40, 45), new Vector2(20, 45)], house);
        Outline.Fill([new Vector2(35, 30), new Vector2(50, 30), new Vector2(50, 50), new Vector2(35, 50)], tree);
        CollapseScene scene = CollapseReader.Read(CollapseMasks.Traced(json, new Dictionary<string, PixelBuffer<byte>> { ["house.png"] = house, ["tree.png"] = tree }));
        Assert.Equal((9.0, 2), (scene.Building.Height, scene.Foreground.Count));
        Assert.True(Off(house, scene.Building.Outline) < 0.01);
        Assert.True(Off(tree, scene.Foreground[0]) < 0.01);
    }

    [Theory]
    [InlineData("""{"building":{"mask":"no.png"}}""", "no mask 'no.png'")]
    [InlineData("""{"building":{"mask":"empty.png"}}""", "covers nothing")]
    [InlineData("""{"building":{"mask":7}}""", "no name")]
    [InlineData("""{"building":{"mask":"\ud800"}}""", "no name")]
    [InlineData("""{"foreground":[{"mask":"empty.png","name":"walker","frame":3}]}""", "moves")]
    [InlineData("[]", "not an object")]
    [InlineData("{", "JSON")]
    [InlineData("""{"building":1,"building":2}""", "JSON")]
    public void What_is_wrong_with_masks_is_said(string text, string word)
    {
        var masks = new Dictionary<string, PixelBuffer<byte>> { ["empty.png"] = Mask(8, 8) };
        Assert.Contains(word, Assert.Throws<SceneFormatException>(() => CollapseMasks.Traced(Encoding.UTF8.GetBytes(text), masks)).Message, StringComparison.Ordinal);
    }

    /// <summary>The share of the mask that an outline covers wrongly.</summary>
    internal static double Off(PixelBuffer<byte> mask, IReadOnlyList<Vector2> outline)
    {
        PixelBuffer<byte> again = Filled(mask, outline);
        (double off, double all) = (0, 0);
        for (int i = 0; i < again.Memory.Length; i++)
            (off, all) = (off + Math.Abs(mask.Memory.Span[i] - again.Memory.Span[i]), all + mask.Memory.Span[i]);
        return off / all;
    }

    private static PixelBuffer<byte> Filled(PixelBuffer<byte> mask, IReadOnlyList<Vector2> outline)
    {
        PixelBuffer<byte> again = Mask(mask.Width, mask.Height);
        Outline.Fill(outline, again);
        return again;
    }

    private static PixelBuffer<byte> Mask(int width, int height) => new(PixelLayout.Interleaved(width, height, 1));
}
