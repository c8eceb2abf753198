using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Media.Plates;

namespace Answerprint.Platform.Tests.Media;

public sealed class MediaFuzzTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly MediaOptions options = new() { Niceness = 0, Limits = new MediaLimits { MaxPixels = 1 << 20, MaxProbeCpu = TimeSpan.FromSeconds(5), MaxCpu = TimeSpan.FromSeconds(10), MaxMemoryBytes = 2L << 30 } };

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a.webm")]
    public async Task Damaged_video_gives_a_value_or_one_error(string file)
    {
        var codec = file == "a.mp4" ? "libx264" : "libvpx";
        var seed = await File.ReadAllBytesAsync(await Footage.FfmpegAsync(folder[file], "-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=0.5", "-pix_fmt", "yuv420p", "-c:v", codec));
        var probe = new MediaProbe(options);
        var reader = new FrameReader(options);
        for (var round = 0; round < 25; round++)
        {
            await File.WriteAllBytesAsync(folder["fuzz"], Mutation.Of(seed, round));
            var result = await probe.ProbeAsync(folder["fuzz"]);
            if (result.Value is not VideoInfo video) continue;
            var frames = await reader.ReadAllAsync(folder["fuzz"], video, new FrameRequest { Width = 16, Height = 16 }, (in VideoFrame _) => true);
            Assert.True(frames.Ok || frames.Error.Message.Length > 0);
        }
    }

    [Fact]
    public async Task Damaged_exr_and_dpx_give_a_value_or_one_error()
    {
        await Footage.OiioAsync(folder["a.exr"], "--pattern", "noise", "40x30", "3", "-d", "half");
        await Footage.OiioAsync(folder["a.dpx"], "--pattern", "noise", "40x30", "3", "-d", "uint10");
        var seeds = new[] { await File.ReadAllBytesAsync(folder["a.exr"]), await File.ReadAllBytesAsync(folder["a.dpx"]) };
        var reader = new PlateReader(options);
        for (var round = 0; round < 30; round++)
        {
            await File.WriteAllBytesAsync(folder["fuzz"], Mutation.Of(seeds[round % 2], round));
            var result = await reader.ReadAsync(folder["fuzz"]);
            Assert.True(result.Ok || result.Error.Message.Length > 0);
        }
    }

    [Fact]
    public async Task Damaged_exr_headers_never_throw_anything_but_the_format_exception()
    {
        await Footage.OiioAsync(folder["rgb.exr"], "--pattern", "noise", "16x16", "3", "-d", "half", "--attrib", "comments", "words");
        await Footage.OiioAsync(folder["multi.exr"], folder["rgb.exr"], folder["rgb.exr"], "--siappend", "--compression", "none");
        await Footage.OiioAsync(folder["plain.exr"], folder["rgb.exr"], "--compression", "none");
        var (right, wrong) = (0, 0);
        foreach (var file in new[] { "rgb.exr", "multi.exr", "plain.exr" })
        {
            var seed = await File.ReadAllBytesAsync(folder[file]);
            for (var round = 0; round < 3000; round++)
            {
                var bytes = Mutation.Of(seed, round);
                try
                {
                    var header = ExrHeader.Parse(bytes, 64);
                    if (!header.IsMultiPart) ExrCompleteness.Check(new MemoryStream(bytes), header);
                    ExrScanlines.Read(bytes, options.Limits);
                    right++;
                }
                catch (ExrFormatException)
                {
                    wrong++;
                }
            }
        }

        Assert.True(right > 100 && wrong > 1000, $"{right} read, {wrong} refused");
    }

    [Fact]
    public async Task Random_heads_of_every_known_signature_give_one_error()
    {
        var probe = new MediaProbe(options);
        string[] heads = ["\u00FF\u00D8\u00FF", "\u0089PNG\r\n\u001A\n", "GIF89a", "II*\0", "v/1\u0001", "SDPX", "8BPS", "#?RADIANCE", "\u001AE\u00DF\u00A3", "OggS", "\0\0\0\u0018ftypisom", "\0\0\0\u0018ftypheic", "RIFF0000WEBP", "RIFF0000AVI ", "RIFF0000WAVE", "fLaC", "ID3\u0004", "P6\n", "FLV\u0001", "\u0006\u000E+4"];
        foreach (var (head, i) in heads.Select((head, i) => (head, i)))
        {
            var bytes = new byte[3000];
            new Random(i).NextBytes(bytes);
            for (var k = 0; k < head.Length; k++) bytes[k] = (byte)head[k];
            await File.WriteAllBytesAsync(folder["x"], bytes);
            var result = await probe.ProbeAsync(folder["x"]);
            Assert.False(result.Ok, head);
            Assert.StartsWith("x ", result.Error!.Message, StringComparison.Ordinal);
        }
    }
}
