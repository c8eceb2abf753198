using System.Globalization;
using System.Text.Json.Nodes;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Quality;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Promotion.Making;

/// <summary>Writes a finished picture and its attribution map into the job's work folder.</summary>
internal static class ArtworkOutput
{
    public const string MapSuffix = "/map";
    private const int PreviewWidth = 480;

    public static IReadOnlyList<RecipeOutput> Of(
        JobContext context, Asset source, ArtworkParameters wish, FrameChoice choice, string aspect, Composition made, JsonObject explanation)
    {
        var key = explanation["key"]!.GetValue<string>();
        var stem = Path.Combine(context.WorkFolder, key);
        using var still = StillImage.FromPixels<byte>(made.Pixels.Memory.Span, made.Pixels.Width, made.Pixels.Height, 3);
        File.WriteAllBytes(stem + ".jpg", still.Encode(new StillEncoding.Jpeg(92, FullChroma: true)));
        File.WriteAllBytes(stem + ".map", AttributionFile.Write(made.Map, PlaneEncoding.Deflate));
        var small = Small(still, RenditionSizes.ThumbnailWidth);
        File.WriteAllBytes(stem + ".thumb.jpg", small.Jpeg);
        context.Preview(aspect == "16:9" ? Small(still, PreviewWidth).Jpeg : small.Jpeg);

        var name = string.Create(CultureInfo.InvariantCulture, $"{(wish.TitleText.Length > 0 ? wish.TitleText : source.Name)} {aspect} variant {choice.Rank + 1}{(made.Title is null ? ", without type" : "")}");
        var picture = Copy(source, AssetKind.Artwork, name, $"{key}.jpg", "image/jpeg", made.Pixels.Width, made.Pixels.Height);
        picture.Shares = SharesOf(made.Map);
        picture.PixelSha256 = Convert.ToHexStringLower(CanonicalPixels.Hash(made.Pixels));
        var map = Copy(source, AssetKind.Attribution, name + " attribution", $"{key}.attribution", AttributionFile.MediaType, made.Pixels.Width, made.Pixels.Height);
        var fromSource = picture.Shares.Copied + picture.Shares.Blended;
        return
        [
            new RecipeOutput(key, new OutputFile(stem + ".jpg", null), picture, [new OutputSource(source.Id, $"frame {FootageFrames.NumberOf(choice.Candidate)}", fromSource)],
                [new OutputRendition(RenditionKind.Thumbnail, new OutputFile(stem + ".thumb.jpg", null), "image/jpeg", small.Width, small.Height)]) { MapKey = key + MapSuffix },
            new RecipeOutput(key + MapSuffix, new OutputFile(stem + ".map", null), map, [], []),
        ];
    }

    /// <summary>Owner and rights pass on from the source: artwork is no freer than the footage it shows.</summary>
    private static Asset Copy(Asset source, AssetKind kind, string name, string fileName, string mediaType, int width, int height) => new()
    {
        Kind = kind, Name = name, FileName = fileName, MediaType = mediaType, Width = width, Height = height, Frames = 1,
        Owner = source.Owner, Rights = source.Rights, Licence = source.Licence, RightsFrom = source.RightsFrom, RightsUntil = source.RightsUntil,
        ContributorRelease = source.ContributorRelease, Performers = source.Performers, DigitalSource = DigitalSourceOf(source),
    };

    /// <summary>The IPTC term: a synthetic source is never hidden behind a milder word; a captured one with type laid over it is a composite of what was captured.</summary>
    private static string DigitalSourceOf(Asset source) => source.DigitalSource switch
    {
        "trainedAlgorithmicMedia" or "compositeWithTrainedAlgorithmicMedia" => "compositeWithTrainedAlgorithmicMedia",
        "algorithmicMedia" or "compositeSynthetic" => "compositeSynthetic",
        "digitalCapture" or "compositeCapture" => "compositeCapture",
        "digitalCreation" => "digitalCreation",
        _ => "composite",
    };

    private static PixelShares SharesOf(AttributionMap map)
    {
        var shares = map.Shares().ToLookup(share => share.Kind, share => share.PartsPerMillion);
        return new PixelShares
        {
            Copied = shares[AttributionKind.Copied].Sum(),
            Blended = shares[AttributionKind.Blended].Sum(),
            Rendered = shares[AttributionKind.Rendered].Sum(),
            Painted = shares[AttributionKind.Painted].Sum(),
            NotAttributable = shares[AttributionKind.NotAttributable].Sum(),
        };
    }

    private static (byte[] Jpeg, int Width, int Height) Small(StillImage still, int width)
    {
        width = Math.Min(width, still.Width);
        var height = Math.Max(1, (int)((long)still.Height * width / still.Width));
        using var resized = still.Resize(width, height);
        return (resized.Encode(new StillEncoding.Jpeg(84)), width, height);
    }
}
