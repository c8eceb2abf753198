using Answerprint.Imaging.Motion;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Quality;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Promotion.Making;

/// <summary>Looks through the sources of a job: finds shots, scores frames, and hands out the chosen ones at full size.</summary>
internal sealed class FootageFrames(MediaOptions media)
{
    /// <summary>Width at which frames are judged; scores of other widths do not compare.</summary>
    public const int JudgedWidth = 480;

    // Enough to find a good frame of each shot in a feature, few enough to keep the search short.
    private const int CandidatesASource = 240;

    // Sources are numbered apart on one line of frames, so that one choice is made among all of them.
    private const int SourceStride = 100_000_000;

    private readonly List<FootageSource> sources = [];
    private readonly List<FrameCandidate> candidates = [];
    private readonly List<Shot> shots = [];
    private readonly Dictionary<int, byte[]> judged = [];

    public IReadOnlyList<FrameCandidate> Candidates => candidates;

    public IReadOnlyList<Shot> Shots => shots;

    public FootageSource SourceOf(FrameCandidate candidate) => sources[candidate.Frame / SourceStride];

    /// <summary>Candidates out of sources at least half as wide as the widest.</summary>
    public IReadOnlyList<FrameCandidate> LargeCandidates()
    {
        var widest = sources.Max(source => source.Width);
        return [.. candidates.Where(candidate => SourceOf(candidate).Width * 2 >= widest)];
    }

    public static int NumberOf(FrameCandidate candidate) => candidate.Frame % SourceStride;

    /// <summary>The small copy on which a candidate was judged.</summary>
    public PixelBuffer<byte> JudgedCopy(FrameCandidate candidate)
    {
        var source = SourceOf(candidate);
        return new PixelBuffer<byte>(judged[candidate.Frame], PixelLayout.Interleaved(JudgedWidth, source.JudgedHeight, 3));
    }

    /// <summary>Looks through one source.</summary>
    public async Task AddAsync(JobInput input, JobContext context, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var asset = input.Asset!;
        var index = sources.Count;
        if (asset.Kind == AssetKind.Still)
        {
            await AddStillAsync(input, index, context, cancellationToken);
            return;
        }
        var info = (await new MediaProbe(media).ProbeAsync(input.Path, cancellationToken)).OrFail();
        if (info is not VideoInfo video) throw new RecipeException($"'{asset.Name}' is {info.Format}; artwork is made from video and stills");
        var source = new FootageSource(input, video, video.DisplayWidth, video.DisplayHeight);
        sources.Add(source);
        await AddVideoAsync(source, index, context, progress, cancellationToken);
    }

    /// <summary>A chosen frame at its full size: upright, square pixels, 8-bit sRGB.</summary>
    public async Task<PixelBuffer<byte>> ReadAsync(FrameCandidate candidate, CancellationToken cancellationToken)
    {
        var source = SourceOf(candidate);
        if (source.Video is null) return await LoadStillAsync(source.Input, cancellationToken);
        var request = new FrameRequest { Width = source.Width, Height = source.Height };
        var frame = (await new FrameReader(media).ReadAsync(source.Input.Path, source.Video, NumberOf(candidate), request, source.Index, cancellationToken)).OrFail();
        return new PixelBuffer<byte>(frame.Pixels, PixelLayout.Interleaved(frame.Width, frame.Height, 3));
    }

    private async Task AddVideoAsync(FootageSource source, int index, JobContext context, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var height = source.JudgedHeight;
        var layout = PixelLayout.Interleaved(JudgedWidth, height, 3);
        var step = (int)Math.Max(1, (source.Video!.FrameCount ?? 2400) / CandidatesASource);
        var detector = new ShotDetector();
        var boundaries = new List<ShotBoundary>();
        var request = new FrameRequest { Width = JudgedWidth, Height = height, Fast = true };
        bool Visit(in VideoFrame frame)
        {
            var (pixels, number, pts) = (frame.Pixels.ToArray(), (int)frame.Number, frame.Pts);
            context.Compute(() =>
            {
                var view = new PixelView<byte>(pixels, layout);
                boundaries.AddRange(detector.Push(view, pts));
                if (number % step == 0) Judge(index, number, pixels, view);
                return true;
            });
            return !cancellationToken.IsCancellationRequested;
        }
        source.Index = (await new FrameReader(media).ReadAllAsync(source.Input.Path, source.Video, request, Visit, progress, cancellationToken)).OrFail();
        cancellationToken.ThrowIfCancellationRequested();
        context.Spent(source.Index.Cpu.TotalSeconds);
        boundaries.AddRange(detector.Finish());
        foreach (var shot in Shot.Between(boundaries, detector.FrameCount))
            shots.Add(new Shot(shots.Count, shot.StartFrame + index * SourceStride, shot.EndFrame + index * SourceStride));
    }

    private async Task AddStillAsync(JobInput input, int index, JobContext context, CancellationToken cancellationToken)
    {
        var full = await LoadStillAsync(input, cancellationToken);
        var source = new FootageSource(input, null, full.Width, full.Height);
        sources.Add(source);
        context.Compute(() =>
        {
            var small = Imaging.Resampling.Resampler.Resize(full, new PixelRect(0, 0, full.Width, full.Height), JudgedWidth, source.JudgedHeight, cancellationToken: cancellationToken);
            Judge(index, 0, small.Memory.ToArray(), small.View);
            return true;
        });
        // A still is a shot of one frame; the margins that keep off cuts do not concern it.
        shots.Add(new Shot(shots.Count, index * SourceStride - SourceStride / 2, index * SourceStride + SourceStride / 2));
    }

    private void Judge(int index, int number, byte[] pixels, PixelView<byte> view)
    {
        var score = FrameScorer.Score(view);
        if (score.Refusal is not null) return;
        var frame = number + index * SourceStride;
        candidates.Add(new FrameCandidate(frame, score));
        judged[frame] = pixels;
    }

    private async Task<PixelBuffer<byte>> LoadStillAsync(JobInput input, CancellationToken cancellationToken)
    {
        using var loaded = (await new StillLoader(media).LoadAsync(input.Path, null, cancellationToken)).OrFail();
        using var rgb = loaded.Image.ToRgb();
        using var eight = rgb.Convert(SampleFormat.UInt8);
        using var flat = eight.HasAlpha ? eight.Flatten(0, 0, 0) : null;
        var pixels = (flat ?? eight).Pixels<byte>().ToArray();
        return new PixelBuffer<byte>(pixels, PixelLayout.Interleaved(eight.Width, eight.Height, 3));
    }
}

/// <summary>One source that was looked through.</summary>
internal sealed class FootageSource(JobInput input, VideoInfo? video, int width, int height)
{
    public JobInput Input { get; } = input;

    public VideoInfo? Video { get; } = video;

    public int Width { get; } = width;

    public int Height { get; } = height;

    public int JudgedHeight { get; } = Math.Max(2, (int)((long)FootageFrames.JudgedWidth * height / width));

    public FrameIndex? Index { get; set; }

    /// <summary>When a frame is shown, in seconds from the start.</summary>
    public double SecondsOf(int frame) => Index is null ? 0 : (Index.Pts[frame] - Index.Pts[0]) * Index.TimeBase.ToDouble();
}
