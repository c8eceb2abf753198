using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Productions.Ingest;

/// <summary>Makes what is needed to look at a frame for finals: a picture through the ACES view. The bytes that came stay as they are.</summary>
internal sealed class PlateIngest(MediaOptions media)
{
    private const int PosterSide = 1600;

    public async Task<RecipeOutput> MakeAsync(IngestSource source, PlateInfo info, CancellationToken cancellationToken)
    {
        var part = info.Parts[0];
        if (part.IsDeep) throw new RecipeException($"'{source.Wish.FileNames[0]}' holds deep samples, which are not taken in yet");
        var asset = source.Asset(AssetKind.Still, MediaTypeOf(info.Format), info);
        (asset.Width, asset.Height, asset.Frames) = (part.DisplayWindow.Width, part.DisplayWindow.Height, 1);
        return source.Output(asset, await ViewsAsync(source, cancellationToken));
    }

    /// <summary>A poster and a thumbnail through the view.</summary>
    public async Task<IReadOnlyList<OutputRendition>> ViewsAsync(IngestSource source, CancellationToken cancellationToken)
    {
        source.Context.Report(0.4, "Rendering the view");
        using var preview = source.OrFail(await new PlateReader(media).PreviewAsync(source.Path, maxSide: PosterSide, cancellationToken: cancellationToken));
        source.Context.Spent(preview.Cpu.TotalSeconds);
        return source.Context.Compute(() => StillIngest.Views(source, preview.Image));
    }

    public static string MediaTypeOf(string format) => format == "openexr" ? "image/x-exr" : $"image/x-{format}";
}
