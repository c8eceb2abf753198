using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Synthesis;

/// <summary>Writes a made picture at its own depth, its attribution map, and what browsers show of it.</summary>
internal sealed class SynthesisOutput(JobContext context, MediaOptions media)
{
    public const string PictureKey = "picture";
    public const string MapKey = "map";
    private const int PosterSide = 2048;
    private const int ThumbnailSide = 512;

    /// <summary>The picture and its map.</summary>
    /// <param name="made">What was made.</param>
    /// <param name="sources">What it was made from, in the order of the map's sources.</param>
    /// <param name="guides">Inputs that led it and gave no pixel: masks, layouts.</param>
    /// <param name="name">What people will call it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<RecipeOutput>> WriteAsync(MadePicture made, IReadOnlyList<SourcePicture> sources, IReadOnlyList<JobInput> guides, string name, CancellationToken cancellationToken)
    {
        context.Report(0.94, "Writing");
        var linear = made.Picture.IsLinear;
        var stem = Path.Combine(context.WorkFolder, "made");
        var file = stem + (linear ? ".exr" : ".png");
        if (PictureWriter.Write(made.Picture, file, sources.Count > 0 ? sources[0].Plate : null, made.Left, made.Top) is { } error) throw new RecipeException($"the picture could not be written: {error}");
        await File.WriteAllBytesAsync(stem + ".map", AttributionFile.Write(made.Map, PlaneEncoding.Deflate), cancellationToken);
        var renditions = await LookAtAsync(file, linear, stem, cancellationToken);

        var picture = Describe(AssetKind.Still, name, FileName(name, linear ? ".exr" : ".png"), linear ? "image/x-exr" : "image/png", made.Map, sources);
        picture.Shares = SharesOf(made.Map);
        picture.PixelSha256 = Convert.ToHexStringLower(made.Picture.Hash());
        var map = Describe(AssetKind.Attribution, name + " attribution", FileName(name, ".attribution"), AttributionFile.MediaType, made.Map, sources);
        var from = SourceShares(made.Map);
        List<OutputSource> lineage =
        [
            .. sources.Select((source, index) => new OutputSource(source.Asset.Id, index == 0 && sources.Count == 1 ? "source" : $"reference {index + 1}", from.GetValueOrDefault(index))),
            .. guides.Where(guide => guide.Asset is not null).Select(guide => new OutputSource(guide.Asset!.Id, guide.Part, 0)),
        ];
        return
        [
            new RecipeOutput(PictureKey, new OutputFile(file, null), picture, lineage, renditions) { MapKey = MapKey },
            new RecipeOutput(MapKey, new OutputFile(stem + ".map", null), map, [], []),
        ];
    }

    /// <summary>Shows a picture while it is being made.</summary>
    public static void Preview(JobContext context, PixelBuffer<byte> picture)
    {
        if (picture.Channels is not (1 or 3) || !picture.Layout.IsPackedInterleaved) return;
        using var image = StillImage.FromPixels<byte>(picture.Memory.Span[..picture.Layout.RequiredLength], picture.Width, picture.Height, picture.Channels);
        context.Preview(image.Encode(new StillEncoding.Jpeg(80)));
    }

    /// <summary>Makes what browsers show of a written picture.</summary>
    internal async Task<IReadOnlyList<OutputRendition>> LookAtAsync(string file, bool linear, string stem, CancellationToken cancellationToken)
    {
        if (linear)
        {
            // A frame for finals is looked at as ingest shows it: through the ACES view.
            using var preview = Open(await new PlateReader(media).PreviewAsync(file, maxSide: PosterSide, cancellationToken: cancellationToken));
            context.Spent(preview.Cpu.TotalSeconds);
            return context.Compute(() => Renditions(preview.Image, stem));
        }
        using var loaded = Open(await new StillLoader(media).LoadAsync(file, null, cancellationToken));
        return context.Compute(() => Renditions(loaded.Image, stem));
    }

    private static T Open<T>(MediaResult<T> result)
        where T : notnull => result.Ok ? result.Value : throw new RecipeException($"the picture that was made cannot be looked at: {result.Error}");

    private static IReadOnlyList<OutputRendition> Renditions(StillImage image, string stem)
    {
        using var eight = image.Convert(SampleFormat.UInt8);
        using var rgb = eight.ToRgb();
        using var flat = rgb.HasAlpha ? rgb.Flatten(96, 96, 96) : null;
        return [Rendition(RenditionKind.Poster, flat ?? rgb, PosterSide, stem), Rendition(RenditionKind.Thumbnail, flat ?? rgb, ThumbnailSide, stem)];
    }

    private static OutputRendition Rendition(RenditionKind kind, StillImage image, int side, string stem)
    {
        var scale = Math.Min(1, (double)side / Math.Max(image.Width, image.Height));
        var (width, height) = (Math.Max(1, (int)(image.Width * scale)), Math.Max(1, (int)(image.Height * scale)));
        using var small = image.Resize(width, height);
        var path = $"{stem}.{kind.ToString().ToLowerInvariant()}.jpg";
        File.WriteAllBytes(path, small.Encode(new StillEncoding.Jpeg(90, FullChroma: true)));
        return new OutputRendition(kind, new OutputFile(path, null), "image/jpeg", width, height);
    }

    private static Asset Describe(AssetKind kind, string name, string fileName, string mediaType, AttributionMap map, IReadOnlyList<SourcePicture> sources)
    {
        var asset = new Asset { Kind = kind, Name = name, FileName = fileName, MediaType = mediaType, Width = map.Width, Height = map.Height, Frames = 1 };
        InheritedRights.Apply(asset, [.. sources.Select(source => source.Asset)]);
        return asset;
    }

    internal static PixelShares SharesOf(AttributionMap map)
    {
        var shares = map.Shares().ToLookup(share => share.Kind, share => share.PartsPerMillion);
        return new PixelShares
        {
            Copied = shares[AttributionKind.Copied].Sum(), Blended = shares[AttributionKind.Blended].Sum(), Rendered = shares[AttributionKind.Rendered].Sum(),
            Painted = shares[AttributionKind.Painted].Sum(), NotAttributable = shares[AttributionKind.NotAttributable].Sum(),
        };
    }

    private static Dictionary<int, int> SourceShares(AttributionMap map) =>
        map.Shares().Where(share => share.Source >= 0).GroupBy(share => share.Source).ToDictionary(group => group.Key, group => group.Sum(share => share.PartsPerMillion));

    internal static string FileName(string name, string extension)
    {
        var safe = new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]).Trim('-', '.');
        return (safe.Length is 0 ? "made" : safe.Length > 80 ? safe[..80] : safe) + extension;
    }
}
