using Answerprint.Imaging.GreyBox.Dressing;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Tests.GreyBox;

public sealed class ReferenceTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(90, false)]
    [InlineData(180, true)]
    [InlineData(270, true)]
    public void A_turned_part_shows_the_pixels_that_it_names(int turn, bool mirror)
    {
        PixelBuffer<byte> picture = Numbered(30, 20);
        var reference = new DressingReference(picture, new PixelRect(4, 2, 12, 8), 1, 0) { Turn = turn, IsMirrored = mirror };
        var (width, height) = turn is 90 or 270 ? (8, 12) : (12, 8);
        Assert.Equal(((double)width, (double)height), (reference.Across, reference.Down));
        Material material = Material.Of(reference, width, height, even: false);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                var (px, py) = material.Origin(x, y);
                Assert.Equal(picture.Memory.Span.Slice((py * 30 + px) * 3, 3).ToArray(), material.Pixels.AsSpan((y * width + x) * 3, 3).ToArray());
            }
        // Turned clockwise by a quarter, the lower left corner comes to the upper left; mirrored, left and right are exchanged before.
        Assert.Equal((turn, mirror) switch { (90, _) => (4, 9), (180, true) => (4, 9), (270, true) => (4, 2), _ => (4, 2) }, Place(material.Origin(0, 0)));
    }

    [Fact]
    public void Four_corners_of_an_upright_rectangle_are_that_rectangle()
    {
        PixelBuffer<byte> picture = Numbered(40, 30);
        var rect = new DressingReference(picture, new PixelRect(5, 4, 16, 12), 1, 0);
        var quad = rect with { Quad = new ReferenceQuad(5, 4, 21, 4, 21, 16, 5, 16) };
        Material a = Material.Of(rect, 16, 12, even: false), b = Material.Of(quad, 16, 12, even: false);
        Assert.Equal(a.Pixels, b.Pixels);
        for (int i = 0; i < 16 * 12; i++)
            Assert.Equal(a.Origin(i % 16, i / 16), b.Origin(i % 16, i / 16));
    }

    [Fact]
    public void A_wall_in_perspective_is_laid_flat()
    {
        // Lines that run together in the picture: at height v they stand at the projected place.
        var quad = new ReferenceQuad(20, 10, 180, 40, 180, 110, 20, 140);
        var picture = new PixelBuffer<byte>(PixelLayout.Interleaved(200, 150, 3));
        for (int y = 0; y < 150; y++)
            for (int x = 0; x < 200; x++)
                picture.Memory.Span[(y * 200 + x) * 3] = picture.Memory.Span[(y * 200 + x) * 3 + 1] = picture.Memory.Span[(y * 200 + x) * 3 + 2] = Stripe(x, y);
        Material flat = Material.Of(new DressingReference(picture, new PixelRect(0, 0, 200, 150), 1, 0) { Quad = quad }, 128, 128, even: false);
        // Eight courses: each row is one shade from end to end, but for its border.
        for (int course = 0; course < 8; course++)
            for (int x = 2; x < 126; x++)
                Assert.Equal(course % 2 == 0 ? 30 : 220, flat.Pixels[((course * 16 + 8) * 128 + x) * 3]);

        byte Stripe(int x, int y)
        {
            double share = (x + 0.5 - 20) / 160, top = 10 + 30 * share, bottom = 140 - 30 * share;
            return (int)Math.Floor((y + 0.5 - top) / (bottom - top) * 8) % 2 == 0 ? (byte)30 : (byte)220;
        }
    }

    [Theory]
    [InlineData(0, 0, 10, 0, 10, 10, 0, 10, true)]
    [InlineData(0, 0, 0, 10, 10, 10, 10, 0, false)]
    [InlineData(0, 0, 10, 0, 2, 2, 0, 10, false)]
    [InlineData(0, 0, 21, 0, 21, 10, 0, 10, false)]
    [InlineData(0, 0, 1, 0, 1, 1, 0, 1, false)]
    public void Corners_go_around_clockwise_without_a_dent_within_the_picture(double x0, double y0, double x1, double y1, double x2, double y2, double x3, double y3, bool fits) =>
        Assert.Equal(fits, new ReferenceQuad(x0, y0, x1, y1, x2, y2, x3, y3).FitsIn(20, 20));

    private static (int, int) Place((ushort X, ushort Y) at) => (at.X, at.Y);

    private static PixelBuffer<byte> Numbered(int width, int height)
    {
        var picture = new PixelBuffer<byte>(PixelLayout.Interleaved(width, height, 3));
        for (int i = 0; i < width * height; i++)
            (picture.Memory.Span[3 * i], picture.Memory.Span[3 * i + 1], picture.Memory.Span[3 * i + 2]) = ((byte)(i % width * 6), (byte)(i / width * 8), 99);
        return picture;
    }
}
