using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Quality;
using Answerprint.Imaging.Resampling;
using Answerprint.Imaging.Synthesis.Variation;
using Answerprint.Imaging.Tests.Shared;

namespace Answerprint.Imaging.Tests.Synthesis.Variation;

public sealed class VariationSynthesisTests
{
    private static readonly Picture Village = Picture.Create(Textures.Village(64, 48));

    private static VariationOptions Options(
        int width = 64, int height = 48, ulong seed = 1, double strength = 1, int threads = 1, VariationVote vote = VariationVote.Blend, Picture? layout = null, Rgb24[]? palette = null) =>
        new() { Width = width, Height = height, Seed = seed, Strength = strength, MaxDegreeOfParallelism = threads, Vote = vote, Layout = layout, Palette = palette ?? [] };

    [Fact]
    public void Every_number_of_threads_gives_the_same_pixels()
    {
        byte[] one = VariationSynthesis.Create([Village], Options(96, 72, threads: 1)).Picture.Hash();
        foreach (int threads in new[] { 2, 3, 7 })
            Assert.Equal(one, VariationSynthesis.Create([Village], Options(96, 72, threads: threads)).Picture.Hash());
    }

    // The bytes of one variation as they are on every machine; instruction sets are switched off from outside to check them.
    [Fact]
    public void The_pixels_are_the_recorded_ones()
    {
        byte[] hash = VariationSynthesis.Create([Village], Options(96, 72, seed: 11, strength: 0.9, threads: 2)).Picture.Hash();
        Assert.Equal(Recorded, Convert.ToHexStringLower(hash)[..32]);
    }

    private const string Recorded = "f3a89c8f7f394e204528f6c68fd83844";

    [Fact]
    public void Seeds_give_different_pictures_of_the_same_look()
    {
        PixelBuffer<byte>[] outputs = [.. Enumerable.Range(0, 4).Select(seed => Pixels(VariationSynthesis.Create([Village], Options(seed: (ulong)seed))))];
        var reference = ((Picture<byte>)Village).Pixels;
        Assert.InRange(GenerationDiversity.Measure(outputs, reference.View), 0.2, 1.2);
        foreach (PixelBuffer<byte> output in outputs)
            Assert.InRange(BidirectionalSimilarity.Measure(output, [reference], exact: true).Coherence, 0, 12);
    }

    [Fact]
    public void Strength_zero_is_the_reference()
    {
        Assert.Equal(Village.Hash(), VariationSynthesis.Create([Village], Options(strength: 0, vote: VariationVote.Copy)).Picture.Hash());
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(0.8)]
    [InlineData(1.0)]
    public void From_six_tenths_no_picture_is_a_whole_copy(double strength)
    {
        for (ulong seed = 0; seed < 4; seed++)
        {
            AttributionField field = VariationSynthesis.Create([Village], Options(96, 72, seed, strength)).Field;
            // The most common shift between a pixel and its source: a whole copy would have it everywhere.
            int most = Enumerable.Range(0, field.Sources.Length)
                .CountBy(i => (field.Columns[i] - i % field.Width, field.Rows[i] - i / field.Width)).Max(shift => shift.Value);
            Assert.InRange(most, 1, field.Sources.Length * 8 / 10);
        }
    }

    [Fact]
    public void Copy_takes_every_pixel_from_where_the_field_says()
    {
        VariationResult result = VariationSynthesis.Create([Village], Options(vote: VariationVote.Copy));
        PixelBuffer<byte> pixels = Pixels(result), source = ((Picture<byte>)Village).Pixels;
        for (int i = 0; i < result.Field.Sources.Length; i++)
        {
            for (int c = 0; c < 3; c++)
                Assert.Equal(source[result.Field.Columns[i], result.Field.Rows[i], c], pixels[i % 64, i / 64, c]);
        }
    }

    [Fact]
    public void The_map_says_what_a_blend_averaged()
    {
        VariationResult result = VariationSynthesis.Create([Village], Options());
        var source = new AttributionSource(new byte[32], 64, 48, "village");
        AttributionMap map = result.MapOf([source]);
        PixelBuffer<byte> pixels = Pixels(result), from = ((Picture<byte>)Village).Pixels;
        for (int y = 0; y < 48; y += 5)
        {
            for (int x = 0; x < 64; x += 3)
            {
                IReadOnlyList<Contribution> parts = map.At(x, y);
                Assert.Equal(AttributionMap.PixelWeight, parts.Sum(part => part.Weight));
                double red = parts.Sum(part => part.Weight * (double)from[(int)part.X, (int)part.Y, 0]) / AttributionMap.PixelWeight;
                Assert.InRange(pixels[x, y, 0] - red, -1.01, 0.01);
            }
        }
    }

