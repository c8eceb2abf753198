using System.Text.Json;
using Answerprint.Imaging.Motion;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Productions.Ingest;

/// <summary>Makes what is needed to look at a video: proxy, poster, filmstrip, and its shots.</summary>
internal sealed class VideoIngest(MediaOptions media)
{
    private const int DetectorWidth = 96;

    public async Task<RecipeOutput> MakeAsync(IngestSource source, VideoInfo video, CancellationToken cancellationToken)
    {
        var shots = await ShotsAsync(source, video, cancellationToken);
        var proxy = await ProxyAsync(source, video, cancellationToken);
        var derivatives = new VideoDerivatives(media);
        source.Context.Report(0.9, "Making pictures");
        var poster = source.OrFail(await derivatives.PosterAsync(source.Path, video, cancellationToken: cancellationToken));
        source.Context.Preview(poster);
        var strip = source.OrFail(await derivatives.FilmstripAsync(source.Path, video, RenditionSizes.StripFrames, RenditionSizes.StripHeight, columns: 0, cancellationToken: cancellationToken));
        source.Context.Spent(strip.Cpu.TotalSeconds);

        var asset = source.Asset(AssetKind.Video, MediaTypeOf(video.Format), video);
        (asset.Width, asset.Height, asset.Frames) = (video.DisplayWidth, video.DisplayHeight, shots.Frames);
        (asset.FrameRate, asset.StartTimecode) = (video.FrameRate.ToString(), video.StartTimecode ?? "");
        using var still = source.OrFail(new StillLoader(media).Load(poster, "poster"));
        var (thumbnailWidth, thumbnailHeight) = RenditionSizes.Thumbnail(still.Image.Width, still.Image.Height);
        using var thumbnail = still.Image.Resize(thumbnailWidth, thumbnailHeight);
        return source.Output(asset,
        [
            proxy,
            source.Rendition(RenditionKind.Poster, poster, "image/jpeg", still.Image.Width, still.Image.Height),
            source.Rendition(RenditionKind.Thumbnail, thumbnail.Encode(new StillEncoding.Jpeg(84)), "image/jpeg", thumbnail.Width, thumbnail.Height),
            source.Rendition(RenditionKind.Filmstrip, strip.Jpeg, "image/jpeg", strip.FrameWidth * strip.Pts.Count, strip.FrameHeight, strip.Pts.Count),
            source.Rendition(RenditionKind.Analysis, JsonSerializer.SerializeToUtf8Bytes(shots, JsonSerializerOptions.Web), "application/json", 0, 0),
        ]);
    }

    private async Task<VideoAnalysis> ShotsAsync(IngestSource source, VideoInfo video, CancellationToken cancellationToken)
    {
        var height = Math.Max(8, DetectorWidth * video.DisplayHeight / video.DisplayWidth);
        var layout = PixelLayout.Interleaved(DetectorWidth, height, 3);
        var detector = new ShotDetector();
        var boundaries = new List<ShotBoundary>();
        bool Visit(in VideoFrame frame)
        {
            // A span cannot cross into the lambda that books the time; the copy is small.
            var (pixels, pts) = (frame.Pixels.ToArray(), frame.Pts);
            boundaries.AddRange(source.Context.Compute(() => detector.Push(new PixelView<byte>(pixels, layout), pts)));
            return !cancellationToken.IsCancellationRequested;
        }
        var request = new FrameRequest { Width = DetectorWidth, Height = height, Fast = true };
        var index = source.OrFail(await new FrameReader(media).ReadAllAsync(source.Path, video, request, Visit, source.Phase(0.02, 0.4, "Finding shots"), cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        source.Context.Spent(index.Cpu.TotalSeconds);
        boundaries.AddRange(detector.Finish());
        var start = index.Pts.Count > 0 ? index.Pts[0] : 0;
        double Seconds(long pts) => Math.Round((pts - start) * index.TimeBase.ToDouble(), 4);
        return new VideoAnalysis(index.Pts.Count, await LoudnessAsync(source, video, cancellationToken),
            [.. boundaries.Select(boundary => new AnalysedBoundary(boundary.Kind.ToString().ToLowerInvariant(), boundary.StartFrame, boundary.EndFrame, Seconds(boundary.StartPts), Seconds(boundary.EndPts), Math.Round(boundary.Confidence, 3)))],
            index.Warnings);
    }

    private async Task<AnalysedLoudness?> LoudnessAsync(IngestSource source, VideoInfo video, CancellationToken cancellationToken)
    {
        if (video.Audio.Count == 0) return null;
        var measured = source.OrFail(await new AudioAnalysis(media).LoudnessAsync(source.Path, video.Audio[0], video.Duration, source.Phase(0.4, 0.45, "Measuring loudness"), cancellationToken));
        source.Context.Spent(measured.Cpu.TotalSeconds);
        static double Finite(double value) => Math.Round(Math.Max(value, -120), 1);
        return new AnalysedLoudness(Finite(measured.IntegratedLufs), Finite(measured.RangeLu), Finite(measured.TruePeakDbtp),
            [.. measured.MomentaryLufs.Select(value => Finite(value))], measured.Step.TotalMilliseconds);
    }

    private async Task<OutputRendition> ProxyAsync(IngestSource source, VideoInfo video, CancellationToken cancellationToken)
    {
        var path = Path.Combine(source.Context.WorkFolder, "proxy.mp4");
        var proxy = source.OrFail(await new VideoDerivatives(media).WriteProxyAsync(source.Path, video, path, source.Phase(0.45, 0.9, "Making the proxy"), cancellationToken));
        source.Context.Spent(proxy.Cpu.TotalSeconds);
        return new OutputRendition(RenditionKind.Proxy, new OutputFile(path, null), "video/mp4", proxy.Width, proxy.Height);
    }

    private static string MediaTypeOf(string format) => format switch
    {
        "mp4" => "video/mp4",
        "matroska" => "video/x-matroska",
        "webm" => "video/webm",
        _ => $"video/{format}",
    };
}

/// <summary>What was found in a video, as its analysis rendition keeps it.</summary>
/// <param name="Frames">Decoded frames.</param>
/// <param name="Loudness">Of its first sound stream; none for a silent file.</param>
/// <param name="Boundaries">Cuts, dissolves and fades.</param>
/// <param name="Warnings">What the decoder complained of; empty for a sound file.</param>
internal sealed record VideoAnalysis(long Frames, AnalysedLoudness? Loudness, IReadOnlyList<AnalysedBoundary> Boundaries, string Warnings);

/// <summary>Loudness by EBU R 128, in LUFS, LU and dBTP; the curve has one momentary value each step.</summary>
internal sealed record AnalysedLoudness(double IntegratedLufs, double RangeLu, double TruePeakDbtp, IReadOnlyList<double> MomentaryLufs, double StepMs);

/// <summary>One boundary between shots.</summary>
internal sealed record AnalysedBoundary(string Kind, int StartFrame, int EndFrame, double StartSeconds, double EndSeconds, double Confidence);
