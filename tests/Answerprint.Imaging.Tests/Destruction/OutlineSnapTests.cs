using System.Numerics;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Tests.Destruction;

public sealed class OutlineSnapTests
{
    private const int Width = 200, Height = 160;

    private static readonly Vector2[] House = [new(60, 140), new(60, 70), new(96, 40), new(132, 70), new(132, 140)];

    // Too generous at the left, too tight at the right and over the roof.
    private static readonly Vector2[] Drawn = [new(55, 140), new(55, 73), new(96, 45), new(127, 74), new(127, 140)];

    [Fact]
    public void An_outline_a_few_pixels_off_comes_to_the_edges_of_the_house()
    {
        (PixelBuffer<byte> picture, PixelBuffer<byte> truth) = Plate(wallLikeSky: false);
        PixelBuffer<byte> drawn = Filled(Drawn), snapped = OutlineSnap.Snap(picture, drawn, One(), 8);
        double before = Off(drawn, truth), after = Off(snapped, truth);
        Assert.True(before > 0.09 && after < 0.025, $"{before:0.0000} before, {after:0.0000} after");
        // No strip of the house is left beside it, and hardly any sky is in it.
        Assert.True(Missed(snapped, truth) < 0.012, $"{Missed(snapped, truth)}");
    }

    [Fact]
    public void Where_both_sides_look_alike_the_outline_stays_as_drawn()
    {
        (PixelBuffer<byte> picture, _) = Plate(wallLikeSky: true);
        PixelBuffer<byte> drawn = Filled(Drawn), snapped = OutlineSnap.Snap(picture, drawn, One(), 8);
        Assert.True(Off(snapped, drawn) < 0.03, $"{Off(snapped, drawn)}");
    }

    [Fact]
    public void What_stands_before_it_and_what_is_far_from_the_line_stay_as_drawn()
    {
        (PixelBuffer<byte> picture, _) = Plate(wallLikeSky: false);
        PixelBuffer<byte> drawn = Filled(Drawn), before = One();
        Outline.Fill([new Vector2(0, 100), new Vector2(Width, 100), new Vector2(Width, Height), new Vector2(0, Height)], before);
        PixelBuffer<byte> snapped = OutlineSnap.Snap(picture, drawn, before, 8);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                if (y >= 100 || x is < 40 or > 160 || (x is > 75 and < 115 && y > 90))
                    Assert.Equal(drawn[x, y, 0] >= 128 ? 255 : 0, snapped[x, y, 0]);
            }
        }
    }

    [Fact]
    public void A_snapped_outline_is_a_silhouette_that_goes_with_its_scene()
    {
        (PixelBuffer<byte> picture, PixelBuffer<byte> truth) = Plate(wallLikeSky: false);
        string points = string.Join(',', Drawn.Select(point => $"[{point.X},{point.Y}]"));
        CollapseScene scene = CollapseReader.Read(System.Text.Encoding.UTF8.GetBytes($$"""{"building":{"outline":[{{points}}] } }"""));
        Assert.True(scene.Building.Snaps);
        IReadOnlyList<Vector2> seen = OutlineSnap.Silhouette(scene, Picture.Create(picture))!;
        // In so small a picture the edge is looked for within three pixels.
        Assert.True(Off(Filled(seen), truth) < Off(Filled(Drawn), truth), $"{Off(Filled(Drawn), truth):0.000} before, {Off(Filled(seen), truth):0.000} after, {Off(OutlineSnap.Snap(picture, Filled(Drawn), One(), OutlineSnap.ReachOf(Height)), truth):0.000} as a mask");
        CollapseScene half = (scene with { Building = scene.Building with { Silhouette = seen } }).Scaled(0.5, 0.5);
        Assert.Equal(seen.Max(point => point.X) / 2, half.Building.Seen.Max(point => point.X), 1e-3f);
        Assert.False(CollapseReader.Read(System.Text.Encoding.UTF8.GetBytes($$"""{"building":{"edge":"drawn","outline":[{{points}}] } }""")).Building.Snaps);
    }

    [Fact]
    public void Masks_of_another_size_are_refused() =>
        Assert.Contains("200 x 160", Assert.Throws<ArgumentException>(() => OutlineSnap.Snap(Plate(false).Picture, new PixelBuffer<byte>(PixelLayout.Interleaved(8, 8, 1)), One(), 8)).Message, StringComparison.Ordinal);

    private static (PixelBuffer<byte> Picture, PixelBuffer<byte> Truth) Plate(bool wallLikeSky)
    {
        PixelBuffer<byte> truth = Filled(House), picture = new(PixelLayout.Interleaved(Width, Height, 3));
        var random = new Random(5);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                // Sky that gets lighter downwards, ground, and a house of bricks; grain over all.
                float share = wallLikeSky ? 0 : truth[x, y, 0] / 255f, grain = 5 * (random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f);
                bool mortar = y % 7 == 0;
                (float r, float g, float b) = y >= 140 ? (110, 105, 90) : (120 + y / 4f, 150 + y / 5f, 200f);
                Span<float> colour = [r + share * ((mortar ? 150 : 125) - r), g + share * ((mortar ? 140 : 75) - g), b + share * ((mortar ? 125 : 60) - b)];
                for (int c = 0; c < 3; c++)
                    picture[x, y, c] = (byte)Math.Clamp(colour[c] + grain, 0, 255);
            }
        }
        return (picture, truth);
    }

    private static double Off(PixelBuffer<byte> one, PixelBuffer<byte> other)
    {
        (double off, double all) = (0, 0);
        for (int i = 0; i < one.Memory.Length; i++)
            (off, all) = (off + Math.Abs(one.Memory.Span[i] - other.Memory.Span[i]), all + other.Memory.Span[i]);
        return off / all;
    }

    private static double Missed(PixelBuffer<byte> mask, PixelBuffer<byte> truth)
    {
        (double off, double all) = (0, 0);
        for (int i = 0; i < mask.Memory.Length; i++)
            (off, all) = (off + Math.Max(0, truth.Memory.Span[i] - mask.Memory.Span[i]), all + truth.Memory.Span[i]);
        return off / all;
    }

    private static PixelBuffer<byte> Filled(IReadOnlyList<Vector2> outline)
    {
        PixelBuffer<byte> mask = One();
        Outline.Fill(outline, mask);
        return mask;
    }

    private static PixelBuffer<byte> One() => new(PixelLayout.Interleaved(Width, Height, 1));
}