    [Fact]
    public void A_reduced_reference_is_named_in_its_own_pixels()
    {
        Picture large = Picture.Create(Textures.Village(128, 96));
        VariationResult result = VariationSynthesis.Create([large], Options(64, 48, strength: 0));
        AttributionField field = result.OriginalField();
        Assert.Equal((64, 48), (result.Scaled[0].Width, result.Scaled[0].Height));
        Assert.InRange(field.Columns[10 * 64 + 20], 39, 42);
        Assert.InRange(field.Rows[10 * 64 + 20], 19, 22);
        Assert.Equal(64 * 48 * (long)AttributionMap.PixelWeight, result.MapOf([new AttributionSource(new byte[32], 128, 96, "l")]).Shares().Sum(share => share.Weight));
    }

    [Theory]
    [InlineData(8, 8, 8, 8)]
    [InlineData(8, 8, 40, 9)]
    [InlineData(1, 1, 8, 8)]
    [InlineData(64, 48, 8, 8)]
    [InlineData(64, 48, 300, 12)]
    [InlineData(200, 10, 24, 24)]
    public void Any_sizes_go_together(int referenceWidth, int referenceHeight, int width, int height)
    {
        Picture reference = Picture.Create(Pictures.Noise<byte>(PixelLayout.Interleaved(referenceWidth, referenceHeight, 3), 1));
        foreach (double strength in new[] { 0, 0.3, 1 })
        {
            VariationResult result = VariationSynthesis.Create([reference], Options(width, height, strength: strength));
            Assert.Equal((width, height), (result.Picture.Width, result.Picture.Height));
        }
    }

    [Fact]
    public void Wildly_different_references_all_take_part()
    {
        Picture tiny = Picture.Create(Pictures.Noise<byte>(PixelLayout.Interleaved(16, 16, 3), 5));
        VariationResult result = VariationSynthesis.Create([Village, tiny], Options(48, 36));
        Assert.Equal(2, result.Scaled.Count);
        Assert.Contains((ushort)0, result.Field.Sources.ToArray());
    }

    [Fact]
    public void Grey_stays_grey_and_alpha_stays()
    {
        Picture grey = Picture.Create(Pictures.Noise<byte>(PixelLayout.Interleaved(40, 30, 1), 2));
        Assert.Equal((1, false), Shape(VariationSynthesis.Create([grey], Options(40, 30)).Picture));
        Picture cutOut = Picture.Create(Pictures.Noise<byte>(PixelLayout.Interleaved(40, 30, 4), 2));
        Assert.Equal((3, true), Shape(VariationSynthesis.Create([cutOut], Options(40, 30)).Picture));
        Assert.Equal((3, true), Shape(VariationSynthesis.Create([grey, cutOut], Options(40, 30)).Picture));
        static (int, bool) Shape(Picture picture) => (picture.ColourChannels, picture.HasAlpha);
    }

    [Fact]
    public void Sixteen_bits_and_halfs_are_copied_bit_for_bit()
    {
        Check(Pictures.Noise<ushort>(PixelLayout.Interleaved(40, 30, 3), 2));
        Check(Pictures.Noise<Half>(PixelLayout.Planar(40, 30, 3), 2));
        Check(Pictures.Noise<float>(PixelLayout.Interleaved(40, 30, 4), 2));
        static void Check<T>(PixelBuffer<T> reference)
            where T : unmanaged
        {
            VariationResult result = VariationSynthesis.Create([Picture.Create(reference)], Options(40, 30, vote: VariationVote.Copy));
            var made = (Picture<T>)result.Picture;
            for (int i = 0; i < result.Field.Sources.Length; i++)
                Assert.Equal(reference[result.Field.Columns[i], result.Field.Rows[i], 1], made.Pixels[i % 40, i / 40, 1]);
        }
    }

    [Fact]
    public void References_of_unlike_depth_become_8_bits_and_light_does_not_mix()
    {
        Picture deep = Picture.Create(Pictures.Noise<ushort>(PixelLayout.Interleaved(40, 30, 3), 2));
        Assert.Equal(SampleDepth.UInt8, VariationSynthesis.Create([Village, deep], Options(40, 30)).Picture.Depth);
        Picture linear = Picture.Create(Pictures.Noise<Half>(PixelLayout.Interleaved(40, 30, 3), 2));
        Assert.Throws<ArgumentException>(() => VariationSynthesis.Create([Village, linear], Options(40, 30)));
        Assert.Throws<ArgumentException>(() => VariationSynthesis.Create([], Options(40, 30)));
    }

