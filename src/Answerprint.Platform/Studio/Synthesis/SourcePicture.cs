using System.Globalization;
using System.Text;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Synthesis;

/// <summary>A picture that a recipe takes pixels from, at its own depth.</summary>
/// <param name="Asset">Its record.</param>
/// <param name="Picture">Its samples.</param>
/// <param name="Plate">What goes with a frame for finals into the next file; none for a still or a frame of a video.</param>
/// <param name="Attribution">How the attribution map names it.</param>
internal sealed record SourcePicture(Asset Asset, Picture Picture, PlatePixels? Plate, AttributionSource Attribution)
{
    /// <summary>Reads an input: a still, a frame for finals, or the numbered frame of a video.</summary>
    /// <exception cref="RecipeException">It is no picture, or cannot be read.</exception>
    public static async Task<SourcePicture> ReadAsync(JobContext context, JobInput input, long? frame, MediaOptions media, CancellationToken cancellationToken)
    {
        var asset = input.Asset ?? throw new RecipeException($"the input '{input.Part}' is an asset on record; these are loose bytes");
        context.Report(context.State.Progress, $"Reading {asset.Name}");
        if (asset.Kind == AssetKind.Video) return await ReadFrameAsync(asset, input, frame ?? 0, media, context, cancellationToken);
        if (asset.Kind is not (AssetKind.Still or AssetKind.Artwork)) throw new RecipeException($"'{asset.Name}' is no picture: {asset.Kind}");
        var opened = OrFail(await new PictureReader(media).ReadAsync(input.Path, cancellationToken), asset);
        return new(asset, opened.Picture, opened.Plate, Name(asset, opened.Picture.Width, opened.Picture.Height, asset.Name));
    }

    public static T OrFail<T>(MediaResult<T> result, Asset asset)
        where T : notnull => result.Ok ? result.Value : throw new RecipeException($"'{asset.Name}': {result.Error}");

    private static async Task<SourcePicture> ReadFrameAsync(Asset asset, JobInput input, long frame, MediaOptions media, JobContext context, CancellationToken cancellationToken)
    {
        if (OrFail(await new MediaProbe(media).ProbeAsync(input.Path, cancellationToken), asset) is not VideoInfo video) throw new RecipeException($"'{asset.Name}' is no video");
        var read = OrFail(await new FrameReader(media).ReadAsync(input.Path, video, frame, new FrameRequest(), cancellationToken: cancellationToken), asset);
        context.Spent(read.Cpu.TotalSeconds);
        var pixels = new PixelBuffer<byte>(read.Pixels, PixelLayout.Interleaved(read.Width, read.Height, 3));
        return new(asset, Picture.Create(pixels), null, Name(asset, read.Width, read.Height, string.Create(CultureInfo.InvariantCulture, $"{asset.Name}, frame {frame}")));
    }

    /// <summary>A name as long as an attribution map takes.</summary>
    public static string Label(string label)
    {
        while (Encoding.UTF8.GetByteCount(label) > AttributionLimits.MaxLabelBytes) label = label[..^1];
        return label;
    }

    private static AttributionSource Name(Asset asset, int width, int height, string label) => new(Convert.FromHexString(asset.BlobSha256), width, height, Label(label));
}
