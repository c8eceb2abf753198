using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Tests.Media;

public sealed class StillImageTests
{
    private static readonly StillLoader Loader = new(new MediaOptions());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Png_keeps_8_bit_values(int bands)
    {
        using var image = Noise8(37, 23, bands);
        using var back = Loader.Load(image.Encode(new StillEncoding.Png()), "x.png", new StillLoadOptions { ApplyProfile = false }).Require();
        Assert.Equal((37, 23, bands, SampleFormat.UInt8), (back.Image.Width, back.Image.Height, back.Image.Bands, back.Image.Format));
        Assert.True(image.Pixels<byte>().SequenceEqual(back.Image.Pixels<byte>()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Png_keeps_16_bit_values(int bands)
    {
        var samples = new ushort[31 * 17 * bands];
        var random = new Random(2);
        foreach (ref var sample in samples.AsSpan()) sample = (ushort)random.Next(65536);
        using var image = StillImage.FromPixels<ushort>(samples, 31, 17, bands);
        var png = image.Encode(new StillEncoding.Png());
        Assert.Equal(16, png[24]);
        using var back = Loader.Load(png, "x.png", new StillLoadOptions { ApplyProfile = false }).Require();
        Assert.Equal(16, back.Info.BitDepth);
        Assert.Equal(samples, back.Image.Pixels<ushort>().ToArray());
    }

    [Fact]
    public void An_srgb_profile_moves_no_value_by_more_than_rounding()
    {
        using var image = Noise8(64, 64, 3);
        using var back = Loader.Load(image.Encode(new StillEncoding.Png()), "x.png").Require();
        Assert.True(back.Info.HasIccProfile);
        Assert.InRange(LargestDifference(image, back.Image), 0, 2);
    }

    [Fact]
    public void Jpeg_is_close_carries_a_profile_and_no_metadata()
    {
        using var image = Gradient(256, 128);
        var jpeg = image.Encode(new StillEncoding.Jpeg(95, FullChroma: true));
        using var back = Loader.Load(jpeg, "x.jpg").Require();
        Assert.True(back.Info.HasIccProfile);
        Assert.InRange(LargestDifference(image, back.Image), 0, 6);
        Assert.Equal(-1, jpeg.AsSpan().IndexOf("Exif"u8));
    }

    [Fact]
    public void The_same_picture_gives_the_same_bytes()
    {
        using var image = Noise8(200, 150, 3);
        foreach (var encoding in new StillEncoding[] { new StillEncoding.Jpeg(), new StillEncoding.Png(), new StillEncoding.WebP(), new StillEncoding.Tiff() })
            Assert.Equal(image.Encode(encoding), image.Encode(encoding));
    }

    [Fact]
    public void Lossless_webp_keeps_values()
    {
        using var image = Noise8(40, 30, 3);
        using var back = Loader.Load(image.Encode(new StillEncoding.WebP(Lossless: true)), "x.webp", new StillLoadOptions { ApplyProfile = false }).Require();
        Assert.Equal(0, LargestDifference(image, back.Image));
    }

    [Fact]
    public void Linear_light_follows_the_srgb_curve()
    {
        using var image = StillImage.FromPixels<byte>([0, 10, 255, 128, 64, 200], 2, 1, 3);
        using var linear = image.Convert(SampleFormat.Float32);
        var expected = new byte[] { 0, 10, 255, 128, 64, 200 }.Select(v =>
        {
            var c = v / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        });
        foreach (var (want, got) in expected.Zip(linear.Pixels<float>().ToArray())) Assert.Equal(want, got, 3);
        using var back = linear.Convert(SampleFormat.UInt8);
        Assert.Equal(image.Pixels<byte>().ToArray(), back.Pixels<byte>().ToArray());
    }

    [Fact]
    public void Shrinking_averages_light_not_code_values()
    {
        // Alternate black and white: half the light is code value 188, half the codes is 128.
        var checker = new byte[64 * 64 * 3];
        for (var i = 0; i < 64 * 64; i++)
            checker.AsSpan(3 * i, 3).Fill((((i % 64) + (i / 64)) & 1) == 0 ? (byte)255 : (byte)0);
        using var image = StillImage.FromPixels<byte>(checker, 64, 64, 3);
        using var small = image.Resize(8, 8);
        Assert.InRange(small.Pixels<byte>()[(4 * 8 * 3) + 12], 180, 195);
        using var wrong = image.Resize(8, 8, linearLight: false);
        Assert.InRange(wrong.Pixels<byte>()[(4 * 8 * 3) + 12], 120, 136);
    }

    [Theory]
    [InlineData(640, 360)]
    [InlineData(33, 97)]
    [InlineData(1, 1)]
    [InlineData(1000, 3)]
    public void Resize_gives_exactly_the_size_asked_for(int width, int height)
    {
        using var image = Gradient(321, 123);
        using var sized = image.Resize(width, height);
        Assert.Equal((width, height, 3), (sized.Width, sized.Height, sized.Bands));
    }

    [Fact]
    public void Transparent_colour_does_not_bleed_when_resized()
    {
        var rgba = new byte[16 * 16 * 4];
        for (var i = 0; i < 256; i++)
        {
            // Left half opaque red, right half transparent green.
            var left = i % 16 < 8;
            rgba[4 * i] = (byte)(left ? 255 : 0);
            rgba[(4 * i) + 1] = (byte)(left ? 0 : 255);
            rgba[(4 * i) + 3] = (byte)(left ? 255 : 0);
        }

        using var image = StillImage.FromPixels<byte>(rgba, 16, 16, 4);
        using var small = image.Resize(4, 4);
        var pixels = small.Pixels<byte>();
        for (var i = 0; i < 16; i++)
            if (pixels[(4 * i) + 3] > 8) Assert.True(pixels[(4 * i) + 1] < 40, $"green {pixels[(4 * i) + 1]} under alpha {pixels[(4 * i) + 3]}");
    }

    [Fact]
    public void Crop_copies_values()
    {
        using var image = Noise8(20, 10, 3);
        using var cut = image.Crop(5, 3, 4, 2);
        var source = image.Pixels<byte>();
        for (var y = 0; y < 2; y++)
            Assert.True(source.Slice((((y + 3) * 20) + 5) * 3, 12).SequenceEqual(cut.Pixels<byte>().Slice(y * 12, 12)));
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Crop(18, 0, 4, 4));
    }

    [Fact]
    public void Over_blends_by_alpha_and_keeps_the_rest()
    {
        using var below = StillImage.FromPixels<byte>(Enumerable.Repeat((byte)100, 8 * 8 * 3).ToArray(), 8, 8, 3);
        using var above = StillImage.FromPixels<byte>([255, 0, 0, 255, 0, 0, 255, 128], 2, 1, 4);
        using var result = below.Over(above, 7, 4);
        Assert.Equal((8, 8, 3), (result.Width, result.Height, result.Bands));
        Assert.Equal([255, 0, 0], result.Pixels<byte>().Slice(((4 * 8) + 7) * 3, 3).ToArray());
        Assert.Equal([100, 100, 100], result.Pixels<byte>().Slice(((4 * 8) + 6) * 3, 3).ToArray());
        using var half = below.Over(above, -1, 0);
        Assert.Equal([50, 50, 178], half.Pixels<byte>()[..3].ToArray().Select(v => (int)v).ToArray().Select((v, i) => Math.Abs(v - new[] { 50, 50, 178 }[i]) <= 1 ? new[] { 50, 50, 178 }[i] : v));
    }

    [Fact]
    public void Grey_becomes_rgb_by_repetition()
    {
        using var grey = StillImage.FromPixels<byte>([7, 200], 2, 1, 1);
        using var rgb = grey.ToRgb();
        Assert.Equal([7, 7, 7, 200, 200, 200], rgb.Pixels<byte>().ToArray());
    }

    [Fact]
    public void Wrong_sample_counts_and_types_are_refused()
    {
        Assert.Throws<ArgumentException>(() => StillImage.FromPixels<byte>(new byte[5], 2, 1, 3));
        Assert.Throws<ArgumentException>(() => StillImage.FromPixels<long>(new long[6], 2, 1, 3));
        using var image = Noise8(2, 2, 3);
        Assert.Throws<ArgumentException>(() => image.Pixels<float>().Length);
    }

    [Fact]
    public void Float_tiff_is_written_and_its_alpha_is_kept()
    {
        using var image = StillImage.FromPixels<float>([0.5f, 2f, -1f, 1f], 1, 1, 4);
        Assert.Equal("II*\0"u8.ToArray(), image.Encode(new StillEncoding.Tiff())[..4]);
    }

    internal static StillImage Noise8(int width, int height, int bands)
    {
        var samples = new byte[width * height * bands];
        new Random(1).NextBytes(samples);
        return StillImage.FromPixels<byte>(samples, width, height, bands);
    }

    internal static StillImage Gradient(int width, int height)
    {
        var samples = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        for (var x = 0; x < width; x++)
        {
            var at = ((y * width) + x) * 3;
            samples[at] = (byte)(255 * x / width);
            samples[at + 1] = (byte)(255 * y / height);
            samples[at + 2] = 90;
        }

        return StillImage.FromPixels<byte>(samples, width, height, 3);
    }

    internal static int LargestDifference(StillImage a, StillImage b)
    {
        var largest = 0;
        var left = a.Pixels<byte>();
        var right = b.Pixels<byte>();
        for (var i = 0; i < left.Length; i++) largest = Math.Max(largest, Math.Abs(left[i] - right[i]));
        return largest;
    }
}
