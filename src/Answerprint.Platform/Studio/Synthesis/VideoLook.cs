using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Synthesis;

/// <summary>Makes what browsers show of a video that was made: proxy, poster, thumbnail and filmstrip.</summary>
internal sealed class VideoLook(JobContext context, MediaOptions media)
{
    /// <param name="path">The video.</param>
    /// <param name="posterAt">The moment that stands for it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RecipeException">It cannot be looked at.</exception>
    public async Task<IReadOnlyList<OutputRendition>> MakeAsync(string path, TimeSpan posterAt, CancellationToken cancellationToken)
    {
        static T OrFail<T>(MediaResult<T> result)
            where T : notnull => result.Ok ? result.Value : throw new RecipeException($"the shot that was made cannot be looked at: {result.Error}");
        if (OrFail(await new MediaProbe(media).ProbeAsync(path, cancellationToken)) is not VideoInfo video) throw new RecipeException("the shot that was made cannot be looked at");
        var derivatives = new VideoDerivatives(media);
        var proxyPath = Path.Combine(context.WorkFolder, "proxy.mp4");
        var proxy = OrFail(await derivatives.WriteProxyAsync(path, video, proxyPath, null, cancellationToken));
        context.Report(Math.Max(0.94, context.State.Progress), "Making pictures");
        var poster = OrFail(await derivatives.PosterAsync(path, video, posterAt, cancellationToken: cancellationToken));
        var strip = OrFail(await derivatives.FilmstripAsync(path, video, RenditionSizes.StripFrames, RenditionSizes.StripHeight, columns: 0, cancellationToken: cancellationToken));
        context.Spent(proxy.Cpu.TotalSeconds + strip.Cpu.TotalSeconds);
        using var still = OrFail(new StillLoader(media).Load(poster, "poster"));
        var (width, height) = RenditionSizes.Thumbnail(still.Image.Width, still.Image.Height);
        using var thumbnail = still.Image.Resize(width, height);
        return
        [
            new OutputRendition(RenditionKind.Proxy, new OutputFile(proxyPath, null), "video/mp4", proxy.Width, proxy.Height),
            Rendition(RenditionKind.Poster, poster, still.Image.Width, still.Image.Height),
            Rendition(RenditionKind.Thumbnail, thumbnail.Encode(new StillEncoding.Jpeg(84)), width, height),
            Rendition(RenditionKind.Filmstrip, strip.Jpeg, strip.FrameWidth * strip.Pts.Count, strip.FrameHeight, strip.Pts.Count),
        ];
    }

    private OutputRendition Rendition(RenditionKind kind, byte[] bytes, int width, int height, int tiles = 0)
    {
        var path = Path.Combine(context.WorkFolder, kind.ToString());
        File.WriteAllBytes(path, bytes);
        return new OutputRendition(kind, new OutputFile(path, null), "image/jpeg", width, height, tiles);
    }
}
