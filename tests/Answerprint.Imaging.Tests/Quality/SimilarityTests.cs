using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Quality;
using Answerprint.Imaging.Tests.Shared;
using Answerprint.Imaging.Tests.Synthesis.Variation;

namespace Answerprint.Imaging.Tests.Quality;

public sealed class SimilarityTests
{
    private static readonly PixelBuffer<byte> Village = Textures.Village(48, 36);

    [Fact]
    public void Psnr_of_equal_images_is_infinite_and_of_a_step_of_one_is_48_dB()
    {
        Assert.Equal(double.PositiveInfinity, Psnr.Measure(Village.View, Village.View));
        PixelBuffer<byte> dark = Flat(100), light = Flat(101);
        Assert.Equal(48.1308, Psnr.Measure(dark.View, light.View), 4);
    }

    [Fact]
    public void Ssim_is_one_for_equal_images_and_follows_its_formula_for_flat_ones()
    {
        Assert.Equal(1, Ssim.Measure(Village.View, Village.View), 12);
        const double C1 = 6.5025;
        Assert.Equal((2 * 100 * 150 + C1) / (100 * 100 + 150 * 150 + C1), Ssim.Measure(Flat(100).View, Flat(150).View), 9);
        PixelBuffer<byte> noise = Pictures.Noise<byte>(Village.Layout, 1);
        Assert.InRange(Ssim.Measure(Village.View, noise.View), -0.1, 0.2);
    }

    [Fact]
    public void Images_that_cannot_be_compared_are_refused()
    {
        PixelBuffer<byte> other = Textures.Village(47, 36);
        Assert.Throws<ArgumentException>(() => Psnr.Measure(Village.View, other.View));
        Assert.Throws<ArgumentException>(() => Ssim.Measure(Village.View, other.View));
        PixelBuffer<byte> small = Textures.Village(10, 10);
        Assert.Throws<ArgumentException>(() => Ssim.Measure(small.View, small.View));
        Assert.Throws<ArgumentException>(() => BidirectionalSimilarity.Measure(small, [small], 11));
        Assert.Throws<ArgumentException>(() => PatchSlicedWasserstein.Measure(small, small, 11));
        Assert.Throws<ArgumentException>(() => GenerationDiversity.Measure([Village], Village.View));
    }

    [Fact]
    public void Bidirectional_similarity_is_what_brute_force_says()
    {
        PixelBuffer<byte> made = Textures.Village(30, 24, seed: 8);
        var measured = BidirectionalSimilarity.Measure(made, [Village], 5, exact: true);
        Assert.Equal(BruteForce(made, Village, 5), measured.Coherence, 6);
        Assert.Equal(BruteForce(Village, made, 5), measured.Completeness, 6);
    }

    [Fact]
    public void A_part_is_coherent_but_not_complete()
    {
        PixelBuffer<byte> part = Village.Crop(new PixelRect(5, 5, 20, 20));
        var measured = BidirectionalSimilarity.Measure(part, [Village], exact: true);
        Assert.Equal(0, measured.Coherence);
        Assert.True(measured.Completeness > 1);
    }

    [Fact]
    public void Patch_distributions_are_equal_for_equal_images_and_further_apart_for_stranger_ones()
    {
        Assert.Equal(0, PatchSlicedWasserstein.Measure(Village, Village));
        double near = PatchSlicedWasserstein.Measure(Textures.Village(48, 36, seed: 9), Village), far = PatchSlicedWasserstein.Measure(Pictures.Noise<byte>(Village.Layout, 1), Village);
        Assert.True(0 < near && near < far, $"{near} {far}");
    }

    [Fact]
    public void A_shift_of_brightness_is_its_own_distance_at_one_pixel()
    {
        // Projections of single grey pixels onto a unit direction of one channel: the distance is the step.
        var grey = new PixelBuffer<byte>(PixelLayout.Interleaved(8, 8, 1));
        var lighter = new PixelBuffer<byte>(PixelLayout.Interleaved(8, 8, 1));
        lighter.Memory.Span.Fill(10);
        Assert.Equal(10, PatchSlicedWasserstein.Measure(grey, lighter, 1, 1), 9);
    }

    [Fact]
    public void Diversity_is_zero_for_equal_outputs_and_one_for_outputs_as_unlike_as_pixels()
    {
        Assert.Equal(0, GenerationDiversity.Measure([Village, Village, Village], Village.View));
        var halves = new PixelBuffer<byte>(PixelLayout.Interleaved(8, 8, 1));
        halves.Memory.Span[..32].Fill(200);
        PixelBuffer<byte> dark = Grey(0), light = Grey(200);
        Assert.Equal(1, GenerationDiversity.Measure([dark, light], halves.View), 9);
        static PixelBuffer<byte> Grey(byte code)
        {
            var image = new PixelBuffer<byte>(PixelLayout.Interleaved(8, 8, 1));
            image.Memory.Span.Fill(code);
            return image;
        }
    }

    private static PixelBuffer<byte> Flat(byte code) => new(Pictures.Flat(48, 36, code), PixelLayout.Interleaved(48, 36, 3));

    private static double BruteForce(PixelBuffer<byte> from, PixelBuffer<byte> to, int patch)
    {
        double sum = 0;
        int count = 0;
        for (int y = 0; y <= from.Height - patch; y++)
        {
            for (int x = 0; x <= from.Width - patch; x++, count++)
            {
                long least = long.MaxValue;
                for (int v = 0; v <= to.Height - patch; v++)
                {
                    for (int u = 0; u <= to.Width - patch; u++)
                        least = Math.Min(least, Distance(from, x, y, to, u, v, patch));
                }
                sum += least;
            }
        }
        return Math.Sqrt(sum / count / (3 * patch * patch));
    }

    private static long Distance(PixelBuffer<byte> a, int x, int y, PixelBuffer<byte> b, int u, int v, int patch)
    {
        long sum = 0;
        ReadOnlySpan<byte> first = a.Memory.Span, second = b.Memory.Span;
        for (int row = 0; row < patch; row++)
        {
            for (int i = 0; i < 3 * patch; i++)
            {
                int difference = first[3 * ((y + row) * a.Width + x) + i] - second[3 * ((v + row) * b.Width + u) + i];
                sum += difference * difference;
            }
        }
        return sum;
    }
}
