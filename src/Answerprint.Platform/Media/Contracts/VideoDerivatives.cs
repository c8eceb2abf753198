using Answerprint.Platform.Media.Video;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>A proxy that was written.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Frames">Frames written.</param>
/// <param name="ToneMapped">Whether HDR was mapped to SDR.</param>
/// <param name="Warnings">What the decoder complained of; empty for a sound file.</param>
/// <param name="Cpu">CPU time taken.</param>
/// <param name="Elapsed">Time taken.</param>
public sealed record ProxyResult(int Width, int Height, long Frames, bool ToneMapped, string Warnings, TimeSpan Cpu, TimeSpan Elapsed);

/// <summary>A row of small frames in one picture.</summary>
/// <param name="Jpeg">The sprite.</param>
/// <param name="FrameWidth">Width of one frame in it.</param>
/// <param name="FrameHeight">Height of one frame in it.</param>
/// <param name="Columns">Frames a row.</param>
/// <param name="Pts">The time stamp of each frame, row by row, in the video's time base.</param>
/// <param name="Cpu">CPU time taken by decoders.</param>
public sealed record Filmstrip(byte[] Jpeg, int FrameWidth, int FrameHeight, int Columns, IReadOnlyList<long> Pts, TimeSpan Cpu);

/// <summary>Makes the smaller companions of a video that a browser can show. The same input gives the same bytes on the same build.</summary>
public sealed class VideoDerivatives(MediaOptions options)
{
    private const int ProxySide = 1280;
    private readonly FilmstripMaker filmstrips = new(options);

    /// <summary>
    /// Writes an MP4 for browsers: H.264 4:2:0 within 1280 x 1280, stereo AAC, index first. Upright, square pixels, true timing (variable
    /// rates stay variable), BT.709; HDR is tone-mapped by Hable's curve; interlaced material is deinterlaced.
    /// </summary>
    public async Task<MediaResult<ProxyResult>> WriteProxyAsync(
        string path, VideoInfo video, string target, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var name = Path.GetFileName(path);
        var (width, height) = Fit(video.DisplayWidth, video.DisplayHeight, ProxySide, multipleOf: 2);
        var watch = new FfmpegProgress(video.Duration, progress);
        var done = false;
        try
        {
            var result = await ChildProcess.RunAsync(ProxyCommand(path, video, target, width, height, watch), cancellationToken);
            if (!result.Succeeded) return FfmpegFailure.Of(result, name, options.Limits);
            if (watch.Frames == 0) return new MediaError(MediaErrorKind.Corrupt, $"{name} has no frame that decodes.");
            progress?.Report(1);
            done = true;
            return new ProxyResult(width, height, watch.Frames, video.Hdr != HdrTransfer.None, result.ErrorTail, result.Cpu, result.Elapsed);
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

    /// <summary>Makes a JPEG of one moment, at most so wide, shown with square pixels.</summary>
    /// <param name="path">The video.</param>
    /// <param name="video">What the probe found.</param>
    /// <param name="time">The moment; null picks the most varied of five spread over the running time, which passes over black ones.</param>
    /// <param name="width">Greatest width in pixels.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<MediaResult<byte[]>> PosterAsync(
        string path, VideoInfo video, TimeSpan? time = null, int width = 1280, CancellationToken cancellationToken = default)
    {
        var moment = time;
        if (moment is null)
        {
            var best = await filmstrips.MostVariedAsync(path, video, cancellationToken);
            if (!best.Ok) return best.Error;
            moment = best.Value;
        }

        var (w, h) = Fit(video.DisplayWidth, video.DisplayHeight, width, multipleOf: 1);
        var frame = await new FrameReader(options).ReadAtAsync(path, video, moment.Value, new FrameRequest { Width = w, Height = h }, cancellationToken);
        if (!frame.Ok) return frame.Error;
        using var still = frame.Value.ToStill();
        return still.Encode(new StillEncoding.Jpeg(86));
    }

    /// <summary>Makes one JPEG of evenly spaced small frames.</summary>
    /// <param name="path">The video.</param>
    /// <param name="video">What the probe found.</param>
    /// <param name="count">Frames, 1 to 400; fewer when the video has fewer.</param>
    /// <param name="frameHeight">Height of each, 16 to 720 pixels.</param>
    /// <param name="columns">Frames a row; 0 for all in one row.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<MediaResult<Filmstrip>> FilmstripAsync(
        string path, VideoInfo video, int count = 40, int frameHeight = 90, int columns = 10, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 400);
        ArgumentOutOfRangeException.ThrowIfLessThan(frameHeight, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frameHeight, 720);
        return filmstrips.MakeAsync(path, video, count, frameHeight, columns, progress, cancellationToken);
    }

    /// <summary>The largest size with the same shape inside a square box, no side enlarged, none below the multiple.</summary>
    internal static (int Width, int Height) Fit(int width, int height, int box, int multipleOf)
    {
        var scale = Math.Min(1, Math.Min((double)box / width, (double)box / height));
        return (Round(width), Round(height));

        int Round(int side) => Math.Max(multipleOf, (int)Math.Round(side * scale / multipleOf) * multipleOf);
    }

    private ChildProcessOptions ProxyCommand(string path, VideoInfo video, string target, int width, int height, FfmpegProgress watch) => FfmpegCommand.Ffmpeg(
        options,
        [
            .. FfmpegCommand.Input(options, path),
            "-map", $"0:{video.StreamIndex}", .. video.Audio.Count > 0 ? (string[])["-map", $"0:{video.Audio[0].Index}"] : [],
            "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1",
            "-vf", VideoFilters.ToProxy(video, width, height),
            "-fps_mode", "passthrough", "-enc_time_base:v", "-1",
            .. FfmpegCommand.H264(options), "-preset", "veryfast", "-crf", "22", "-profile:v", "high", "-g", "48",
            "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv",
            "-c:a", "aac", "-b:a", "160k", "-ac", "2", "-ar", "48000",
            "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
            "-movflags", "+faststart", "-f", "mp4", $"file:{Path.GetFullPath(target)}",
        ],
        watch);
}
