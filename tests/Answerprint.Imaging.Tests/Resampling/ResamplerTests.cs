using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Resampling;
using Answerprint.Imaging.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace Answerprint.Imaging.Tests.Resampling;

public sealed class ResamplerTests
{
    private static PixelRect Whole<T>(PixelBuffer<T> image)
        where T : unmanaged => new(0, 0, image.Width, image.Height);

    [Fact]
    public void Same_bits_for_any_number_of_threads_and_as_the_scalar_twin()
    {
        Check<byte>(PixelLayout.Interleaved(61, 47, 3), ResampleKernel.Lanczos3);
        Check<byte>(PixelLayout.Interleaved(61, 47, 4), ResampleKernel.Mitchell);
        Check<ushort>(PixelLayout.Planar(61, 47, 3), ResampleKernel.Lanczos3);
        Check<Half>(PixelLayout.Planar(61, 47, 3), ResampleKernel.Lanczos3);
        Check<float>(PixelLayout.Interleaved(61, 47, 4), ResampleKernel.Mitchell);
    }

    private static void Check<T>(PixelLayout layout, ResampleKernel kernel)
        where T : unmanaged
    {
        var image = Pictures.Noise<T>(layout, 5);
        var crop = new PixelRect(3, 4, 50, 40);
        foreach ((int width, int height) in new[] { (23, 17), (97, 80), (50, 40), (1, 1) })
        {
            byte[] one = CanonicalPixels.Hash(Resampler.Resize(image, crop, width, height, new ResampleOptions { Kernel = kernel }));
            byte[] four = CanonicalPixels.Hash(Resampler.Resize(image, crop, width, height, new ResampleOptions { Kernel = kernel, MaxDegreeOfParallelism = 4 }));
            Assert.Equal(one, four);
            Assert.Equal(CanonicalPixels.Hash(ScalarResampler.Resize(image, crop, width, height, kernel)), one);
        }
    }

