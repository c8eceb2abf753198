using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Media.Video;

/// <summary>Gathers evenly spaced small frames: in one pass when the video is short, by seeking when a pass would decode too much.</summary>
internal sealed class FilmstripMaker(MediaOptions options)
{
    private const long OnePassPixels = 2_000_000_000;
    private readonly FrameReader reader = new(options);

    public async Task<MediaResult<Filmstrip>> MakeAsync(
        string path, VideoInfo video, int count, int frameHeight, int columns, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (video.FrameCount is { } frames) count = (int)Math.Min(count, Math.Max(1, frames));
        var width = Math.Max(1, (int)Math.Round((double)video.DisplayWidth * frameHeight / video.DisplayHeight));
        var request = new FrameRequest { Width = width, Height = frameHeight, Fast = true };
        var gathered = await GatherAsync(path, video, Times(video, count), request, progress, cancellationToken);
        if (!gathered.Ok) return gathered.Error;
        var (pictures, cpu) = gathered.Value;
        if (columns <= 0 || columns > pictures.Count) columns = pictures.Count;
        using var sprite = Sprite(pictures, columns, width, frameHeight);
        return new Filmstrip(sprite.Encode(new StillEncoding.Jpeg(80)), width, frameHeight, columns, [.. pictures.Select(p => p.Pts)], cpu);
    }

    /// <summary>Of five moments spread over the video, the one whose frame varies most.</summary>
    public async Task<MediaResult<TimeSpan>> MostVariedAsync(string path, VideoInfo video, CancellationToken cancellationToken)
    {
        var request = new FrameRequest { Width = 64, Height = 36, Fast = true };
        var gathered = await GatherAsync(path, video, Times(video, 5), request, null, cancellationToken);
        if (!gathered.Ok) return gathered.Error;
        var best = gathered.Value.Pictures.MaxBy(picture => Variance(picture.Pixels))!;
        return TimeSpan.FromSeconds(best.Pts * video.TimeBase.ToDouble());
    }

    private static long[] Times(VideoInfo video, int count)
    {
        var start = (long)Math.Round(video.ContainerStart.TotalSeconds / video.TimeBase.ToDouble());
        return [.. Enumerable.Range(0, count).Select(i => start + (long)((2 * i) + 1) * video.DurationTicks / (2 * count))];
    }

    private static long Variance(byte[] pixels)
    {
        long sum = 0, squares = 0;
        foreach (var value in pixels)
        {
            sum += value;
            squares += value * value;
        }

        return (squares * pixels.Length) - (sum * sum);
    }

    private static StillImage Sprite(IReadOnlyList<FramePixels> pictures, int columns, int width, int height)
    {
        var rows = (pictures.Count + columns - 1) / columns;
        var stride = columns * width * 3;
        var pixels = new byte[checked(stride * rows * height)];
        for (var i = 0; i < pictures.Count; i++)
        {
            var origin = (i / columns * height * stride) + (i % columns * width * 3);
            for (var y = 0; y < height; y++)
                pictures[i].Pixels.AsSpan(y * width * 3, width * 3).CopyTo(pixels.AsSpan(origin + (y * stride)));
        }

        return StillImage.FromPixels<byte>(pixels, columns * width, rows * height, 3);
    }

    private Task<MediaResult<Gathered>> GatherAsync(
        string path, VideoInfo video, long[] times, FrameRequest request, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var frames = video.FrameCount ?? (long)(video.Duration.TotalSeconds * video.FrameRate.ToDouble());
        var pixels = frames * video.CodedWidth * video.CodedHeight;
        return pixels <= OnePassPixels
            ? OnePassAsync(path, video, times, request, progress, cancellationToken)
            : BySeekingAsync(path, video, times, request, progress, cancellationToken);
    }

    private async Task<MediaResult<Gathered>> OnePassAsync(
        string path, VideoInfo video, long[] times, FrameRequest request, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var pictures = new List<FramePixels>();
        FramePixels? before = null;
        var index = await reader.ReadAllAsync(path, video, request, Visit, progress, cancellationToken);
        if (!index.Ok) return index.Error;
        if (before is null) return new MediaError(MediaErrorKind.Corrupt, $"{Path.GetFileName(path)} has no frame that decodes.");
        while (pictures.Count < times.Length) pictures.Add(before);
        return new Gathered(pictures, index.Value.Cpu);

        // A moment shows the last frame that starts at or before it.
        bool Visit(in VideoFrame frame)
        {
            while (before is not null && pictures.Count < times.Length && frame.Pts > times[pictures.Count]) pictures.Add(before);
            before = new FramePixels(frame.Pts, frame.Width, frame.Height, FrameFormat.Rgb24, frame.Pixels.ToArray(), TimeSpan.Zero);
            return pictures.Count < times.Length;
        }
    }

    private async Task<MediaResult<Gathered>> BySeekingAsync(
        string path, VideoInfo video, long[] times, FrameRequest request, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var pictures = new List<FramePixels>();
        foreach (var ticks in times)
        {
            var frame = await reader.ReadAtAsync(path, video, TimeSpan.FromSeconds(ticks * video.TimeBase.ToDouble()), request, cancellationToken);
            if (!frame.Ok) return frame.Error;
            pictures.Add(frame.Value);
            progress?.Report((double)pictures.Count / times.Length);
        }

        return new Gathered(pictures, pictures.Aggregate(TimeSpan.Zero, (sum, picture) => sum + picture.Cpu));
    }

    private sealed record Gathered(IReadOnlyList<FramePixels> Pictures, TimeSpan Cpu);
}
