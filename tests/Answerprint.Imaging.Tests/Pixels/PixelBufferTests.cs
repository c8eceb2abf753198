using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace Answerprint.Imaging.Tests.Pixels;

public sealed class PixelBufferTests
{
    [Theory]
    [InlineData(0, 1, 3)]
    [InlineData(1, 0, 3)]
    [InlineData(1, 1, 0)]
    [InlineData(-1, 1, 3)]
    [InlineData(PixelLayout.MaxDimension + 1, 1, 3)]
    [InlineData(PixelLayout.MaxDimension, PixelLayout.MaxDimension, 3)]
    [InlineData(4, 4, PixelLayout.MaxChannels + 1)]
    public void Impossible_sizes_are_refused(int width, int height, int channels)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PixelLayout.Interleaved(width, height, channels));
        Assert.Throws<ArgumentOutOfRangeException>(() => PixelLayout.Planar(width, height, channels));
    }

    [Fact]
    public void Overlapping_strides_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PixelLayout(10, 4, 3, 2, 30, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PixelLayout(10, 4, 3, 3, 29, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PixelLayout(10, 4, 3, 1, 10, 20));
    }

    [Fact]
    public void Line_planar_strides_are_accepted()
    {
        // EXR keeps the channels of a row one after the other.
        var layout = new PixelLayout(10, 4, 3, 1, 30, 10);
        Assert.Equal(120, layout.RequiredLength);
        Assert.Equal(2 * 30 + 10 + 7, layout.IndexOf(7, 2, 1));
    }

    [Fact]
    public void Short_memory_is_refused() =>
        Assert.Throws<ArgumentException>(() => new PixelBuffer<byte>(new byte[11], PixelLayout.Interleaved(2, 2, 3)));

    [Fact]
    public void Sample_types_without_a_depth_are_refused() =>
        Assert.Throws<NotSupportedException>(() => new PixelBuffer<int>(PixelLayout.Interleaved(2, 2, 3)));

    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(3, 0, 0)]
    [InlineData(0, 2, 0)]
    [InlineData(0, 0, 3)]
    public void Access_outside_is_refused(int x, int y, int channel)
    {
        var image = new PixelBuffer<byte>(PixelLayout.Planar(3, 2, 3, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => image[x, y, channel]);
        Assert.Throws<ArgumentOutOfRangeException>(() => image.View[x, y, channel]);
    }

    [Fact]
    public void Crop_is_bit_exact_at_every_depth_and_layout() =>
        Prop.ForAll(Gen.Choose(1, 1 << 20).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            int width = random.Next(1, 20), height = random.Next(1, 20), channels = random.Next(1, 5), padding = random.Next(5);
            var layout = random.Next(2) == 0
                ? PixelLayout.Interleaved(width, height, channels, width * channels + padding)
                : PixelLayout.Planar(width, height, channels, width + padding);
            int x = random.Next(width), y = random.Next(height);
            var area = new PixelRect(x, y, random.Next(1, width - x + 1), random.Next(1, height - y + 1));
            CheckCrop(Pictures.Noise<byte>(layout, seed), area);
            CheckCrop(Pictures.Noise<ushort>(layout, seed), area);
            CheckCrop(Pictures.Noise<Half>(layout, seed), area);
            CheckCrop(Pictures.Noise<float>(layout, seed), area);
        }).Check(Config.QuickThrowOnFailure);

    private static void CheckCrop<T>(PixelBuffer<T> image, PixelRect area)
        where T : unmanaged
    {
        PixelBuffer<T> crop = image.Crop(area);
        for (int c = 0; c < image.Channels; c++)
        {
            for (int y = 0; y < area.Height; y++)
            {
                for (int x = 0; x < area.Width; x++)
                    Assert.Equal(image[area.X + x, area.Y + y, c], crop[x, y, c]);
            }
        }
    }

    [Fact]
    public void Crop_keeps_the_bits_of_special_half_floats()
    {
        ushort[] bits = [0x8000, 0x7C01, 0xFE00, 0x7C00, 0x0001];
        var image = new PixelBuffer<Half>(bits.Select(BitConverter.UInt16BitsToHalf).ToArray(), PixelLayout.Planar(5, 1, 1));
        Assert.Equal(bits[1..4], image.Crop(new PixelRect(1, 0, 3, 1)).Memory.ToArray().Select(BitConverter.HalfToUInt16Bits));
    }

    [Fact]
    public void Crop_outside_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PixelBuffer<byte>(PixelLayout.Interleaved(4, 4, 3)).Crop(new PixelRect(2, 2, 3, 1)));

    [Fact]
    public void Rescaled_rectangles_stay_inside_and_keep_the_whole() =>
        Prop.ForAll(Gen.Choose(1, 1 << 20).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            int width = random.Next(1, 500), height = random.Next(1, 500), toWidth = random.Next(1, 500), toHeight = random.Next(1, 500);
            int x = random.Next(width), y = random.Next(height);
            var inner = new PixelRect(x, y, random.Next(1, width - x + 1), random.Next(1, height - y + 1)).Rescale(width, height, toWidth, toHeight);
            Assert.True(inner.FitsIn(toWidth, toHeight));
            Assert.Equal(new PixelRect(0, 0, toWidth, toHeight), new PixelRect(0, 0, width, height).Rescale(width, height, toWidth, toHeight));
        }).Check(Config.QuickThrowOnFailure);
}