    [Fact]
    public void Flat_pictures_stay_flat_to_the_last_code() =>
        Prop.ForAll(Gen.Choose(0, 65535).ToArbitrary(), code =>
        {
            var random = new Random(code);
            var image = new PixelBuffer<ushort>(PixelLayout.Planar(random.Next(1, 40), random.Next(1, 40), 3));
            image.Memory.Span.Fill((ushort)code);
            var kernel = random.Next(2) == 0 ? ResampleKernel.Lanczos3 : ResampleKernel.Mitchell;
            var result = Resampler.Resize(image, Whole(image), random.Next(1, 60), random.Next(1, 60), new ResampleOptions { Kernel = kernel });
            Assert.All(result.Memory.ToArray(), value => Assert.Equal(code, value));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Weights_of_every_output_add_to_exactly_one() =>
        Prop.ForAll(Gen.Choose(1, 300).ToArbitrary(), Gen.Choose(1, 300).ToArbitrary(), (source, target) =>
        {
            var weights = FilterWeights.Create(ResampleKernel.Lanczos3, 0, source, target);
            for (int i = 0; i < target; i++)
            {
                double sum = 0;
                foreach (float weight in weights.Weights.AsSpan(i * weights.Taps, weights.Taps))
                    sum += weight;
                Assert.Equal(1.0, sum);
                Assert.InRange(weights.Firsts[i], 0, source - weights.Taps);
            }
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Same_size_changes_nothing()
    {
        var image = Pictures.Noise<ushort>(PixelLayout.Interleaved(31, 22, 3), 9);
        var result = Resampler.Resize(image, Whole(image), 31, 22);
        Assert.Equal(image.Memory.ToArray(), result.Memory.ToArray());
    }

    [Fact]
    public void Black_and_white_lines_average_in_light()
    {
        var image = new PixelBuffer<byte>(PixelLayout.Interleaved(256, 8, 3));
        for (int i = 0; i < image.Memory.Length; i++)
            image.Memory.Span[i] = (byte)(i / 3 % 2 * 255);
        var result = Resampler.Resize(image, Whole(image), 16, 8);
        // Half the light is code 188, not 128.
        Assert.InRange(result[8, 4, 1], 186, 190);
    }

    [Fact]
    public void Colour_of_transparent_pixels_does_not_bleed()
    {
        var image = new PixelBuffer<byte>(PixelLayout.Interleaved(64, 64, 4));
        for (int i = 0; i < 64 * 64; i++)
        {
            bool left = i % 64 < 32;
            (image.Memory.Span[4 * i], image.Memory.Span[4 * i + 1], image.Memory.Span[4 * i + 3]) = left ? ((byte)200, (byte)0, (byte)255) : ((byte)0, (byte)255, (byte)0);
        }
        var result = Resampler.Resize(image, Whole(image), 20, 20);
        for (int x = 0; x < 20; x++)
        {
            if (result[x, 10, 3] > 0)
                Assert.InRange(result[x, 10, 0], 198, 202);
            Assert.True(result[x, 10, 3] == 0 || result[x, 10, 1] < 4, $"green bleeds at {x}");
        }
    }

    [Fact]
    public void Nothing_outside_the_crop_is_read()
    {
        var image = Pictures.Noise<byte>(PixelLayout.Interleaved(40, 40, 3), 3);
        var crop = new PixelRect(10, 10, 20, 20);
        byte[] before = CanonicalPixels.Hash(Resampler.Resize(image, crop, 13, 13));
        for (int y = 0; y < 40; y++)
        {
            for (int x = 0; x < 40; x++)
            {
                if (!crop.Contains(x, y))
                    image[x, y, 1] ^= 255;
            }
        }
        Assert.Equal(before, CanonicalPixels.Hash(Resampler.Resize(image, crop, 13, 13)));
    }

    [Fact]
    public void Scene_linear_highlights_survive()
    {
        var image = new PixelBuffer<Half>(PixelLayout.Planar(16, 16, 3));
        image.Memory.Span.Fill((Half)12.5f);
        Assert.All(Resampler.Resize(image, Whole(image), 9, 9).Memory.ToArray(), value => Assert.Equal((Half)12.5f, value));
    }

    [Fact]
    public void Ramp_keeps_its_slope()
    {
        var image = new PixelBuffer<float>(PixelLayout.Planar(200, 4, 1));
        for (int i = 0; i < 800; i++)
            image.Memory.Span[i] = i % 200;
        var result = Resampler.Resize(image, Whole(image), 50, 4);
        for (int x = 8; x < 42; x++)
            Assert.Equal((x + 0.5) * 4 - 0.5, result[x, 2, 0], 0.02);
    }

    [Fact]
    public void No_filter_is_a_copy_and_cannot_change_the_size()
    {
        var image = Pictures.Noise<byte>(PixelLayout.Interleaved(8, 8, 3), 3);
        var crop = new PixelRect(2, 2, 4, 4);
        var options = new ResampleOptions { Kernel = ResampleKernel.None };
        Assert.Equal(CanonicalPixels.Hash(image.Crop(crop)), CanonicalPixels.Hash(Resampler.Resize(image, crop, 4, 4, options)));
        Assert.Throws<ArgumentException>(() => Resampler.Resize(image, crop, 5, 4, options));
    }

    [Fact]
    public void Impossible_requests_are_refused()
    {
        var image = new PixelBuffer<byte>(PixelLayout.Interleaved(8, 8, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resampler.Resize(image, new PixelRect(0, 0, 9, 8), 4, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resampler.Resize(image, Whole(image), 0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resampler.Resize(image, Whole(image), 4, 4, new ResampleOptions { MaxDegreeOfParallelism = 0 }));
        Assert.Throws<ArgumentException>(() => Resampler.Resize(new PixelBuffer<byte>(PixelLayout.Planar(8, 8, 5)), Whole(image), 4, 4));
    }

    [Fact]
    public void Cancelled_work_stops() =>
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Resampler.Resize(new PixelBuffer<byte>(PixelLayout.Interleaved(8, 8, 3)), new PixelRect(0, 0, 8, 8), 4, 4, null, new CancellationToken(true)));

    [Fact]
    public void Encoded_grey_equals_encoding_of_the_same_light() => Assert.Equal(188, SRgb.To8Bit(0.5f));
}
