using System.Numerics;
using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Tests.Destruction;

public sealed class CollapseDepthTests
{
    private const int Side = 32;

    [Theory]
    [InlineData(PlateCurve.SRgb, 1e-5)]
    [InlineData(PlateCurve.Rec709, 1e-5)]
    [InlineData(PlateCurve.Cineon, 1e-4)]
    [InlineData(PlateCurve.Pq, 2e-3)]
    [InlineData(PlateCurve.Hlg, 1e-4)]
    [InlineData(PlateCurve.AcesCct, 1e-4)]
    [InlineData(PlateCurve.Linear, 0)]
    public void Light_and_signal_are_each_others_inverse(PlateCurve curve, double within)
    {
        for (float signal = 0; signal <= 1; signal += 1f / 1023)
            Assert.Equal(signal, curve.FromLinear(curve.ToLinear(signal)), within + 1e-6);
    }

    [Fact]
    public void Curves_meet_the_values_of_their_standards()
    {
        Assert.Equal(1, PlateCurve.Cineon.ToLinear(685f / 1023), 1e-5);
        Assert.Equal(0, PlateCurve.Cineon.ToLinear(95f / 1023), 1e-5);
        Assert.Equal(100, PlateCurve.Pq.ToLinear(1), 0.01);
        Assert.Equal(1, PlateCurve.Hlg.ToLinear(0.75f), 1e-5);
        Assert.Equal(0.18, PlateCurve.AcesCct.ToLinear(0.4135884f), 1e-4);
        Assert.Equal(0.409, PlateCurve.Rec709.FromLinear(0.18f), 1e-3);
        Assert.Equal(0.2140411, PlateCurve.SRgb.ToLinear(0.5f), 1e-5);
    }

    [Fact]
    public void Untouched_pixels_keep_every_bit_in_8_bits() => KeepsBits<byte>(i => (byte)(i * 37), PlateCurve.SRgb);

    [Fact]
    public void Untouched_pixels_keep_every_bit_in_16_bits() => KeepsBits<ushort>(i => (ushort)(i * 40503), PlateCurve.Rec709);

    // Every bit pattern counts: NaN with a payload, infinities, denormals and negative light are the plate's own as well.
    [Fact]
    public void Untouched_pixels_keep_every_bit_in_half() => KeepsBits<Half>(i => BitConverter.UInt16BitsToHalf((ushort)(i * 40503)), PlateCurve.Linear);

    [Fact]
    public void Untouched_pixels_keep_every_bit_in_float() => KeepsBits<float>(i => i % 1024 / 1023f, PlateCurve.Cineon);

    [Fact]
    public void Highlights_above_white_shine_through_dust()
    {
        var pixels = new PixelBuffer<Half>(PixelLayout.Planar(Side, Side, 3));
        pixels.Memory.Span.Fill((Half)8f);
        var picture = Picture.Create(pixels);
        var dust = new float[4 * Side * Side];
        for (int i = 0; i < Side * Side; i++)
            dust[4 * i + 3] = 0.5f;
        var made = (Picture<Half>)new CollapseComposite(picture, PlateCurve.Linear, 1).Make(Matter(picture, picture), Nothing(), dust, 1, out CollapseAccount account);
        Assert.Equal(4f, (float)made.Pixels[5, 5, 1], 0.01f);
        Assert.Equal(new CollapseAccount(0, 0, Side * Side, 0), account);
    }

    [Fact]
    public void What_differs_in_size_or_depth_is_refused()
    {
        Picture plate = Picture.Create(new PixelBuffer<byte>(PixelLayout.Interleaved(Side, Side, 3))), deep = Picture.Create(new PixelBuffer<ushort>(PixelLayout.Interleaved(Side, Side, 3)));
        var composite = new CollapseComposite(plate, PlateCurve.SRgb, 1);
        Assert.Throws<ArgumentException>(() => composite.Make(Matter(plate, deep), Nothing(), default, 1, out _));
        Assert.Throws<ArgumentException>(() => composite.Make(Matter(plate, plate) with { Building = new PixelBuffer<byte>(PixelLayout.Interleaved(Side, 8, 1)) }, Nothing(), default, 1, out _));
        Assert.Throws<ArgumentException>(() => composite.Make(Matter(plate, plate), Nothing(), new float[12], 1, out _));
    }

    private static void KeepsBits<T>(Func<int, T> sample, PlateCurve curve)
        where T : unmanaged, IEquatable<T>
    {
        PixelBuffer<T> plate = new(PixelLayout.Interleaved(Side, Side, 4)), clean = new(PixelLayout.Interleaved(Side, Side, 4));
        for (int i = 0; i < plate.Memory.Length; i++)
            (plate.Memory.Span[i], clean.Memory.Span[i]) = (sample(i), sample(i + 7919));
        CollapseMatter matter = Matter(Picture.Create(plate), Picture.Create(clean));
        Outline.Fill([new Vector2(4, 4), new Vector2(12, 4), new Vector2(12, 12), new Vector2(4, 12)], matter.Building);
        var made = ((Picture<T>)new CollapseComposite(matter.Plate, curve, 1, 2).Make(matter, Nothing(), default, 1, out CollapseAccount account)).Pixels;
        Assert.Equal(new CollapseAccount(Side * Side - 64, 64, 0, 0), account);
        int same = 0;
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                bool hole = x is >= 4 and < 12 && y is >= 4 and < 12;
                for (int c = 0; c < 4; c++)
                    same += Bits(made[x, y, c]).AsSpan().SequenceEqual(Bits(hole && c < 3 ? clean[x, y, c] : plate[x, y, c])) ? 1 : 0;
            }
        }
        Assert.Equal(4 * Side * Side, same);
    }

    private static byte[] Bits<T>(T value)
        where T : unmanaged => System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>([value]).ToArray();

    private static CollapseMatter Matter(Picture plate, Picture clean) =>
        new(plate, clean, new PixelBuffer<byte>(PixelLayout.Interleaved(Side, Side, 1)), new PixelBuffer<byte>(PixelLayout.Interleaved(Side, Side, 1)));

    private static CollapseLayers Nothing() => new(new float[Side * Side * 4], new float[Side * Side], [.. Enumerable.Repeat(1f, Side * Side)], new float[Side * Side * 3]);
}
