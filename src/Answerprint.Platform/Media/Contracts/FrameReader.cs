using Answerprint.Platform.Media.Video;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>Reads decoded frames of a video as raw pixels, one FFmpeg process a reading, in bounded memory.</summary>
public sealed class FrameReader(MediaOptions options)
{
    // Room to seek to a key frame that surely lies before the frame wanted.
    private static readonly TimeSpan SeekMargin = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// Reads every decoded frame in order of presentation, none repeated or dropped, with its true time. The visitor runs on a thread of
    /// its own and sees one buffer that is used again.
    /// </summary>
    public Task<MediaResult<FrameIndex>> ReadAllAsync(
        string path, VideoInfo video, FrameRequest request, FrameVisitor visitor, IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync(path, video, request, new Reading(), visitor, progress, cancellationToken);

    /// <summary>
    /// Reads the N-th decoded frame, exactly. With an index (from <see cref="ReadAllAsync"/>) and a container that seeks well it starts at
    /// the key frame before and proves the frame by its time stamp; otherwise, or when the proof fails, it decodes from the start.
    /// </summary>
    public async Task<MediaResult<FramePixels>> ReadAsync(
        string path, VideoInfo video, long number, FrameRequest request, FrameIndex? index = null, CancellationToken cancellationToken = default)
    {
        var name = Path.GetFileName(path);
        var count = index?.Pts.Count ?? video.FrameCount;
        if (number < 0 || number >= (count ?? long.MaxValue))
            return new MediaError(MediaErrorKind.OutOfRange, $"{name} has frames 0 to {count - 1}; {number} was asked for.");
        if (index is not null && video.Format is "mp4" or "matroska" && index!.Pts[(int)number] is var pts)
        {
            var sought = await OneAsync(path, video, request, new Reading { SeekTo = Seek(video, pts), Select = $"gte(pts,{pts})" }, cancellationToken);
            if (sought.Ok && sought.Value.Pts == pts) return sought;
        }

        var found = await OneAsync(path, video, request, new Reading { Select = $"gte(n,{number})" }, cancellationToken);
        return found.Ok || found.Error.Kind != MediaErrorKind.OutOfRange
            ? found
            : new MediaError(MediaErrorKind.OutOfRange, $"{name} has fewer than {number + 1} frames.");
    }

    /// <summary>Reads the first frame that is shown at or after a time; past the end, the last one found near it.</summary>
    public async Task<MediaResult<FramePixels>> ReadAtAsync(
        string path, VideoInfo video, TimeSpan time, FrameRequest request, CancellationToken cancellationToken = default)
    {
        var ticks = (long)Math.Floor(time.TotalSeconds / video.TimeBase.ToDouble());
        var found = await OneAsync(path, video, request, new Reading { SeekTo = Seek(video, ticks), Select = $"gte(pts,{ticks})" }, cancellationToken);
        return found.Ok || found.Error.Kind != MediaErrorKind.OutOfRange
            ? found
            : await OneAsync(path, video, request, new Reading(), cancellationToken, last: true);
    }

    private static TimeSpan? Seek(VideoInfo video, long pts)
    {
        var target = TimeSpan.FromSeconds(pts * video.TimeBase.ToDouble()) - video.ContainerStart - SeekMargin;
        return target > TimeSpan.Zero ? target : null;
    }

    private async Task<MediaResult<FramePixels>> OneAsync(
        string path, VideoInfo video, FrameRequest request, Reading reading, CancellationToken cancellationToken, bool last = false)
    {
        FramePixels? found = null;
        var result = await RunAsync(path, video, request, reading, Visit, null, cancellationToken);
        if (found is not null) return result.Ok ? found with { Cpu = result.Value.Cpu } : result.Error;
        return result.Ok ? new MediaError(MediaErrorKind.OutOfRange, $"{Path.GetFileName(path)} has no such frame.") : result.Error;

        bool Visit(in VideoFrame frame)
        {
            found = new FramePixels(frame.Pts, frame.Width, frame.Height, request.Format, frame.Pixels.ToArray(), TimeSpan.Zero);
            return last;
        }
    }

    private async Task<MediaResult<FrameIndex>> RunAsync(
        string path, VideoInfo video, FrameRequest request, Reading reading, FrameVisitor visitor, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        var width = request.Width > 0 ? request.Width : video.UprightWidth;
        var height = request.Height > 0 ? request.Height : video.UprightHeight;
        if (Probing.StillHeader.OverLimit(width, height, options.Limits, name) is { } tooLarge) return tooLarge;
        var bytes = (long)width * height * (request.Format == FrameFormat.Rgb24 ? 3 : 6);
        if (bytes > Array.MaxLength) return new MediaError(MediaErrorKind.LimitExceeded, $"A frame of {bytes} bytes is too large.", nameof(MediaLimits.MaxPixels));
        try
        {
            await using var child = ChildProcess.Start(Command(path, video, request, reading, width, height));
            var pump = new FramePump(child.StandardOutput!, child.SideOutput!, width, height, (int)bytes, video.TimeBase);
            await using (cancellationToken.UnsafeRegister(static c => ((ChildProcess)c!).Kill(), child))
                await Task.Factory.StartNew(
                    () => Pump(pump, child, visitor, Fraction(video, progress)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
            if (pump.Stopped) child.Kill();
            var result = await child.Completion;
            if (!pump.Stopped && (!result.Succeeded || pump.Broken)) return FfmpegFailure.Of(result, name, options.Limits);
            return new FrameIndex(pump.Pts, video.TimeBase, result.Cpu, result.ErrorTail);
        }
        catch (ProgramMissingException missing)
        {
            return FfmpegFailure.Missing(missing);
        }
    }

    // A visitor that throws must not leave the decoder waiting on a full pipe.
    private static void Pump(FramePump pump, ChildProcess child, FrameVisitor visitor, Action<long> seen)
    {
        try
        {
            pump.Run(visitor, seen);
        }
        catch
        {
            child.Kill();
            throw;
        }
    }

    private static Action<long> Fraction(VideoInfo video, IProgress<double>? progress)
    {
        long? first = null;
        return pts =>
        {
            first ??= pts;
            if (video.DurationTicks > 0) progress?.Report(Math.Clamp((double)(pts - first.Value) / video.DurationTicks, 0, 1));
        };
    }

    private ChildProcessOptions Command(string path, VideoInfo video, FrameRequest request, Reading reading, int width, int height)
    {
        var select = reading.Select is { } condition ? $"select='{condition}'," : "";
        string[] seek = reading.SeekTo is { } time ? ["-noaccurate_seek", "-ss", FfmpegCommand.Seconds(time.TotalSeconds)] : [];
        return FfmpegCommand.Ffmpeg(options,
        [
            "-copyts", .. FfmpegCommand.Input(options, path, seek),
            "-map", $"0:{video.StreamIndex}", "-an", "-sn", "-dn",
            "-vf", $"{select}{VideoFilters.ToRgb(video, request, width, height)},{FramePump.Filter}",
            "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1",
        ]) with { RedirectOutput = true, RedirectSide = true };
    }

    private sealed record Reading
    {
        public TimeSpan? SeekTo { get; init; }

        public string? Select { get; init; }
    }
}
