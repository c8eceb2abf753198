using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Tests.Media;

public sealed class VideoDerivativesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly VideoDerivatives derivatives = new(Footage.Options);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_proxy_is_small_h264_with_sound_and_repeats_byte_for_byte()
    {
        var path = await Footage.TestCardAsync(folder["a.mp4"], "1920x1080");
        var video = await Footage.VideoAsync(path);
        var seen = new List<double>();
        var proxy = (await derivatives.WriteProxyAsync(path, video, folder["p.mp4"], new Immediate(seen))).Require();
        Assert.Equal((1280, 720, 50L, false), (proxy.Width, proxy.Height, proxy.Frames, proxy.ToneMapped));
        var made = await Footage.VideoAsync(folder["p.mp4"]);
        Assert.Equal(("h264", "yuv420p", 1280, 720, 50L, "aac"), (made.Codec, made.PixelFormat, made.CodedWidth, made.CodedHeight, made.FrameCount, made.Audio.Single().Codec));
        Assert.Equal("bt709", made.ColourMatrix);
        Assert.Equal(1, seen[^1]);
        Assert.True(seen.SequenceEqual(seen.Order()));
        Assert.True(proxy.Cpu > TimeSpan.Zero);
        await derivatives.WriteProxyAsync(path, video, folder["q.mp4"]);
        Assert.Equal(await File.ReadAllBytesAsync(folder["p.mp4"]), await File.ReadAllBytesAsync(folder["q.mp4"]));
        var bytes = await File.ReadAllBytesAsync(folder["p.mp4"]);
        Assert.True(bytes.AsSpan().IndexOf("moov"u8) < bytes.AsSpan().IndexOf("mdat"u8));
    }

    [Fact]
    public async Task A_proxy_keeps_variable_timing()
    {
        var path = await MediaProbeTests.VariableAsync(folder["a.mp4"]);
        var video = await Footage.VideoAsync(path);
        (await derivatives.WriteProxyAsync(path, video, folder["p.mp4"])).Require();
        var reader = new FrameReader(Footage.Options);
        async Task<double[]> Times(string file)
        {
            var info = await Footage.VideoAsync(file);
            var index = (await reader.ReadAllAsync(file, info, new FrameRequest { Width = 8, Height = 8 }, (in VideoFrame _) => true)).Require();
            return [.. index.Pts.Select(p => Math.Round((p - index.Pts[0]) * index.TimeBase.ToDouble(), 3))];
        }

        Assert.Equal(await Times(path), await Times(folder["p.mp4"]));
    }

    [Fact]
    public async Task Turned_and_anamorphic_footage_has_an_upright_square_proxy()
    {
        var flat = await Footage.TestCardAsync(folder["a.mp4"], "720x576", "-vf", "setsar=64/45");
        var turned = await Footage.FfmpegAsync(folder["b.mp4"], "-i", flat, "-c", "copy", "-metadata:s:v", "rotate=270");
        (await derivatives.WriteProxyAsync(turned, await Footage.VideoAsync(turned), folder["p.mp4"])).Require();
        var made = await Footage.VideoAsync(folder["p.mp4"]);
        Assert.Equal((576, 1024, 0, new Rational(1, 1)), (made.CodedWidth, made.CodedHeight, made.RotationDegrees, made.SampleAspect));
    }

    [Theory]
    [InlineData("smpte2084", HdrTransfer.Pq)]
    [InlineData("arib-std-b67", HdrTransfer.Hlg)]
    public async Task Hdr_is_tone_mapped_not_clipped_or_washed_out(string transfer, HdrTransfer hdr)
    {
        var path = await MediaProbeTests.HdrAsync(folder["a.mp4"], transfer);
        Assert.Equal(hdr, (await Footage.VideoAsync(path)).Hdr);
        var proxy = (await derivatives.WriteProxyAsync(path, await Footage.VideoAsync(path), folder["p.mp4"])).Require();
        Assert.True(proxy.ToneMapped);
        var made = await Footage.VideoAsync(folder["p.mp4"]);
        Assert.Equal((HdrTransfer.None, 8), (made.Hdr, made.BitDepth));
        var jpeg = (await derivatives.PosterAsync(path, await Footage.VideoAsync(path), TimeSpan.Zero)).Require();
        using var poster = new StillLoader(Footage.Options).Load(jpeg, "poster").Require();
        var values = poster.Image.Pixels<byte>().ToArray();
        Assert.True(values.Max() > 180 && values.Min() < 40, $"{values.Min()} to {values.Max()}");
    }

    [Fact]
    public async Task A_filmstrip_has_evenly_spaced_frames()
    {
        var path = await Footage.CountingAsync(folder["a.mp4"], 40);
        var video = await Footage.VideoAsync(path);
        var strip = (await derivatives.FilmstripAsync(path, video, count: 10, frameHeight: 24, columns: 4)).Require();
        Assert.Equal((32, 24, 4, 10), (strip.FrameWidth, strip.FrameHeight, strip.Columns, strip.Pts.Count));
        using var sprite = new StillLoader(Footage.Options).Load(strip.Jpeg, "strip").Require();
        Assert.Equal((128, 72), (sprite.Image.Width, sprite.Image.Height));
        var ticks = 0.04 / video.TimeBase.ToDouble();
        for (var i = 0; i < 10; i++)
        {
            // The middle of each tenth: frames 2, 6, 10 ...
            var number = (int)Math.Round(strip.Pts[i] / ticks);
            Assert.Equal((4 * i) + 2, number);
            var pixel = sprite.Image.Pixels<byte>()[(((((i / 4) * 24) + 12) * 128) + ((i % 4) * 32) + 16) * 3];
            Assert.InRange(pixel, (number * 4 * 255 / 219) - 4, (number * 4 * 255 / 219) + 4);
        }
    }

    [Fact]
    public async Task A_filmstrip_by_seeking_has_the_same_moments()
    {
        var path = await Footage.CountingAsync(folder["a.mp4"], 40, "-g", "5");
        var video = await Footage.VideoAsync(path);
        // A video that says it is enormous is read by seeking.
        var strip = (await derivatives.FilmstripAsync(path, video with { FrameCount = 3_000_000 }, count: 8, frameHeight: 24)).Require();
        Assert.Equal(8, strip.Pts.Count);
        Assert.Equal([2, 7, 12, 17, 22, 27, 32, 37], strip.Pts.Select(p => (int)Math.Floor((p * video.TimeBase.ToDouble() / 0.04) - 0.4)));
        Assert.True(strip.Cpu > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_poster_passes_over_black()
    {
        var path = await Footage.FfmpegAsync(
            folder["a.mp4"], "-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=10", "-vf", "drawbox=color=black:t=fill:enable='not(between(t,6.5,7.5))'", "-c:v", "libx264", "-pix_fmt", "yuv420p");
        var jpeg = (await derivatives.PosterAsync(path, await Footage.VideoAsync(path), width: 160)).Require();
        using var poster = new StillLoader(Footage.Options).Load(jpeg, "poster").Require();
        Assert.Equal((160, 90), (poster.Image.Width, poster.Image.Height));
        Assert.True(poster.Image.Pixels<byte>().ToArray().Average(v => v) > 50);
    }

    [Fact]
    public async Task A_failed_proxy_leaves_no_file()
    {
        var path = await Footage.TestCardAsync(folder["a.mp4"]);
        var video = await Footage.VideoAsync(path);
        await File.WriteAllTextAsync(folder["bad.mp4"], "no video at all");
        Assert.False((await derivatives.WriteProxyAsync(folder["bad.mp4"], video, folder["p.mp4"])).Ok);
        Assert.False(File.Exists(folder["p.mp4"]));
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => derivatives.WriteProxyAsync(path, video, folder["p.mp4"], null, cancel.Token));
        Assert.False(File.Exists(folder["p.mp4"]));
    }

    private sealed class Immediate(List<double> seen) : IProgress<double>
    {
        public void Report(double value) => seen.Add(value);
    }
}
