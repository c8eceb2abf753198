using Answerprint.Imaging.Motion;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Tests.Shared;

namespace Answerprint.Imaging.Tests.Motion;

public sealed class ShotDetectorTests
{
    private const int Width = 96;
    private const int Height = 54;

    private static IEnumerable<byte[]> Shot(int seed, int frames, double speed = 0.3) =>
        Enumerable.Range(0, frames).Select(i => Pictures.Scene(seed, Width, Height, i * speed));

    private static List<int> Cuts(IEnumerable<byte[]> frames) =>
        [.. Detection.Run(frames).Where(b => b.Kind == BoundaryKind.Cut).Select(b => b.StartFrame)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Very_short_clips_of_one_shot_have_no_boundary(int frames) => Assert.Empty(Detection.Run(Shot(1, frames)));

    [Fact]
    public void Two_frames_of_two_scenes_are_a_cut() => Assert.Equal([1], Cuts(Shot(1, 1).Concat(Shot(2, 1))));

    [Fact]
    public void Still_picture_has_no_boundary() => Assert.Empty(Detection.Run(Shot(3, 200, 0)));

    [Fact]
    public void Black_clip_has_no_boundary() => Assert.Empty(Detection.Run(Enumerable.Repeat(Pictures.Flat(Width, Height, 0), 60)));

    [Fact]
    public void Grain_alone_is_no_boundary()
    {
        var random = new Random(4);
        byte[] scene = Pictures.Scene(4, Width, Height);
        Assert.Empty(Detection.Run(Enumerable.Range(0, 80).Select(_ => scene.Select(v => (byte)Math.Clamp(v + random.Next(-14, 15), 0, 255)).ToArray())));
    }

    [Fact]
    public void Cuts_between_scenes_are_found_at_their_frame()
    {
        var frames = Enumerable.Range(10, 12).SelectMany(seed => Shot(seed, 8 + seed)).ToList();
        int[] expected = [.. Enumerable.Range(10, 11).Select(seed => Enumerable.Range(10, seed - 9).Sum(s => 8 + s))];
        Assert.Equal(expected, Cuts(frames));
    }

    [Fact]
    public void Luma_alone_is_enough_for_cuts()
    {
        byte[][] grey = [.. Shot(45, 20).Concat(Shot(46, 20)).Select(f => Enumerable.Range(0, Width * Height).Select(i => (byte)((f[3 * i] + 2 * f[3 * i + 1] + f[3 * i + 2]) / 4)).ToArray())];
        Assert.Equal([20], Detection.Run(grey).Select(b => b.StartFrame));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Flash_is_no_cut(int length)
    {
        byte[] white = Pictures.Flat(Width, Height, 255);
        List<byte[]> frames = [.. Shot(5, 60)];
        for (int i = 30; i < 30 + length; i++)
            frames[i] = Pictures.Mix(frames[i], white, 0.85);
        Assert.Empty(Detection.Run(frames));
    }

    [Fact]
    public void Strobe_is_no_cut()
    {
        byte[] white = Pictures.Flat(Width, Height, 255);
        Assert.Empty(Detection.Run(Shot(6, 80).Select((f, i) => i is > 20 and < 60 && i % 4 < 2 ? Pictures.Mix(f, white, 0.8) : f)));
    }

    [Fact]
    public void Cut_under_a_flash_is_found()
    {
        byte[] white = Pictures.Flat(Width, Height, 255);
        List<byte[]> frames = [.. Shot(7, 30).Concat(Shot(8, 30))];
        frames[30] = Pictures.Mix(frames[30], white, 0.6);
        Assert.Equal([30], Cuts(frames));
    }

    [Fact]
    public void Camera_whip_is_no_cut()
    {
        // A wide scene passes by: slow, a swing of seven hundredths of the width each frame, slow again.
        byte[] panorama = Pictures.Scene(9, 4 * Width, Height);
        double x = 0;
        var frames = new List<byte[]>();
        for (int i = 0; i < 70; i++)
        {
            x += i is >= 25 and < 40 ? 7 : 0.4;
            frames.Add(Window(panorama, 4 * Width, (int)x));
        }
        Assert.Empty(Cuts(frames));
    }

    private static byte[] Window(byte[] panorama, int width, int left)
    {
        var frame = new byte[Width * Height * 3];
        for (int y = 0; y < Height; y++)
            panorama.AsSpan((y * width + left) * 3, Width * 3).CopyTo(frame.AsSpan(y * Width * 3));
        return frame;
    }

    [Theory]
    [InlineData(10)]
    [InlineData(24)]
    [InlineData(48)]
    [InlineData(80)]
    public void Dissolve_is_found_with_its_ends(int length)
    {
        List<byte[]> first = [.. Shot(30, 60 + length, 0.05)], second = [.. Shot(31, 60 + length, 0.05)];
        var frames = first[..60].Concat(Enumerable.Range(0, length).Select(i => Pictures.Mix(first[60 + i], second[i], (i + 1.0) / (length + 1)))).Concat(second[length..]);
        ShotBoundary found = Assert.Single(Detection.Run(frames));
        Assert.Equal(BoundaryKind.Dissolve, found.Kind);
        Assert.InRange(found.StartFrame, 60 - length / 6 - 2, 60 + length / 6 + 2);
        Assert.InRange(found.EndFrame, 60 + length - length / 6 - 2, 60 + length + length / 6 + 2);
    }

    [Fact]
    public void Fade_to_black_and_back_is_a_fade_out_and_a_fade_in()
    {
        byte[] black = Pictures.Flat(Width, Height, 0);
        List<byte[]> first = [.. Shot(32, 60, 0.1)], second = [.. Shot(33, 60, 0.1)];
        var frames = first[..40].Concat(Enumerable.Range(0, 20).Select(i => Pictures.Mix(first[40 + i], black, (i + 1) / 20.0)))
            .Concat(Enumerable.Repeat(black, 15)).Concat(Enumerable.Range(0, 20).Select(i => Pictures.Mix(black, second[i], (i + 1) / 20.0))).Concat(second[20..]);
        IReadOnlyList<ShotBoundary> found = Detection.Run(frames);
        Assert.Equal([BoundaryKind.FadeOut, BoundaryKind.FadeIn], found.Select(b => b.Kind));
        Assert.InRange(found[0].StartFrame, 37, 44);
        Assert.InRange(found[0].EndFrame, 56, 62);
        Assert.InRange(found[1].StartFrame, 72, 79);
        Assert.InRange(found[1].EndFrame, 91, 97);
    }

    [Fact]
    public void Presentation_times_are_handed_back()
    {
        ShotBoundary cut = Assert.Single(Detection.Run(Shot(40, 15).Concat(Shot(41, 15)), pts: i => i * i + 7L));
        Assert.Equal((15 * 15 + 7, 15 * 15 + 7), (cut.StartPts, cut.EndPts));
    }

    [Fact]
    public void Boundaries_come_in_order_and_soon()
    {
        var detector = new ShotDetector();
        var frames = Enumerable.Range(50, 30).SelectMany(seed => Shot(seed, 20)).ToList();
        int last = -1, count = 0;
        for (int i = 0; i < frames.Count; i++)
        {
            foreach (ShotBoundary boundary in detector.Push(new PixelView<byte>(frames[i], PixelLayout.Interleaved(Width, Height, 3)), i))
            {
                Assert.True(boundary.StartFrame > last);
                Assert.InRange(i - boundary.StartFrame, 0, 40);
                last = boundary.StartFrame;
                count++;
            }
        }
        Assert.InRange(count, 26, 29);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 300)]
    [InlineData(64, 36)]
    [InlineData(641, 361)]
    public void Any_size_of_frame_will_do(int width, int height)
    {
        var frames = Enumerable.Range(0, 8).Select(i => Pictures.Scene(70 + i / 4, width, height)).ToList();
        Assert.All(Detection.Run(frames, width, height), b => Assert.Equal(4, b.StartFrame));
    }

    [Fact]
    public void Shots_are_what_boundaries_leave()
    {
        ShotBoundary[] boundaries = [new(BoundaryKind.Cut, 10, 10, 0, 0, 1), new(BoundaryKind.Dissolve, 30, 42, 0, 0, 1)];
        Assert.Equal([new(0, 0, 10), new(1, 10, 30), new(2, 42, 60)], Shot(boundaries, 60));
        Assert.Equal([new Shot(0, 0, 5)], Shot([], 5));
        Assert.Empty(Shot([], 0));
    }

    private static IReadOnlyList<Shot> Shot(ShotBoundary[] boundaries, int frames) => Answerprint.Imaging.Motion.Shot.Between(boundaries, frames);

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShotDetector(new ShotDetectorOptions { CutThreshold = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShotDetector(new ShotDetectorOptions { LongestTransition = 500 }));
    }
}
