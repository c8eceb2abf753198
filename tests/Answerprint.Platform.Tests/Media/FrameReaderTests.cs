using System.Security.Cryptography;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Tests.Media;

public sealed class FrameReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FrameReader reader = new(Footage.Options);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_frame_is_seen_once_in_order_with_its_time()
    {
        var path = await Footage.CountingAsync(folder["a.mp4"], 50, "-bf", "2", "-g", "12");
        var video = await Footage.VideoAsync(path);
        var greys = new List<int>();
        var index = (await reader.ReadAllAsync(path, video, new FrameRequest(), (in VideoFrame frame) =>
        {
            Assert.Equal((64, 48, 64 * 48 * 3), (frame.Width, frame.Height, frame.Pixels.Length));
            Assert.Equal(frame.Number * 0.04, frame.Time.TotalSeconds, 6);
            greys.Add(frame.Pixels[5000]);
            return true;
        })).Require();
        Assert.Equal(50, index.Pts.Count);
        Assert.Equal("", index.Warnings);
        Assert.Equal(Enumerable.Range(0, 50).Select(Grey), greys);
    }

    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a.mkv")]
    [InlineData("a.ts")]
    public async Task Frame_n_is_the_nth_decoded_frame_with_and_without_seeking(string file)
    {
        var path = await Footage.CountingAsync(folder[file], 55, "-bf", "3", "-g", "10", "-x264-params", "open-gop=1");
        var video = await Footage.VideoAsync(path);
        var hashes = new List<string>();
        var index = (await reader.ReadAllAsync(path, video, new FrameRequest(), (in VideoFrame frame) =>
        {
            hashes.Add(Convert.ToHexString(SHA256.HashData(frame.Pixels)));
            return true;
        })).Require();
        Assert.Equal(55, index.Pts.Count);
        foreach (var number in new[] { 0, 1, 9, 10, 11, 27, 39, 40, 53, 54 })
        {
            var direct = (await reader.ReadAsync(path, video, number, new FrameRequest())).Require();
            var sought = (await reader.ReadAsync(path, video, number, new FrameRequest(), index)).Require();
            Assert.Equal(hashes[number], Convert.ToHexString(SHA256.HashData(direct.Pixels)));
            Assert.Equal(hashes[number], Convert.ToHexString(SHA256.HashData(sought.Pixels)));
            Assert.Equal((index.Pts[number], index.Pts[number]), (direct.Pts, sought.Pts));
        }
    }

    [Fact]
    public async Task Times_of_a_variable_rate_are_true()
    {
        var path = await MediaProbeTests.VariableAsync(folder["a.mp4"]);
        var video = await Footage.VideoAsync(path);
        var index = (await reader.ReadAllAsync(path, video, new FrameRequest { Width = 16, Height = 16 }, (in VideoFrame _) => true)).Require();
        var expected = Enumerable.Range(0, 100).Where(n => n % 3 != 0 && n % 7 != 0).Select(n => n * 0.04).ToArray();
        Assert.Equal(expected.Length, index.Pts.Count);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i] - expected[0], (index.Pts[i] - index.Pts[0]) * index.TimeBase.ToDouble(), 4);
        Assert.Equal(5, index.FrameAt(TimeSpan.FromSeconds(index.Pts[5] * index.TimeBase.ToDouble())));
        Assert.Equal(0, index.FrameAt(TimeSpan.FromSeconds(-1)));
        Assert.Equal(expected.Length - 1, index.FrameAt(TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task Sixteen_bits_keep_what_ten_bit_video_has()
    {
        var path = await Footage.FfmpegAsync(
            folder["a.mkv"], "-f", "lavfi", "-i", "nullsrc=s=1024x16:r=25,format=gbrp10le,geq=r='X':g='X':b='X'", "-frames:v", "1", "-c:v", "ffv1");
        var video = await Footage.VideoAsync(path);
        Assert.Equal(10, video.BitDepth);
        using var still = (await reader.ReadAsync(path, video, 0, new FrameRequest { Format = FrameFormat.Rgb48 })).Require().ToStill();
        var row = still.Pixels<ushort>()[..(1024 * 3)].ToArray().Where((_, i) => i % 3 == 0).Select(v => (int)v).ToArray();
        Assert.Equal(1024, row.Distinct().Count());
        for (var x = 0; x < 1024; x++) Assert.InRange(row[x], (x * 65535 / 1023) - 64, (x * 65535 / 1023) + 64);
    }

    [Fact]
    public async Task Turned_frames_come_upright()
    {
        var flat = await Footage.TestCardAsync(folder["a.mp4"]);
        var turned = await Footage.FfmpegAsync(folder["b.mp4"], "-i", flat, "-c", "copy", "-metadata:s:v", "rotate=270");
        var frame = (await reader.ReadAsync(turned, await Footage.VideoAsync(turned), 3, new FrameRequest())).Require();
        var upright = (await reader.ReadAsync(flat, await Footage.VideoAsync(flat), 3, new FrameRequest())).Require();
        Assert.Equal((180, 320), (frame.Width, frame.Height));
        // Turned by 90 degrees clockwise: the bottom left stored pixel is shown top left. Chroma is sampled after the turn, so nearly equal.
        var shown = frame.Pixels.AsSpan(((20 * 180) + 30) * 3, 3).ToArray();
        var stored = upright.Pixels.AsSpan((((180 - 1 - 30) * 320) + 20) * 3, 3).ToArray();
        for (var i = 0; i < 3; i++) Assert.InRange(shown[i], stored[i] - 40, stored[i] + 40);
    }

    [Fact]
    public async Task Colour_follows_the_stated_matrix_and_range()
    {
        foreach (var (matrix, range) in new[] { ("bt709", "tv"), ("smpte170m", "tv"), ("bt709", "pc") })
        {
            var path = await Footage.FfmpegAsync(
                folder["a.mkv"], "-f", "lavfi", "-i", "color=0xC83C28:s=64x64:r=25:d=0.2,format=gbrp", "-vf",
                $"scale=out_color_matrix={matrix}:out_range={range},format=yuv444p", "-c:v", "ffv1", "-colorspace", matrix, "-color_range", range);
            var frame = (await reader.ReadAsync(path, await Footage.VideoAsync(path), 0, new FrameRequest())).Require();
            Assert.InRange(frame.Pixels[0], 0xC8 - 3, 0xC8 + 3);
            Assert.InRange(frame.Pixels[1], 0x3C - 3, 0x3C + 3);
            Assert.InRange(frame.Pixels[2], 0x28 - 3, 0x28 + 3);
        }
    }

    [Theory]
    [InlineData(FrameFormat.Rgb24, 0)]
    [InlineData(FrameFormat.Rgb24, 90)]
    [InlineData(FrameFormat.Rgb48, 0)]
    public async Task Pixels_do_not_depend_on_vector_units_or_threads(FrameFormat format, int width)
    {
        var path = await Footage.TestCardAsync(folder["a.mp4"]);
        var video = await Footage.VideoAsync(path);
        var request = new FrameRequest { Format = format, Width = width, Height = width * 9 / 16, Fast = width > 0 };
        var frame = (await reader.ReadAsync(path, video, 0, request)).Require();
        var filter = Answerprint.Platform.Media.Video.VideoFilters.ToRgb(video, request, frame.Width, frame.Height);
        await Footage.FfmpegAsync(
            folder["plain.raw"], "-cpuflags", "0", "-threads", "1", "-filter_threads", "3", "-i", path, "-frames:v", "1", "-vf", filter, "-f", "rawvideo");
        Assert.Equal(await File.ReadAllBytesAsync(folder["plain.raw"]), frame.Pixels);
    }

    [Fact]
    public async Task Frames_outside_are_one_error()
    {
        var path = await Footage.CountingAsync(folder["a.mp4"], 5);
        var video = await Footage.VideoAsync(path);
        StillLoaderTests.AssertError(MediaErrorKind.OutOfRange, await reader.ReadAsync(path, video, 5, new FrameRequest()));
        StillLoaderTests.AssertError(MediaErrorKind.OutOfRange, await reader.ReadAsync(path, video, -1, new FrameRequest()));
        StillLoaderTests.AssertError(MediaErrorKind.OutOfRange, await reader.ReadAsync(path, video with { FrameCount = null }, 5, new FrameRequest()));
        var last = (await reader.ReadAtAsync(path, video, TimeSpan.FromHours(1), new FrameRequest())).Require();
        Assert.Equal(Grey(4), last.Pixels[0]);
    }

    [Fact]
    public async Task A_visitor_may_stop_or_throw_and_no_process_stays()
    {
        var path = await Footage.FfmpegAsync(folder["a.mp4"], "-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=8", "-c:v", "libx264", "-preset", "ultrafast");
        var video = await Footage.VideoAsync(path);
        var index = (await reader.ReadAllAsync(path, video, new FrameRequest(), (in VideoFrame frame) => frame.Number < 2)).Require();
        Assert.Equal(3, index.Pts.Count);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            reader.ReadAllAsync(path, video, new FrameRequest(), (in VideoFrame _) => throw new InvalidOperationException("mine")));
    }

    [Fact]
    public async Task Cancelling_stops_at_once()
    {
        var path = await Footage.FfmpegAsync(folder["a.mp4"], "-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=8", "-c:v", "libx264", "-preset", "ultrafast");
        var video = await Footage.VideoAsync(path);
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader.ReadAllAsync(path, video, new FrameRequest(), (in VideoFrame frame) =>
        {
            if (frame.Number == 1) cancel.Cancel();
            return true;
        }, null, cancel.Token));
    }

    [SharedDataFact]
    public async Task Webm_frames_by_number_are_the_frames_of_a_full_reading()
    {
        var path = SharedData.Path("footage", "tears-of-steel-battle-clip-medium.webm");
        var video = await Footage.VideoAsync(path);
        var hashes = new Dictionary<long, string>();
        var request = new FrameRequest { Width = 200, Height = 83 };
        var index = (await reader.ReadAllAsync(path, video, request, (in VideoFrame frame) =>
        {
            if (frame.Number is 400 or 1000 or 1600) hashes[frame.Number] = Convert.ToHexString(SHA256.HashData(frame.Pixels));
            return true;
        })).Require();
        Assert.Equal(video.FrameCount, index.Pts.Count);
        foreach (var (number, hash) in hashes)
        {
            var frame = (await reader.ReadAsync(path, video, number, request, index)).Require();
            Assert.Equal(hash, Convert.ToHexString(SHA256.HashData(frame.Pixels)));
        }
    }

    // Video range to full range, as the matrix does for grey.
    private static int Grey(int number) => (int)Math.Round(((16 + (4 * number)) - 16) * 255.0 / 219);
}
