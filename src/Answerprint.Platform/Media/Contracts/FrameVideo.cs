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
        var speed = rate.ToString("0.###", CultureInfo.InvariantCulture);
        return await RunAsync(
            [
                .. Frames(pattern, speed), "-frames:v", FfmpegCommand.Text(count), "-vf", "crop=trunc(iw/2)*2:trunc(ih/2)*2,format=yuv420p",
                .. FfmpegCommand.H264(options), "-crf", "12", "-preset", "medium", "-movflags", "+faststart", "-f", "mp4",
            ],
            target, options, cancellationToken);
    }

    /// <summary>
    /// Writes a video that holds these very frames at the rate, timecode and with the sound of another: H.264 in RGB (.mp4) or FFV1 in RGB of 16 bits (.mkv), by the target's extension.
    /// </summary>
    /// <param name="pattern">The frames, numbered from 1.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="like">The video that they were made from.</param>
    /// <param name="soundPath">Where that video is.</param>
    /// <param name="first">Its frame, from 0, that is the first of these: sound begins there.</param>
    /// <param name="target">The file to write; it is replaced when it is whole.</param>
    /// <param name="options">Limits and programs.</param>
    /// <param name="cancellationToken">Ends the encoder.</param>
    /// <returns>What went wrong, or null.</returns>
    public static async Task<MediaError?> WriteMasterAsync(string pattern, int count, VideoInfo like, string soundPath, int first, string target, MediaOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(like);
        ArgumentNullException.ThrowIfNull(options);
        var rate = like.FrameRate;
        var seconds = FfmpegCommand.Seconds(first / rate.ToDouble());
        string[] sound = like.Audio.Count == 0 ? [] : ["-ss", seconds, "-protocol_whitelist", "file", "-i", $"file:{Path.GetFullPath(soundPath)}"];
        string[] mapped = like.Audio.Count == 0 ? [] : ["-map", $"1:{like.Audio[0].Index}", "-c:a", "aac", "-b:a", "256k", "-t", FfmpegCommand.Seconds(count / rate.ToDouble())];
        IEnumerable<string> codec = Path.GetExtension(target) == ".mp4"
            ? FfmpegCommand.LosslessH264(options)
            : ["-threads:v", FfmpegCommand.Text(options.Threads), "-c:v", "ffv1", "-level", "3", "-pix_fmt", "gbrp16le", "-f", "matroska"];
        string[] named = [.. like.ColourPrimaries is { } primaries ? (string[])["-color_primaries", primaries] : [], .. like.ColourTransfer is { } transfer ? (string[])["-color_trc", transfer] : []];
        string[] timecode = like.StartTimecode is { } start && first == 0 ? ["-timecode", start] : [];
        return await RunAsync(
            [
                .. Frames(pattern, $"{rate.Numerator}/{rate.Denominator}"), .. sound, "-map", "0:v", .. mapped, "-frames:v", FfmpegCommand.Text(count),
                "-map_metadata", "-1", .. named, .. timecode, "-fflags", "+bitexact", "-flags:v", "+bitexact", .. codec,
            ],
            target, options, cancellationToken);
    }

    private static IEnumerable<string> Frames(string pattern, string rate) => ["-protocol_whitelist", "file", "-f", "image2", "-framerate", rate, "-i", pattern];

    private static async Task<MediaError?> RunAsync(IEnumerable<string> arguments, string target, MediaOptions options, CancellationToken cancellationToken)
    {
        var part = target + ".part";
        var result = await ChildProcess.RunAsync(FfmpegCommand.Ffmpeg(options, [.. arguments, part]), cancellationToken);
        if (!result.Succeeded)
        {
            File.Delete(part);
            return new MediaError(MediaErrorKind.Failed, $"The frames could not be made into a video: {result.ErrorTail.Trim()}");
        }
        File.Move(part, target, overwrite: true);
        return null;
    }
}
