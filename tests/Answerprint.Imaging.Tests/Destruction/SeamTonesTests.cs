using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Repair;

namespace Answerprint.Imaging.Tests.Destruction;

public sealed class SeamTonesTests
{
    private const int Width = 200, Height = 140;
    private static readonly PixelRect Hole = new(70, 30, 60, 80);

    [Fact]
    public void Sky_that_gets_darker_to_one_side_is_filled_without_steps()
    {
        // Towards one corner: nowhere beside the hole is what is missing.
        PixelBuffer<byte> sky = Made((x, y) => 210 - 0.35f * x - 0.3f * y);
        (PixelBuffer<byte> plain, PixelBuffer<byte> levelled, SeamTones tones) = Filled(sky, Halves(Hole, Width, Height));
        (double before, double after) = (Off(plain, sky), Off(levelled, sky));
        Assert.True(before > 3 && after < 0.45 * before, $"off by {before:0.00} before and {after:0.00} after");
        Assert.InRange(tones.Most, 0.005f, 0.141f);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                if (!(x >= Hole.X && x < Hole.Right && y >= Hole.Y && y < Hole.Bottom))
                    Assert.Equal(sky[x, y, 1], levelled[x, y, 1]);
            }
        }
    }

    [Fact]
    public void An_edge_of_the_picture_does_not_bleed()
    {
        PixelBuffer<byte> walls = Made((x, _) => x < 100 ? 60 : 190);
        (PixelBuffer<byte> plain, PixelBuffer<byte> levelled, _) = Filled(walls, null);
        Assert.Equal(Off(plain, walls), Off(levelled, walls), 0.5);
        for (int i = 0; i < plain.Memory.Length; i++)
            Assert.InRange(levelled.Memory.Span[i] - plain.Memory.Span[i], -4, 4);
    }

    [Fact]
    public void A_large_hole_is_levelled_in_cells_and_the_same_every_time()
    {
        var sky = new PixelBuffer<byte>(PixelLayout.Interleaved(900, 500, 3));
        var (hole, region) = (new PixelBuffer<byte>(PixelLayout.Interleaved(900, 500, 1)), new PixelRect(250, 100, 400, 300));
        for (int y = 0; y < 500; y++)
        {
            for (int x = 0; x < 900; x++)
            {
                hole[x, y, 0] = region.Intersect(new PixelRect(x, y, 1, 1)).IsEmpty ? (byte)0 : byte.MaxValue;
                for (int c = 0; c < 3; c++)
                    sky[x, y, c] = (byte)(200 - 0.05f * x - 0.02f * y);
            }
        }
        var plate = Picture.Create(sky);
        RepairField field = Halves(region, 900, 500);
        Picture filled = field.Apply(plate), levelled = SeamTones.Of(plate, PlateCurve.SRgb, hole, field).Apply(filled, PlateCurve.SRgb, hole);
        Assert.Equal(levelled.Hash(), SeamTones.Of(plate, PlateCurve.SRgb, hole, field).Apply(filled, PlateCurve.SRgb, hole).Hash());
        (double before, double after) = (Off(((Picture<byte>)filled).Pixels, sky), Off(((Picture<byte>)levelled).Pixels, sky));
        Assert.True(after < 0.5 * before, $"off by {before:0.00} before and {after:0.00} after");
    }

    [Fact]
    public void Where_rows_cost_a_filling_keeps_to_its_row()
    {
        // A tile that comes again to all sides: what is right is found in the same row, and in others.
        var tile = new byte[16 * 16];
        new Random(2).NextBytes(tile);
        PixelBuffer<byte> picture = Made((x, y) => tile[y % 16 * 16 + x % 16]);
        RepairField field = HoleFill.Fill(Picture.Create(picture).Features(), HoleOf(), new FillOptions { RowCost = CleanPlate.RowCost })!;
        int same = 0;
        for (int i = 0; i < field.Region.Area; i++)
            same += field.Field.Rows[i] == field.Region.Y + i / field.Region.Width ? 1 : 0;
        Assert.True(same > 0.95 * field.Region.Area, $"{same} of {field.Region.Area}");
        Assert.Throws<ArgumentException>(() => HoleFill.Fill(Picture.Create(picture).Features(), HoleOf(), new FillOptions { RowCost = -1 }));
    }

    [Fact]
    public void A_mask_of_another_size_is_refused()
    {
        PixelBuffer<byte> sky = Made((_, _) => 90), hole = HoleOf();
        RepairField field = HoleFill.Fill(Picture.Create(sky).Features(), hole, new FillOptions())!;
        Assert.Throws<ArgumentException>(() => SeamTones.Of(Picture.Create(sky), PlateCurve.SRgb, new PixelBuffer<byte>(PixelLayout.Interleaved(9, 9, 1)), field));
    }

    private static (PixelBuffer<byte> Plain, PixelBuffer<byte> Levelled, SeamTones Tones) Filled(PixelBuffer<byte> picture, RepairField? field)
    {
        var random = new Random(3);
        var grainy = new PixelBuffer<byte>(picture.Layout);
        for (int i = 0; i < grainy.Memory.Length; i++)
            grainy.Memory.Span[i] = (byte)(picture.Memory.Span[i] + random.Next(3));
        grainy.Memory.Span.CopyTo(picture.Memory.Span);
        (PixelBuffer<byte> hole, Picture plate) = (HoleOf(), Picture.Create(grainy));
        field ??= HoleFill.Fill(plate.Features(), hole, new FillOptions())!;
        Picture filled = field.Apply(plate);
        var tones = SeamTones.Of(plate, PlateCurve.SRgb, hole, field);
        return (((Picture<byte>)filled).Pixels, ((Picture<byte>)tones.Apply(filled, PlateCurve.SRgb, hole)).Pixels, tones);
    }

    /// <summary>The left half taken from the left, the right half from the right, each a whole hole away.</summary>
    private static RepairField Halves(PixelRect region, int width, int height)
    {
        ushort[] sources = new ushort[region.Area], columns = new ushort[region.Area], rows = new ushort[region.Area];
        for (int i = 0; i < sources.Length; i++)
        {
            (int x, int y) = (region.X + i % region.Width, region.Y + i / region.Width);
            (columns[i], rows[i]) = ((ushort)(i % region.Width < region.Width / 2 ? x - region.Width / 2 - 5 : x + region.Width / 2 + 5), (ushort)y);
        }
        return new RepairField(width, height, 0, 0, region, new AttributionField(region.Width, region.Height, sources, columns, rows, [1, 1, 1]));
    }

    private static double Off(PixelBuffer<byte> made, PixelBuffer<byte> truth)
    {
        (double off, int count) = (0, 0);
        for (int i = 0; i < made.Memory.Length; i++)
        {
            int x = i / 3 % made.Width, y = i / 3 / made.Width;
            if (made.Width == Width && !(x >= Hole.X && x < Hole.Right && y >= Hole.Y && y < Hole.Bottom))
                continue;
            (off, count) = (off + Math.Abs(made.Memory.Span[i] - truth.Memory.Span[i]), count + 1);
        }
        return off / count;
    }

    private static PixelBuffer<byte> HoleOf()
    {
        var hole = new PixelBuffer<byte>(PixelLayout.Interleaved(Width, Height, 1));
        for (int y = Hole.Y; y < Hole.Bottom; y++)
        {
            for (int x = Hole.X; x < Hole.Right; x++)
                hole[x, y, 0] = byte.MaxValue;
        }
        return hole;
    }

    private static PixelBuffer<byte> Made(Func<int, int, float> value)
    {
        var picture = new PixelBuffer<byte>(PixelLayout.Interleaved(Width, Height, 3));
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                for (int c = 0; c < 3; c++)
                    picture[x, y, c] = (byte)value(x, y);
            }
        }
        return picture;
    }
}
