using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace Answerprint.Imaging.Tests.Colour;

public sealed class ColourTests
{
    [Fact]
    public void Tables_agree_with_the_standard_formula()
    {
        for (int code = 0; code <= 65535; code++)
        {
            double v = code / 65535.0, expected = v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
            Assert.Equal(expected, SRgb.ToLinear((ushort)code), 1e-7);
            if (code % 257 == 0)
                Assert.Equal(SRgb.ToLinear((ushort)code), SRgb.ToLinear((byte)(code / 257)));
        }
    }

    [Fact]
    public void Every_code_survives_the_way_to_light_and_back()
    {
        for (int code = 0; code <= 255; code++)
            Assert.Equal(code, SRgb.To8Bit(SRgb.ToLinear((byte)code)));
        for (int code = 0; code <= 65535; code++)
            Assert.Equal(code, SRgb.To16Bit(SRgb.ToLinear((ushort)code)));
    }

    [Fact]
    public void Encoding_takes_the_nearest_code() =>
        Prop.ForAll(Gen.Choose(0, 1 << 24).Select(i => i / (float)(1 << 24)).ToArbitrary(), linear =>
        {
            double signal = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.Pow(linear, 1 / 2.4) - 0.055;
            Assert.InRange(SRgb.To8Bit(linear) - signal * 255, -0.5001, 0.5001);
            Assert.InRange(SRgb.To16Bit(linear) - signal * 65535, -0.51, 0.51);
        }).Check(Config.QuickThrowOnFailure);

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(-1f, 0)]
    [InlineData(float.NegativeInfinity, 0)]
    [InlineData(1.5f, 255)]
    [InlineData(float.PositiveInfinity, 255)]
    public void Values_beyond_the_range_are_clamped(float linear, int code) => Assert.Equal(code, SRgb.To8Bit(linear));

    [Fact]
    public void Contrast_is_that_of_the_guideline()
    {
        Assert.Equal(21, Contrast.Ratio(Rgb24.Black, Rgb24.White), 1e-9);
        Assert.Equal(1, Contrast.Ratio(Rgb24.White, Rgb24.White), 1e-9);
        // #767676 on white is the well-known lightest grey that passes.
        Assert.InRange(Contrast.Ratio(new Rgb24(0x76, 0x76, 0x76), Rgb24.White), 4.5, 4.6);
        Assert.True(Contrast.Ratio(new Rgb24(0x77, 0x77, 0x77), Rgb24.White) < 4.5);
    }

    [Fact]
    public void OkLab_agrees_with_its_definition()
    {
        OkLab white = OkLab.FromRgb(Rgb24.White), red = OkLab.FromRgb(new Rgb24(255, 0, 0));
        Assert.Equal(1, white.L, 1e-4);
        Assert.Equal(0, white.Chroma, 1e-4);
        Assert.Equal(0.6279, red.L, 1e-3);
        Assert.Equal(0.2249, red.A, 1e-3);
        Assert.Equal(0.1258, red.B, 1e-3);
    }

    [Fact]
    public void OkLab_gives_every_colour_back() =>
        Prop.ForAll(Gen.Choose(0, 0xFFFFFF).ToArbitrary(), rgb =>
        {
            var colour = new Rgb24((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
            Rgb24 back = OkLab.FromRgb(colour).ToRgb();
            Assert.InRange(back.R - colour.R, -1, 1);
            Assert.InRange(back.G - colour.G, -1, 1);
            Assert.InRange(back.B - colour.B, -1, 1);
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Palette_finds_the_colours_and_their_shares()
    {
        var image = new PixelBuffer<byte>(PixelLayout.Interleaved(100, 10, 3));
        for (int i = 0; i < 1000; i++)
        {
            (byte r, byte g, byte b) = i % 10 < 5 ? ((byte)200, (byte)30, (byte)30) : i % 10 < 8 ? ((byte)20, (byte)40, (byte)160) : ((byte)240, (byte)240, (byte)230);
            (image.Memory.Span[3 * i], image.Memory.Span[3 * i + 1], image.Memory.Span[3 * i + 2]) = (r, g, b);
        }
        IReadOnlyList<Swatch> palette = Palette.Extract(image.View);
        Assert.Equal([new(200, 30, 30), new(20, 40, 160), new(240, 240, 230)], palette.Select(s => s.Colour));
        Assert.Equal([500_000, 300_000, 200_000], palette.Select(s => s.PartsPerMillion));
    }

    [Fact]
    public void Palette_shares_add_to_the_whole() =>
        Prop.ForAll(Gen.Choose(1, 10_000).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var image = Pictures.Noise<byte>(PixelLayout.Interleaved(random.Next(1, 40), random.Next(1, 40), 3), seed);
            IReadOnlyList<Swatch> palette = Palette.Extract(image.View, random.Next(1, 9));
            Assert.Equal(1_000_000, palette.Sum(s => s.PartsPerMillion));
            Assert.Equal(palette.OrderByDescending(s => s.PartsPerMillion).Select(s => s.PartsPerMillion), palette.Select(s => s.PartsPerMillion));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
}