    [Fact]
    public void A_layout_of_another_size_says_where_colours_go()
    {
        // Sky below, ground above: upside down.
        var painted = new PixelBuffer<byte>(PixelLayout.Interleaved(20, 10, 3));
        for (int y = 0; y < 10; y++)
        {
            for (int x = 0; x < 20; x++)
                (painted[x, y, 0], painted[x, y, 1], painted[x, y, 2]) = y < 5 ? ((byte)65, (byte)115, (byte)50) : ((byte)100, (byte)150, (byte)220);
        }
        PixelBuffer<byte> made = Pixels(VariationSynthesis.Create([Village], Options(strength: 0.3, layout: Picture.Create(painted))));
        Assert.True(Blue(made, 30, 46) > Blue(made, 0, 12) + 40, $"{Blue(made, 30, 46)} {Blue(made, 0, 12)}");
        static double Blue(PixelBuffer<byte> image, int from, int to) =>
            Enumerable.Range(from, to - from).Average(y => Enumerable.Range(0, image.Width).Average(x => image[x, y, 2]));
    }

    [Fact]
    public void A_palette_changes_the_arrangement_and_colours_no_pixel()
    {
        VariationResult plain = VariationSynthesis.Create([Village], Options(vote: VariationVote.Copy));
        VariationResult leaning = VariationSynthesis.Create([Village], Options(vote: VariationVote.Copy, palette: [new Rgb24(62, 112, 50)]));
        Assert.True(Green(leaning) > Green(plain), $"{Green(leaning)} {Green(plain)}");
        static double Green(VariationResult result) => Enumerable.Range(0, 64 * 48).Average(i => Pixels(result)[i % 64, i / 64, 2] == 50 ? 1.0 : 0.0);
    }

    [Fact]
    public void Refining_keeps_the_arrangement_of_a_draft()
    {
        Picture large = Picture.Create(Textures.Village(192, 144));
        VariationResult draft = VariationSynthesis.Create([large], Options(64, 48, seed: 5));
        VariationResult refined = VariationSynthesis.Refine(draft.Picture, [large], Options(192, 144, seed: 5, threads: 2));
        var small = Resampler.Resize(Pixels(refined), new PixelRect(0, 0, 192, 144), 64, 48);
        Assert.InRange(Psnr.Measure(Pixels(draft).View, small.View), 18, double.PositiveInfinity);
        Assert.Equal((192, 144), (refined.Scaled[0].Width, refined.Scaled[0].Height));
    }

    [Fact]
    public void Progress_rises_to_one_and_the_first_picture_is_small()
    {
        var reports = new List<VariationProgress>();
        _ = VariationSynthesis.Create([Village], Options(96, 72), new Recorder(reports));
        Assert.Equal(reports.OrderBy(report => report.Share), reports);
        Assert.Equal(1, reports[^1].Share);
        PixelBuffer<byte>[] previews = [.. reports.Where(report => report.Preview is not null).Select(report => report.Preview!)];
        Assert.Equal((48, 36), (previews[0].Width, previews[0].Height));
        Assert.Equal((96, 72), (previews[^1].Width, previews[^1].Height));
    }

    [Fact]
    public void Cancelling_stops_the_work()
    {
        using var cancel = new CancellationTokenSource();
        var stop = new Recorder([], cancel.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => VariationSynthesis.Create([Village], Options(256, 192, threads: 2), stop, cancel.Token));
    }

    [Theory]
    [InlineData(7, 48, 1.0)]
    [InlineData(64, 8193, 1.0)]
    [InlineData(64, 48, -0.1)]
    [InlineData(64, 48, 1.1)]
    [InlineData(64, 48, double.NaN)]
    public void Options_out_of_range_are_refused(int width, int height, double strength) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => VariationSynthesis.Create([Village], Options(width, height, strength: strength)));

    private static PixelBuffer<byte> Pixels(VariationResult result) => ((Picture<byte>)result.Picture).Pixels;

    private sealed class Recorder(List<VariationProgress> reports, Action? then = null) : IProgress<VariationProgress>
    {
        public void Report(VariationProgress value)
        {
            reports.Add(value);
            then?.Invoke();
        }
    }
}
