using System.Globalization;
using System.Text;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Look;

/// <summary>A picture that regions are dressed in: a still, or a frame of a video.</summary>
internal sealed record LookReference(Asset Asset, PixelBuffer<byte> Pixels, AttributionSource Attribution)
{
    public static async Task<LookReference> ReadAsync(JobContext context, JobInput input, long frame, MediaOptions media, CancellationToken cancellationToken)
    {
        var asset = input.Asset ?? throw new RecipeException("a reference is an asset on record; these are loose bytes");
        context.Report(context.State.Progress, $"Reading {asset.Name}");
        if (asset.Kind == AssetKind.Video)
        {
            if (OrFail(await new MediaProbe(media).ProbeAsync(input.Path, cancellationToken), asset) is not VideoInfo video) throw new RecipeException($"'{asset.Name}' is no video");
            var read = OrFail(await new FrameReader(media).ReadAsync(input.Path, video, frame, new FrameRequest(), cancellationToken: cancellationToken), asset);
            context.Spent(read.Cpu.TotalSeconds);
            return Of(asset, new PixelBuffer<byte>(read.Pixels, PixelLayout.Interleaved(read.Width, read.Height, 3)), string.Create(CultureInfo.InvariantCulture, $"{asset.Name}, frame {frame}"));
        }
        if (asset.Kind is not (AssetKind.Still or AssetKind.Artwork)) throw new RecipeException($"'{asset.Name}' is no picture: {asset.Kind}");
        var opened = OrFail(await new PictureReader(media).ReadAsync(input.Path, cancellationToken), asset);
        return Of(asset, opened.Picture.Features(), asset.Name);
    }

    private static LookReference Of(Asset asset, PixelBuffer<byte> pixels, string label)
    {
        while (Encoding.UTF8.GetByteCount(label) > AttributionLimits.MaxLabelBytes) label = label[..^1];
        return new(asset, pixels, new AttributionSource(Convert.FromHexString(asset.BlobSha256), pixels.Width, pixels.Height, label));
    }

    private static T OrFail<T>(MediaResult<T> result, Asset asset)
        where T : notnull => result.Ok ? result.Value : throw new RecipeException($"'{asset.Name}': {result.Error}");
}
