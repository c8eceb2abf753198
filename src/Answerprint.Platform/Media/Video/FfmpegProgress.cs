using System.Globalization;

namespace Answerprint.Platform.Media.Video;

/// <summary>Reads the key=value lines that FFmpeg writes about its progress and reports the share of the running time that is done.</summary>
internal sealed class FfmpegProgress(TimeSpan duration, IProgress<double>? progress)
{
    private static readonly string[] Keys =
    [
        "frame=", "fps=", "stream_", "bitrate=", "total_size=", "out_time", "dup_frames=", "drop_frames=", "speed=", "progress=",
    ];

    /// <summary>Frames written so far.</summary>
    public long Frames { get; private set; }

    public bool Take(string line)
    {
        if (!Keys.Any(key => line.StartsWith(key, StringComparison.Ordinal))) return false;
        if (line.StartsWith("frame=", StringComparison.Ordinal) && long.TryParse(line.AsSpan(6), CultureInfo.InvariantCulture, out var frames))
            Frames = frames;
        if (line.StartsWith("out_time_us=", StringComparison.Ordinal)
            && long.TryParse(line.AsSpan(12), CultureInfo.InvariantCulture, out var microseconds)
            && duration > TimeSpan.Zero)
            progress?.Report(Math.Clamp(microseconds / duration.TotalMicroseconds, 0, 1));
        return true;
    }
}
