using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Tests.Media;

/// <summary>Makes test material with the very programs under test's own tools, into a folder of the test.</summary>
internal static class Footage
{
    public static MediaOptions Options { get; } = new() { Niceness = 0 };

    public static async Task<string> FfmpegAsync(string target, params string[] arguments)
    {
        var result = await ChildProcess.RunAsync(new ChildProcessOptions
        {
            Program = "ffmpeg",
            Arguments = ["-hide_banner", "-nostdin", "-loglevel", "error", "-y", .. arguments, target],
        });
        Assert.True(result.Succeeded, result.ErrorTail);
        return target;
    }

    public static async Task<string> OiioAsync(string target, params string[] arguments)
    {
        var result = await ChildProcess.RunAsync(new ChildProcessOptions { Program = "oiiotool", Arguments = [.. arguments, "-o", target] });
        Assert.True(result.Succeeded, result.ErrorTail);
        return target;
    }

    /// <summary>Frames whose number is told by their grey: frame n is 16 + 4 n, lossless.</summary>
    public static Task<string> CountingAsync(string target, int frames, params string[] more) => FfmpegAsync(target,
    [
        "-f", "lavfi", "-i", $"nullsrc=s=64x48:r=25,geq=lum='16+4*N':cb=128:cr=128,format=yuv420p", "-frames:v", $"{frames}",
        "-c:v", "libx264", "-qp", "0", "-preset", "ultrafast", .. more,
    ]);

    /// <summary>Two seconds of moving colour with a tone.</summary>
    public static Task<string> TestCardAsync(string target, string size = "320x180", params string[] more) => FfmpegAsync(target,
    [
        "-f", "lavfi", "-i", $"testsrc2=s={size}:r=25:d=2", "-f", "lavfi", "-i", "sine=frequency=440:duration=2",
        "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-shortest", .. more,
    ]);

    public static async Task<VideoInfo> VideoAsync(string path)
    {
        var result = await new MediaProbe(Options).ProbeAsync(path);
        Assert.True(result.Ok, result.Error?.ToString());
        return Assert.IsType<VideoInfo>(result.Value);
    }
}
