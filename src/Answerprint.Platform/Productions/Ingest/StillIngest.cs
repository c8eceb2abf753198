using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Productions.Ingest;

/// <summary>Makes what is needed to look at a still.</summary>
internal sealed class StillIngest(MediaOptions media)
{
    private const int PosterSide = 1600;

    public async Task<RecipeOutput> MakeAsync(IngestSource source, StillInfo info, CancellationToken cancellationToken)
    {
        source.Context.Report(0.3, "Decoding");
        using var loaded = source.OrFail(await new StillLoader(media).LoadAsync(source.Path, null, cancellationToken));
        var asset = source.Asset(AssetKind.Still, MediaTypeOf(info.Format), info);
        (asset.Width, asset.Height, asset.Frames) = (loaded.Image.Width, loaded.Image.Height, 1);
        return source.Output(asset, source.Context.Compute(() => Views(source, loaded.Image)));
    }

    public static IReadOnlyList<OutputRendition> Views(IngestSource source, StillImage image)
    {
        using var eight = image.Convert(SampleFormat.UInt8);
        using var rgb = eight.ToRgb();
        // Transparency is shown over a middle grey, as a light table would.
        using var flat = rgb.HasAlpha ? rgb.Flatten(96, 96, 96) : null;
        return [View(source, RenditionKind.Poster, flat ?? rgb, PosterSide), View(source, RenditionKind.Thumbnail, flat ?? rgb, RenditionSizes.ThumbnailWidth)];
    }

    private static OutputRendition View(IngestSource source, RenditionKind kind, StillImage image, int side)
    {
        var scale = Math.Min(1, (double)side / Math.Max(image.Width, image.Height));
        var (width, height) = (Math.Max(1, (int)(image.Width * scale)), Math.Max(1, (int)(image.Height * scale)));
        using var small = image.Resize(width, height);
        return source.Rendition(kind, small.Encode(new StillEncoding.Jpeg(86)), "image/jpeg", width, height);
    }

    private static string MediaTypeOf(string format) => format switch
    {
        "jpeg" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "tiff" => "image/tiff",
        "openexr" => "image/x-exr",
        "dpx" => "image/x-dpx",
        _ => $"image/{format}",
    };
}
