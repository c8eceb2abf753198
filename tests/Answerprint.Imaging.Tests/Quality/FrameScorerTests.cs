using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Quality;
using Answerprint.Imaging.Tests.Shared;

namespace Answerprint.Imaging.Tests.Quality;

public sealed class FrameScorerTests
{
    internal const int Width = 480;
    internal const int Height = 270;

    internal static PixelView<byte> View(byte[] frame) => new(frame, PixelLayout.Interleaved(Width, Height, 3));

    private static byte[] Scene(int seed) => Pictures.Scene(seed, Width, Height);

    /// <summary>Mean over a run of pixels along a row: what a moving camera does.</summary>
    private static byte[] Smear(byte[] frame, int length, bool across)
    {
        var result = new byte[frame.Length];
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                for (int c = 0; c < 3; c++)
                {
                    int sum = 0;
                    for (int k = 0; k < length; k++)
                    {
                        int sx = across ? Math.Min(Width - 1, x + k) : x, sy = across ? y : Math.Min(Height - 1, y + k);
                        sum += frame[(sy * Width + sx) * 3 + c];
                    }
                    result[(y * Width + x) * 3 + c] = (byte)(sum / length);
                }
            }
        }
        return result;
    }

    private static FrameScore Score(byte[] frame) => FrameScorer.Score(View(frame));

    [Theory]
    [InlineData(0, "black frame")]
    [InlineData(5, "black frame")]
    [InlineData(128, "empty frame: one flat tone")]
    [InlineData(255, "white frame")]
    public void Frames_without_a_picture_are_refused(byte code, string reason)
    {
        FrameScore score = Score(Pictures.Flat(Width, Height, code));
        Assert.Equal(reason, score.Refusal);
        Assert.Equal(reason, score.Explain());
        Assert.Equal(0, score.Total);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Defocus_lowers_sharpness_and_total(int seed)
    {
        byte[] sharp = Scene(seed), soft = Smear(Smear(sharp, 9, true), 9, false);
        Assert.True(Score(soft)[QualityAspect.Sharpness].Value < 0.6 * Score(sharp)[QualityAspect.Sharpness].Value);
        Assert.True(Score(soft).Total < Score(sharp).Total);
    }

    [Theory]
    [InlineData(true, "from side to side")]
    [InlineData(false, "up and down")]
    public void Smear_is_motion_blur_and_its_direction_is_named(bool across, string direction)
    {
        QualityTerm still = Score(Scene(4))[QualityAspect.MotionBlur], moving = Score(Smear(Scene(4), 9, across))[QualityAspect.MotionBlur];
        Assert.True(still.Value > 0.6);
        Assert.True(moving.Value < 0.3);
        Assert.Contains(direction, moving.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Dark_and_burnt_out_frames_lose_exposure()
    {
        byte[] scene = Scene(5);
        double good = Score(scene)[QualityAspect.Exposure].Value;
        Assert.True(Score([.. scene.Select(v => (byte)(v / 8))])[QualityAspect.Exposure].Value < 0.5 * good);
        Assert.True(Score([.. scene.Select(v => (byte)Math.Min(255, v * 3))])[QualityAspect.Exposure].Value < 0.7 * good);
    }

    [Fact]
    public void Grey_has_no_colour_and_little_contrast_when_flattened()
    {
        byte[] scene = Scene(6), grey = [.. Enumerable.Range(0, scene.Length).Select(i => (byte)(100 + scene[i / 3 * 3] / 8))];
        Assert.Equal(0, Score(grey)[QualityAspect.Colourfulness].Value, 0.01);
        Assert.True(Score(grey)[QualityAspect.Contrast].Value < 0.3);
        Assert.True(Score(scene)[QualityAspect.Colourfulness].Value > 0.8);
    }

    [Fact]
    public void Grain_is_seen()
    {
        var random = new Random(7);
        byte[] scene = Scene(7), noisy = [.. scene.Select(v => (byte)Math.Clamp(v + random.Next(-30, 31), 0, 255))];
        Assert.True(Score(scene)[QualityAspect.Noise].Value > 0.9);
        Assert.Equal("noisy", Score(noisy)[QualityAspect.Noise].Reason);
    }

    [Fact]
    public void Scores_are_weighted_means_of_terms_in_range_and_repeat()
    {
        for (int seed = 10; seed < 20; seed++)
        {
            FrameScore score = Score(Scene(seed)), again = Score(Scene(seed));
            Assert.Equal(1, score.Terms.Sum(t => t.Weight), 1e-9);
            Assert.All(score.Terms, t => Assert.InRange(t.Value, 0, 1));
            Assert.All(score.Terms, t => Assert.NotEmpty(t.Reason));
            Assert.Equal(Enum.GetValues<QualityAspect>(), score.Terms.Select(t => t.Aspect).Order());
            Assert.InRange(score.Total, 0, score.Terms.Sum(t => t.Weight * t.Value) + 1e-12);
            Assert.Equal(score.Terms, again.Terms);
            Assert.Equal(0, score.Descriptor.DistanceTo(again.Descriptor));
        }
    }

    [Fact]
    public void Subject_is_found_where_it_is()
    {
        foreach ((int x, int y) in new[] { (120, 90), (240, 135), (340, 150) })
        {
            byte[] frame = Figure(x, y);
            SaliencyMap map = SaliencyMap.Create(View(frame));
            PixelRect subject = map.Subject.Rescale(map.Width, map.Height, Width, Height);
            Assert.True(subject.Contains(x, y), $"{subject} misses {x}, {y}");
            Assert.True(subject.Area < Width * Height / 4);
        }
    }

    [Fact]
    public void Detected_subjects_count()
    {
        byte[] frame = Figure(120, 90);
        var face = new PixelRect(330, 120, 70, 80);
        SaliencyMap map = SaliencyMap.Create(View(frame), [face]);
        Assert.True(map.Subject.Rescale(map.Width, map.Height, Width, Height).Intersect(face).Area > face.Area / 2);
    }

    [Fact]
    public void Saliency_outside_the_map_is_refused()
    {
        SaliencyMap map = SaliencyMap.Create(View(Scene(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => map[map.Width, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => map[0, -1]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 400)]
    [InlineData(400, 3)]
    [InlineData(97, 31)]
    public void Odd_sizes_are_scored(int width, int height)
    {
        FrameScore score = FrameScorer.Score(new PixelView<byte>(Pictures.Scene(3, width, height), PixelLayout.Interleaved(width, height, 3)));
        Assert.InRange(score.Total, 0, 1);
    }

    [Fact]
    public void Luma_alone_is_refused() =>
        Assert.Throws<ArgumentException>(() => FrameScorer.Score(new PixelView<byte>(new byte[100], PixelLayout.Interleaved(10, 10, 1))));

    /// <summary>A striped figure of 60 x 80 pixels before an even ground.</summary>
    internal static byte[] Figure(int centreX, int centreY)
    {
        byte[] frame = Pictures.Flat(Width, Height, 90);
        for (int y = Math.Max(0, centreY - 40); y < Math.Min(Height, centreY + 40); y++)
        {
            for (int x = Math.Max(0, centreX - 30); x < Math.Min(Width, centreX + 30); x++)
                (frame[(y * Width + x) * 3], frame[(y * Width + x) * 3 + 1]) = ((byte)(x / 4 % 2 * 120 + 120), (byte)(y / 4 % 2 * 100));
        }
        return frame;
    }
}
