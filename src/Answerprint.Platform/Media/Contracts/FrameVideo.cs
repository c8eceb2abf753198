using System.Globalization;
using Answerprint.Platform.Media.Video;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>Numbered frames of our own as a video.</summary>
public static class FrameVideo
{
    /// <summary>Writes H.264 in MP4, 4:2:0, nearly without loss; odd sides lose their last column or row.</summary>
    /// <param name="pattern">The frames, such as frames/%04d.png, numbered from 1.</param>
    /// <param name="count">How many there are; what has a higher number is left out.</param>
    /// <param name="rate">Frames a second.</param>
    /// <param name="target">The file to write; it is replaced when it is whole.</param>
    /// <param name="options">Limits and programs.</param>
    /// <param name="cancellationToken">Ends the encoder.</param>
    /// <returns>What went wrong, or null.</returns>
    public static async Task<MediaError?> WriteAsync(string pattern, int count, double rate, string target, MediaOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var part = target + ".part";
        var speed = rate.ToString("0.###", CultureInfo.InvariantCulture);
        var result = await ChildProcess.RunAsync(
            FfmpegCommand.Ffmpeg(options,
            [
                "-protocol_whitelist", "file", "-f", "image2", "-framerate", speed, "-i", pattern, "-frames:v", FfmpegCommand.Text(count), "-vf", "crop=trunc(iw/2)*2:trunc(ih/2)*2,format=yuv420p", "-c:v", "libx264", "-crf", "12",
                "-preset", "medium", "-threads", FfmpegCommand.Text(options.Threads), "-movflags", "+faststart", "-f", "mp4", part,
            ]),
            cancellationToken);
        if (!result.Succeeded)
        {
            File.Delete(part);
            return new MediaError(MediaErrorKind.Failed, $"The frames could not be made into a video: {result.ErrorTail.Trim()}");
        }
        File.Move(part, target, overwrite: true);
        return null;
    }
}
