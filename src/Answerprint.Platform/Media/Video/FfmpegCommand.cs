using System.Globalization;
using System.Text;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Media.Video;

/// <summary>
/// The parts that every FFmpeg call here shares. Only files and pipes may be opened, and only by container readers that stay inside
/// one file: playlists, concat scripts, manifests, image patterns and devices are not on the list.
/// </summary>
internal static class FfmpegCommand
{
    private const string Containers =
        "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,mxf,gxf,ogg,flac,wav,w64,mp3,aac,ac3,eac3,aiff,au,caf,asf,flv,dv,nut,ivf,h264,hevc,m4v,rm,yuv4mpegpipe";

    // x264's lookahead in a thread of its own decides by who comes first: of 320 encodings of one clip on a busy machine, 20 differed with it, and none without.
    private static readonly string[] Repeatable = ["-x264-params", "sync-lookahead=0"];

    /// <summary>H.264 whose bytes depend on the pictures and the options alone. Options of the encoder follow.</summary>
    public static IEnumerable<string> H264(MediaOptions options) => ["-c:v", "libx264", "-threads:v", Text(options.Threads), .. Repeatable];

    /// <summary>H.264 in RGB without loss: the very pixels.</summary>
    public static IEnumerable<string> LosslessH264(MediaOptions options) =>
        ["-c:v", "libx264rgb", "-threads:v", Text(options.Threads), .. Repeatable, "-preset", "veryfast", "-qp", "0", "-pix_fmt", "rgb24", "-movflags", "+faststart", "-f", "mp4"];

    public static ChildProcessLimits Limits(MediaOptions options, bool probing) => new()
    {
        Cpu = probing ? options.Limits.MaxProbeCpu : options.Limits.MaxCpu,
        WallClock = probing ? options.Limits.MaxProbeCpu * 4 : options.Limits.MaxWallClock,
        AddressSpaceBytes = options.Limits.MaxMemoryBytes,
        Niceness = options.Niceness,
    };

    /// <summary>Options that come before an input, and the input.</summary>
    public static IEnumerable<string> Input(MediaOptions options, string path, params string[] more) =>
    [
        "-protocol_whitelist", "file,pipe",
        "-format_whitelist", Containers,
        "-max_streams", Text(options.Limits.MaxStreams),
        "-max_pixels", Text(options.Limits.MaxPixels),
        "-threads", Text(options.Threads),
        .. more,
        "-i", $"file:{Path.GetFullPath(path)}",
    ];

    public static ChildProcessOptions Ffmpeg(MediaOptions options, IEnumerable<string> arguments, FfmpegProgress? progress = null) => new()
    {
        Program = options.Ffmpeg,
        DebianPackage = "ffmpeg",
        Arguments =
        [
            "-hide_banner", "-nostdin", "-nostats", "-loglevel", "error", "-y",
            .. progress is null ? Array.Empty<string>() : ["-progress", "pipe:2", "-stats_period", "0.25"],
            "-filter_threads", Text(options.Threads),
            .. arguments,
        ],
        Limits = Limits(options, probing: false),
        ErrorLine = progress is null ? null : progress.Take,
    };

    public static ChildProcessOptions Ffprobe(MediaOptions options, string path, params string[] arguments) => new()
    {
        Program = options.Ffprobe,
        DebianPackage = "ffmpeg",
        Arguments = ["-hide_banner", "-loglevel", "error", .. arguments, .. Input(options, path)],
        Limits = Limits(options, probing: true),
        RedirectOutput = true,
    };

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Seconds(double seconds) => seconds.ToString("0.000000", CultureInfo.InvariantCulture);

    /// <summary>Runs a program and gives its standard output as text, at most so many bytes of it.</summary>
    public static async Task<(ChildProcessResult Result, string Output)> CaptureAsync(
        ChildProcessOptions command, int maxBytes, CancellationToken cancellationToken)
    {
        await using var child = ChildProcess.Start(command);
        await using var registration = cancellationToken.UnsafeRegister(static c => ((ChildProcess)c!).Kill(), child);
        using var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await child.StandardOutput!.ReadAsync(buffer, CancellationToken.None)) > 0)
        {
            if (text.Length + read > maxBytes)
            {
                child.Kill();
                break;
            }

            text.Write(buffer, 0, read);
        }

        var result = await child.WaitAsync(cancellationToken);
        return (result, Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
    }
}
