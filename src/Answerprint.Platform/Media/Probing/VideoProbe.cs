using System.Text.Json;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Media.Video;

namespace Answerprint.Platform.Media.Probing;

/// <summary>Asks ffprobe what streams a container has, how its frames are spaced and whether the first one decodes.</summary>
internal sealed class VideoProbe(MediaOptions options)
{
    private const int MaxJsonBytes = 8 << 20;
    private const int MaxPackets = 20_000;

    public async Task<MediaResult<MediaInfo>> ProbeAsync(string path, string name, CancellationToken cancellationToken)
    {
        var command = FfmpegCommand.Ffprobe(options, path, "-of", "json", "-show_format", "-show_streams");
        var (result, json) = await FfmpegCommand.CaptureAsync(command, MaxJsonBytes, cancellationToken);
        if (!result.Succeeded) return FfmpegFailure.Of(result, name, options.Limits, probing: true);
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("streams", out var list) || !document.RootElement.TryGetProperty("format", out var format))
            return new MediaError(MediaErrorKind.Corrupt, $"{name} has no streams.");
        var streams = list.EnumerateArray().Select(stream => new ProbedStream(stream)).ToList();
        if (streams.Count > options.Limits.MaxStreams)
            return new MediaError(MediaErrorKind.LimitExceeded, $"{name} has {streams.Count} streams; {options.Limits.MaxStreams} are allowed.", nameof(MediaLimits.MaxStreams));
        var container = new ProbedStream(format);
        var video = streams.FirstOrDefault(stream => stream.Kind == "video" && !stream.IsAttachedPicture);
        var duration = container.Seconds("duration");
        if (Check(duration, name) is { } tooLong) return tooLong;
        if (video is not null) return await DescribeAsync(path, name, container, video, streams, cancellationToken);
        var audio = Audio(streams);
        return audio.Count == 0
            ? new MediaError(MediaErrorKind.NotMedia, $"{name} holds neither picture nor sound.")
            : new AudioInfo(container.FormatName, TimeSpan.FromSeconds(duration), audio);
    }

    private static List<AudioTrack> Audio(List<ProbedStream> streams) =>
    [
        .. streams.Where(s => s.Kind == "audio" && s.Number("channels") > 0)
            .Select(s => new AudioTrack(s.Index, s.Codec, (int)s.Number("channels"), s.Text("channel_layout"), (int)s.Number("sample_rate"), s.Language)),
    ];

    private async Task<MediaResult<MediaInfo>> DescribeAsync(
        string path, string name, ProbedStream container, ProbedStream video, List<ProbedStream> streams, CancellationToken cancellationToken)
    {
        var (width, height) = (video.Number("width"), video.Number("height"));
        if (width <= 0 || height <= 0) return new MediaError(MediaErrorKind.Corrupt, $"{name} does not state the size of its picture.");
        if (StillHeader.OverLimit(width, height, options.Limits, name) is { } tooLarge) return tooLarge;
        var spacing = await PacketsAsync(path, video, cancellationToken);
        if (spacing.Error is not null) return spacing.Error;
        var first = await FirstFrameAsync(path, name, video, cancellationToken);
        if (!first.Ok) return first.Error;
        var packets = spacing.Value!;
        if (!Rational.TryParse(video.Text("time_base"), out var timeBase)) return new MediaError(MediaErrorKind.Corrupt, $"{name} has no time base.");
        var count = video.Number("nb_frames") is > 0 and var stated ? stated : packets.Complete ? packets.Count : (long?)null;
        if (count > options.Limits.MaxFrames)
            return new MediaError(MediaErrorKind.LimitExceeded, $"{name} has {count} frames; {options.Limits.MaxFrames} are allowed.", nameof(MediaLimits.MaxFrames));
        var ticks = Ticks(container, video, packets, timeBase);
        if (Check(ticks * timeBase.ToDouble(), name) is { } tooLong) return tooLong;
        return Build(container, video, streams, first.Value, packets, timeBase) with { DurationTicks = ticks, FrameCount = count };
    }

    private static VideoInfo Build(
        ProbedStream container, ProbedStream video, List<ProbedStream> streams, ProbedStream frame, PacketSpacing packets, Rational timeBase)
    {
        var pixelFormat = frame.Text("pix_fmt") ?? video.Text("pix_fmt") ?? "unknown";
        var field = video.Text("field_order");
        return new VideoInfo(container.FormatName)
        {
            StreamIndex = video.Index,
            Codec = video.Codec,
            CodedWidth = (int)video.Number("width"),
            CodedHeight = (int)video.Number("height"),
            PixelFormat = pixelFormat,
            BitDepth = PixelFormats.BitDepth(pixelFormat),
            RotationDegrees = video.RotationClockwise,
            SampleAspect = Rational.TryParse(video.Text("sample_aspect_ratio"), out var aspect) && aspect.Numerator > 0 ? aspect : new Rational(1, 1),
            FrameRate = FrameRate(video, packets),
            IsVariableFrameRate = packets.IsVariable(timeBase),
            TimeBase = timeBase,
            DurationTicks = 0,
            ContainerStart = TimeSpan.FromSeconds(container.Seconds("start_time")),
            StartTimecode = streams.Select(s => s.Tag("timecode")).FirstOrDefault(t => t is not null) ?? container.Tag("timecode"),
            IsInterlaced = field is "tt" or "bb" or "tb" or "bt" || frame.Number("interlaced_frame") == 1,
            ColourPrimaries = Stated(frame.Text("color_primaries") ?? video.Text("color_primaries")),
            ColourTransfer = Stated(frame.Text("color_transfer") ?? video.Text("color_transfer")),
            ColourMatrix = Stated(frame.Text("color_space") ?? video.Text("color_space")),
            IsFullRange = (frame.Text("color_range") ?? video.Text("color_range")) == "pc" || pixelFormat.StartsWith("yuvj", StringComparison.Ordinal),
            Audio = Audio(streams),
            Subtitles = [.. streams.Where(s => s.Kind == "subtitle").Select(s => new SubtitleTrack(s.Index, s.Codec, s.Language))],
        };
    }

    private static string? Stated(string? value) => value is null or "unknown" or "reserved" or "unspecified" ? null : value;

    private static Rational FrameRate(ProbedStream video, PacketSpacing packets)
    {
        var nominal = Rational.TryParse(video.Text("r_frame_rate"), out var r) ? r : default;
        var average = Rational.TryParse(video.Text("avg_frame_rate"), out var a) ? a : default;
        var varies = Rational.TryParse(video.Text("time_base"), out var timeBase) && packets.IsVariable(timeBase);
        if (varies && average.Numerator > 0) return average;
        // The nominal rate is a guess that can be the time base itself; it counts only when the average is near it.
        var close = nominal.Numerator > 0 && average.Numerator > 0 && Math.Abs((nominal.ToDouble() / average.ToDouble()) - 1) < 0.05;
        return close || average.Numerator <= 0 ? nominal : average;
    }

    private static long Ticks(ProbedStream container, ProbedStream video, PacketSpacing packets, Rational timeBase)
    {
        if (video.Number("duration_ts") is > 0 and var ticks) return ticks;
        if (packets is { Complete: true, Ticks: > 0 }) return packets.Ticks;
        return (long)Math.Round(container.Seconds("duration") / timeBase.ToDouble());
    }

    private MediaError? Check(double seconds, string name) => seconds > options.Limits.MaxDuration.TotalSeconds
        ? new MediaError(MediaErrorKind.LimitExceeded, $"{name} runs {seconds:0} s; {options.Limits.MaxDuration.TotalSeconds:0} s are allowed.", nameof(MediaLimits.MaxDuration))
        : null;

    private async Task<MediaResult<PacketSpacing>> PacketsAsync(string path, ProbedStream video, CancellationToken cancellationToken)
    {
        var command = FfmpegCommand.Ffprobe(
            options, path, "-of", "csv=p=0", "-select_streams", FfmpegCommand.Text(video.Index),
            "-show_entries", "packet=pts,dts,duration", "-read_intervals", $"%+#{MaxPackets}");
        var (result, csv) = await FfmpegCommand.CaptureAsync(command, MaxJsonBytes, cancellationToken);
        return result.Succeeded ? PacketSpacing.Parse(csv, MaxPackets) : FfmpegFailure.Of(result, Path.GetFileName(path), options.Limits, probing: true);
    }

    private async Task<MediaResult<ProbedStream>> FirstFrameAsync(string path, string name, ProbedStream video, CancellationToken cancellationToken)
    {
        var command = FfmpegCommand.Ffprobe(
            options, path, "-of", "json", "-select_streams", FfmpegCommand.Text(video.Index), "-show_frames", "-read_intervals", "%+#8");
        var (result, json) = await FfmpegCommand.CaptureAsync(command, MaxJsonBytes, cancellationToken);
        if (!result.Succeeded) return FfmpegFailure.Of(result, name, options.Limits, probing: true);
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("frames", out var frames) && frames.GetArrayLength() > 0
            ? new ProbedStream(frames[0].Clone())
            : new MediaError(MediaErrorKind.Corrupt, $"{name} has a video stream ({video.Codec}) of which no frame can be decoded.");
    }
}
