using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Tests.Media;

public sealed class MediaProbeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly MediaProbe probe = new(Footage.Options);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_plain_mp4_is_described()
    {
        var video = await Footage.VideoAsync(await Footage.TestCardAsync(folder["a.mp4"], "320x180", "-timecode", "01:02:03:04"));
        Assert.Equal(("mp4", "h264", 320, 180, "yuv420p", 8), (video.Format, video.Codec, video.CodedWidth, video.CodedHeight, video.PixelFormat, video.BitDepth));
        Assert.Equal((new Rational(25, 1), false, 50L), (video.FrameRate, video.IsVariableFrameRate, video.FrameCount));
        Assert.Equal(2.0, video.Duration.TotalSeconds, 3);
        Assert.Equal((false, 0, HdrTransfer.None, "01:02:03:04"), (video.IsInterlaced, video.RotationDegrees, video.Hdr, video.StartTimecode));
        Assert.Equal(("aac", 1, 44100), (video.Audio.Single().Codec, video.Audio[0].Channels, video.Audio[0].SampleRate));
    }

    [Fact]
    public async Task Vertical_footage_is_shown_upright()
    {
        var flat = await Footage.TestCardAsync(folder["a.mp4"]);
        var turned = await Footage.FfmpegAsync(folder["b.mp4"], "-i", flat, "-c", "copy", "-metadata:s:v", "rotate=270");
        var video = await Footage.VideoAsync(turned);
        Assert.Equal((90, 180, 320, 180, 320), (video.RotationDegrees, video.UprightWidth, video.UprightHeight, video.DisplayWidth, video.DisplayHeight));
    }

    [Fact]
    public async Task Anamorphic_pixels_are_squared()
    {
        var video = await Footage.VideoAsync(await Footage.TestCardAsync(folder["a.mp4"], "720x576", "-vf", "setsar=64/45"));
        Assert.Equal((new Rational(64, 45), 1024, 576), (video.SampleAspect, video.DisplayWidth, video.DisplayHeight));
    }

    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a.mkv")]
    public async Task Variable_frame_rate_is_seen(string file)
    {
        var video = await Footage.VideoAsync(await VariableAsync(folder[file]));
        Assert.True(video.IsVariableFrameRate);
    }

    [Fact]
    public async Task Rounded_times_of_a_coarse_base_are_a_constant_rate()
    {
        var video = await Footage.VideoAsync(await Footage.TestCardAsync(folder["a.mkv"], "320x180", "-r", "24000/1001"));
        Assert.Equal((new Rational(1, 1000), false, new Rational(24000, 1001)), (video.TimeBase, video.IsVariableFrameRate, video.FrameRate));
    }

    [Fact]
    public async Task Ten_bit_pq_is_hdr()
    {
        var video = await Footage.VideoAsync(await HdrAsync(folder["a.mp4"]));
        Assert.Equal((HdrTransfer.Pq, 10, "bt2020", "bt2020nc"), (video.Hdr, video.BitDepth, video.ColourPrimaries, video.ColourMatrix));
    }

    [Fact]
    public async Task Interlaced_material_is_seen()
    {
        var video = await Footage.VideoAsync(await Footage.TestCardAsync(folder["a.mkv"], "320x180", "-vf", "tinterlace=interleave_top,fieldorder=tff", "-flags", "+ilme+ildct", "-x264-params", "tff=1"));
        Assert.True(video.IsInterlaced);
    }

    [Fact]
    public async Task A_video_of_one_frame_is_a_video()
    {
        var video = await Footage.VideoAsync(await Footage.CountingAsync(folder["a.mp4"], 1));
        Assert.Equal(1L, video.FrameCount);
        Assert.False(video.IsVariableFrameRate);
    }

    [Fact]
    public async Task Sound_alone_is_sound_even_with_a_cover()
    {
        var cover = await Footage.FfmpegAsync(folder["c.png"], "-f", "lavfi", "-i", "color=red:s=32x32", "-frames:v", "1");
        var path = await Footage.FfmpegAsync(folder["a.mp3"], "-f", "lavfi", "-i", "sine=duration=1", "-i", cover, "-map", "0", "-map", "1", "-c:v", "copy", "-disposition:v", "attached_pic");
        var audio = Assert.IsType<AudioInfo>((await probe.ProbeAsync(path)).Require());
        Assert.Equal("mp3", audio.Audio.Single().Codec);
    }

    [Fact]
    public async Task Content_decides_not_the_extension()
    {
        File.Move(await Footage.TestCardAsync(folder["a.mp4"]), folder["a.jpg"]);
        Assert.Equal("h264", (await Footage.VideoAsync(folder["a.jpg"])).Codec);
    }

    [Theory]
    [InlineData("empty", "", MediaErrorKind.Empty)]
    [InlineData("noise.mp4", "\u0001\u0002\u0003 nothing", MediaErrorKind.NotMedia)]
    [InlineData("list.mp4", "#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n", MediaErrorKind.Refused)]
    [InlineData("script.mp4", "ffconcat version 1.0\nfile '/etc/passwd'\n", MediaErrorKind.Refused)]
    [InlineData("files.mp4", "file '/etc/passwd'\n", MediaErrorKind.Refused)]
    [InlineData("dash.mp4", "<?xml version=\"1.0\"?><MPD></MPD>", MediaErrorKind.Refused)]
    [InlineData("pic.png", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", MediaErrorKind.Refused)]
    [InlineData("page.mp4", "<html></html>", MediaErrorKind.NotMedia)]
    [InlineData("doc.mov", "%PDF-1.7", MediaErrorKind.NotMedia)]
    public async Task What_is_no_media_is_one_error(string file, string content, MediaErrorKind kind)
    {
        await File.WriteAllTextAsync(folder[file], content);
        var error = StillLoaderTests.AssertError(kind, await probe.ProbeAsync(folder[file]));
        Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_one_error() => StillLoaderTests.AssertError(MediaErrorKind.Missing, await probe.ProbeAsync(folder["nothing"]));

    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a.mkv")]
    [InlineData("a.avi")]
    public async Task Truncated_containers_are_refused(string file)
    {
        var bytes = await File.ReadAllBytesAsync(await Footage.TestCardAsync(folder[file]));
        await File.WriteAllBytesAsync(folder["cut"], bytes[..(bytes.Length * 2 / 3)]);
        StillLoaderTests.AssertError(MediaErrorKind.Truncated, await probe.ProbeAsync(folder["cut"]));
    }

    [Fact]
    public async Task Limits_on_pixels_duration_frames_and_streams_are_named()
    {
        var path = await Footage.TestCardAsync(folder["a.mp4"]);
        async Task Expect(MediaLimits limits, string name)
        {
            var result = await new MediaProbe(new MediaOptions { Limits = limits }).ProbeAsync(path);
            Assert.Equal(name, StillLoaderTests.AssertError(MediaErrorKind.LimitExceeded, result).Limit);
        }

        await Expect(new MediaLimits { MaxPixels = 10_000 }, nameof(MediaLimits.MaxPixels));
        await Expect(new MediaLimits { MaxDuration = TimeSpan.FromSeconds(1) }, nameof(MediaLimits.MaxDuration));
        await Expect(new MediaLimits { MaxFrames = 10 }, nameof(MediaLimits.MaxFrames));
        await Expect(new MediaLimits { MaxStreams = 1 }, nameof(MediaLimits.MaxStreams));
        await Expect(new MediaLimits { MaxFileBytes = 2000 }, nameof(MediaLimits.MaxFileBytes));
    }

    [Fact]
    public async Task A_missing_program_is_one_error_with_its_package()
    {
        var path = await Footage.TestCardAsync(folder["a.mp4"]);
        var result = await new MediaProbe(new MediaOptions { Ffprobe = "no-such-ffprobe" }).ProbeAsync(path);
        Assert.Contains("'ffmpeg'", StillLoaderTests.AssertError(MediaErrorKind.ProgramMissing, result).Message, StringComparison.Ordinal);
    }

    [SharedDataFact]
    public async Task Shared_footage_is_described()
    {
        foreach (var path in Directory.EnumerateFiles(SharedData.Path("footage")))
        {
            var video = await Footage.VideoAsync(path);
            Assert.False(video.IsVariableFrameRate, path);
            Assert.True(video.FrameCount > 200, path);
        }
    }

    internal static async Task<string> VariableAsync(string target)
    {
        // Every third and seventh frame left out: the gaps stay in the time stamps.
        return await Footage.FfmpegAsync(
            target, "-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=4", "-vf", "select='mod(n,3)*mod(n,7)'", "-fps_mode", "vfr", "-c:v", "libx264", "-pix_fmt", "yuv420p");
    }

    internal static Task<string> HdrAsync(string target, string transfer = "smpte2084") => Footage.FfmpegAsync(
        target, "-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=1", "-pix_fmt", "yuv420p10le", "-c:v", "libx265", "-preset", "ultrafast",
        "-x265-params", $"log-level=none:colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc", "-color_primaries", "bt2020", "-color_trc", transfer, "-colorspace", "bt2020nc");
}
