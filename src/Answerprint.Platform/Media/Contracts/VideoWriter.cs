using Answerprint.Platform.Media.Video;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>
/// Writes 8-bit RGB frames as a video that holds these very pixels: H.264 in RGB without loss, in MP4, at the size, rate, pixel shape, timecode
/// and with the sound of another video. Browsers want a proxy of it.
/// </summary>
/// <param name="options">Programs and limits.</param>
public sealed class VideoWriter(MediaOptions options)
{
    // Sound that MP4 carries as it is; other sound is encoded as AAC.
    private static readonly string[] Carried = ["aac", "mp3", "ac3", "eac3", "alac", "opus"];

    /// <summary>Writes the frames.</summary>
    /// <param name="target">The file.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="like">The video whose rate, pixel shape, timecode and sound it takes.</param>
    /// <param name="soundPath">Where that video is.</param>
    /// <param name="write">Writes the frames into the stream in order, each width x height x 3 bytes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Processor time of the encoder, or the error.</returns>
    public async Task<MediaResult<TimeSpan>> WriteAsync(
        string target, int width, int height, VideoInfo like, string soundPath, Func<Stream, Task> write, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(like);
        ArgumentNullException.ThrowIfNull(write);
        var done = false;
        try
        {
            await using var child = ChildProcess.Start(Command(target, width, height, like, soundPath));
            await using (cancellationToken.UnsafeRegister(static c => ((ChildProcess)c!).Kill(), child))
            {
                try
                {
                    await write(child.StandardInput!);
                    await child.StandardInput!.DisposeAsync();
                }
                catch (IOException) when (child.Completion.IsCompleted || cancellationToken.IsCancellationRequested)
                {
                    // The encoder has ended before its time: how, it says itself.
                }
            }
            cancellationToken.ThrowIfCancellationRequested();
            var result = await child.Completion;
            if (!result.Succeeded) return FfmpegFailure.Of(result, Path.GetFileName(target), options.Limits);
            done = true;
            return result.Cpu;
        }
        catch (ProgramMissingException missing)
        {
            return FfmpegFailure.Missing(missing);
        }
        finally
        {
            if (!done) File.Delete(target);
        }
    }

    private ChildProcessOptions Command(string target, int width, int height, VideoInfo like, string soundPath)
    {
        var rate = $"{like.FrameRate.Numerator}/{like.FrameRate.Denominator}";
        string[] sound = like.Audio.Count == 0 ? [] : [.. FfmpegCommand.Input(options, soundPath)];
        string[] mapped = like.Audio.Count == 0 ? [] : ["-map", $"1:{like.Audio[0].Index}", "-c:a", .. Carried.Contains(like.Audio[0].Codec) ? (string[])["copy"] : ["aac", "-b:a", "256k"]];
        string[] primaries = like.ColourPrimaries is { } named ? ["-color_primaries", named] : [], transfer = like.ColourTransfer is { } curve ? ["-color_trc", curve] : [];
        return FfmpegCommand.Ffmpeg(options,
        [
            "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", $"{width}x{height}", "-framerate", rate, "-i", "pipe:0", .. sound,
            "-map", "0:v", .. mapped, "-sn", "-dn", "-map_metadata", "-1",
            "-vf", $"setsar={like.SampleAspect.Numerator}/{like.SampleAspect.Denominator}",
            .. primaries, .. transfer, .. like.StartTimecode is { } timecode ? (string[])["-timecode", timecode] : [],
            "-fflags", "+bitexact", "-flags:v", "+bitexact", .. FfmpegCommand.LosslessH264(options), $"file:{Path.GetFullPath(target)}",
        ]) with { RedirectInput = true };
    }
}
