using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Engines.ComfyUi.Server;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Engines.ComfyUi;

/// <summary>A picture that came back, made an asset: checked, written anew without what the server put beside its pixels, none of it attributable.</summary>
internal sealed partial class ComfyUiOutput(MediaOptions media, JobContext context, ComfyUiParameters wish)
{
    private const string MapSuffix = "/map";

    /// <summary>The outputs, picture and map in turn, and what the result says of the picture.</summary>
    public async Task<(IReadOnlyList<RecipeOutput> Outputs, JsonObject Told, byte[] PixelHash)> OfAsync(string node, ServerFile file, string path, int number, int count, CancellationToken cancellationToken)
    {
        if (IsVideo(file)) return await VideoAsync(node, file, path, number, count, cancellationToken);
        var answered = await File.ReadAllBytesAsync(path, cancellationToken);
        var shown = OutsideText.Clean(file.FileName, 80);
        var loaded = new StillLoader(media).Load(answered, $"'{shown}', which ComfyUI gave as node {OutsideText.Clean(node, 64)}'s result,");
        if (!loaded.Ok) throw new RecipeException(loaded.Error.ToString());
        using var still = loaded.Value;
        return context.Compute(() => Make(still.Image, node, file, answered, number, count));
    }

    private (IReadOnlyList<RecipeOutput>, JsonObject, byte[]) Make(StillImage image, string node, ServerFile file, byte[] answered, int number, int count)
    {
        var key = $"picture{number}";
        var stem = Path.Combine(context.WorkFolder, key);
        var name = NameOf(number, count);
        var pixels = Hash(image);
        var map = new AttributionMap(image.Width, image.Height, [], []);
        File.WriteAllBytes(stem + ".png", image.Encode(new StillEncoding.Png()));
        File.WriteAllBytes(stem + ".map", AttributionFile.Write(map, PlaneEncoding.Deflate));
        var (width, height) = RenditionSizes.Thumbnail(image.Width, image.Height);
        using (var small = image.Resize(width, height)) File.WriteAllBytes(stem + ".thumb.jpg", small.Encode(new StillEncoding.Jpeg(84)));

        var picture = AssetOf(AssetKind.Still, name, $"comfyui-{context.Job.Hash[..8]}-{number}.png", "image/png", image);
        (picture.PixelSha256, picture.Shares) = (Convert.ToHexStringLower(pixels), new PixelShares { NotAttributable = 1_000_000 });
        var sources = Sources();
        var told = new JsonObject
        {
            ["key"] = key, ["node"] = OutsideText.Clean(node, 64), ["file"] = OutsideText.Clean(file.FileName, 255), ["answeredSha256"] = Convert.ToHexStringLower(SHA256.HashData(answered)),
            ["answeredBytes"] = answered.Length, ["width"] = image.Width, ["height"] = image.Height, ["pixels"] = picture.PixelSha256,
        };
        return ([
            new RecipeOutput(key, new OutputFile(stem + ".png", null), picture, sources,
                [new OutputRendition(RenditionKind.Thumbnail, new OutputFile(stem + ".thumb.jpg", null), "image/jpeg", width, height)]) { MapKey = key + MapSuffix },
            new RecipeOutput(key + MapSuffix, new OutputFile(stem + ".map", null), AssetOf(AssetKind.Attribution, name + " attribution", $"comfyui-{context.Job.Hash[..8]}-{number}.attribution", AttributionFile.MediaType, image), [], []),
        ], told, pixels);
    }

    private static byte[] Hash(StillImage image)
    {
        var layout = PixelLayout.Interleaved(image.Width, image.Height, image.Bands);
        return image.Format == SampleFormat.UInt16
            ? CanonicalPixels.Hash(new PixelView<ushort>(image.Pixels<ushort>(), layout))
            : CanonicalPixels.Hash(new PixelView<byte>(image.Pixels<byte>(), layout));
    }

    private string NameOf(int number, int count) => $"{wish.WorkflowName}, seed {context.Job.Seed}{(count > 1 ? $", {number}" : "")}";

    /// <summary>What was sent; none of what came back can be attributed to it.</summary>
    private List<OutputSource> Sources() => [.. context.Inputs.Where(input => input.Asset is not null).GroupBy(input => input.Asset!.Id)
        .Select(same => new OutputSource(same.Key, string.Join(", ", same.Select(input => input.Part)), 0))];

    private Asset AssetOf(AssetKind kind, string name, string fileName, string mediaType, StillImage image) => AssetOf(kind, name, fileName, mediaType, image.Width, image.Height);

    private Asset AssetOf(AssetKind kind, string name, string fileName, string mediaType, int width, int height)
    {
        var inputs = context.Inputs.Select(input => input.Asset).OfType<Asset>().ToList();
        // No freer than the least free of its inputs; where there is none, whose it is nobody has said yet.
        var least = inputs.MinBy(asset => FreedomOf(asset.Rights));
        return new Asset
        {
            Kind = kind, Name = name, FileName = fileName, MediaType = mediaType, Width = width, Height = height, Frames = 1,
            Owner = least?.Owner ?? "", Rights = least?.Rights ?? RightsKind.Unknown, Licence = least?.Licence ?? "", ContributorRelease = least?.ContributorRelease ?? "",
            RightsFrom = inputs.Max(asset => asset.RightsFrom), RightsUntil = inputs.Min(asset => asset.RightsUntil),
            // A model may draw a person whom nobody asked for.
            Performers = inputs.Exists(asset => asset.Performers == PerformerPresence.Present) ? PerformerPresence.Present : PerformerPresence.Unknown,
            DigitalSource = inputs.Count == 0 ? "trainedAlgorithmicMedia" : "compositeWithTrainedAlgorithmicMedia",
        };
    }

    private static int FreedomOf(RightsKind rights) => rights switch
    {
        RightsKind.Unknown => 0,
        RightsKind.ServiceProprietary => 1,
        RightsKind.UserGenerated => 2,
        RightsKind.Licensed => 3,
        RightsKind.PublicDomain => 5,
        _ => 4,
    };
}
