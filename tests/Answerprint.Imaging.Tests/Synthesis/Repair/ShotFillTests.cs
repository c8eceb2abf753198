using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Repair;
using Answerprint.Imaging.Tests.Shared;

namespace Answerprint.Imaging.Tests.Synthesis.Repair;

public sealed class ShotFillTests
{
    private const int Width = 100, Height = 70;

    [Fact]
    public void What_another_frame_shows_is_taken_from_the_same_place()
    {
        var scene = Frame(0);
        var plate = Frame(3, new PixelRect(30, 20, 25, 20));
        RepairField field = ShotFill.Fill(plate.Features(), Mask(new PixelRect(28, 18, 29, 24)), [new ShotFrame(scene.Features())], new FillOptions())!;
        var made = ((Picture<byte>)field.Apply(plate, [scene])).Pixels;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                bool hole = new PixelRect(28, 18, 29, 24).Contains(x, y);
                Assert.Equal((hole ? scene : plate).Pixels[x, y, 0], made[x, y, 0]);
                if (hole)
                    Assert.Equal((1, x, y), ((int)field.Field.Sources[y * Width + x], (int)field.Field.Columns[y * Width + x], (int)field.Field.Rows[y * Width + x]));
            }
        }
    }

    [Fact]
    public void The_frame_that_agrees_around_the_hole_is_preferred()
    {
        var near = Frame(1);
        var bright = Frame(0, brighter: 60);
        var plate = Frame(0, new PixelRect(30, 20, 25, 20));
        RepairField field = ShotFill.Fill(plate.Features(), Mask(new PixelRect(28, 18, 29, 24)), [new ShotFrame(bright.Features()), new ShotFrame(near.Features())], new FillOptions())!;
        Assert.All(field.Field.Sources.ToArray().Where(s => s != AttributionField.None), s => Assert.Equal(2, s));
    }

    [Fact]
    public void What_is_barred_in_every_frame_is_filled_from_what_is_known()
    {
        var (plate, other) = (Frame(0), Frame(1));
        PixelRect hole = new(20, 20, 40, 30), hidden = new(30, 25, 10, 10);
        RepairField field = ShotFill.Fill(plate.Features(), Mask(hole), [new ShotFrame(other.Features(), Mask(hidden))], new FillOptions())!;
        AttributionMap map = RepairField.MapOf(field, new AttributionSource(new byte[32], Width, Height, "plate"), new AttributionSource(new byte[32], Width, Height, "other"));
        for (int i = 0; i < Width * Height; i++)
        {
            Contribution one = Assert.Single(map.At(i % Width, i / Width));
            Assert.False((one.Source == 0 ? hole : hidden).Contains((int)one.X, (int)one.Y));
        }
    }

    [Fact]
    public void A_frame_of_another_size_is_refused() =>
        Assert.Throws<ArgumentException>(() => ShotFill.Fill(Frame(0).Features(), Mask(new PixelRect(1, 1, 5, 5)), [new ShotFrame(Pictures.Noise<byte>(PixelLayout.Interleaved(50, 70, 3), 1))], new FillOptions()));

    [Fact]
    public void An_empty_mask_makes_nothing() => Assert.Null(ShotFill.Fill(Frame(0).Features(), Mask(default), [new ShotFrame(Frame(1).Features())], new FillOptions()));

    private static Picture<byte> Frame(int grain, PixelRect actor = default, int brighter = 0)
    {
        var random = new Random(grain);
        byte[] samples = Pictures.Scene(12, Width, Height);
        for (int i = 0; i < samples.Length; i++)
        {
            int x = i / 3 % Width, y = i / 3 / Width;
            samples[i] = (byte)Math.Clamp(actor.Contains(x, y) ? 250 : samples[i] + brighter + random.Next(5), 0, 255);
        }
        return Picture.Create(new PixelBuffer<byte>(samples, PixelLayout.Interleaved(Width, Height, 3)));
    }

    private static PixelBuffer<byte> Mask(PixelRect hole)
    {
        var mask = new PixelBuffer<byte>(PixelLayout.Interleaved(Width, Height, 1));
        for (int i = 0; i < Width * Height; i++)
            mask.Memory.Span[i] = hole.Contains(i % Width, i / Width) ? (byte)255 : (byte)0;
        return mask;
    }
}
