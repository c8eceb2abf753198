using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Answerprint.Imaging.Destruction;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Synthesis;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>Takes the frames of a collapse as they come, shows them, and hands over what was made: video, frames, and the account of its pixels and cost.</summary>
internal sealed class CollapseDelivery(JobContext context, MediaOptions media, BlobStore blobs, CollapseParameters wish, CollapsePlate plate, Asset source)
{
    public const string SequenceKey = "sequence", MasterKey = "master";
    private const int PreviewSide = 960;

    // Past the middle of the fall there is most to see.
    private const double PosterAt = 0.6;

    private readonly CollapseOutput output = new(context.WorkFolder, plate, media);
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<CollapseAccount> accounts = [];

    public async Task TakeAsync(CollapsePicture made, CancellationToken cancellationToken)
    {
        await output.WriteAsync(made, cancellationToken);
        context.Compute(() =>
        {
            hash.AppendData(made.Picture.Hash());
            Preview(made.Number);
            return true;
        });
        accounts.Add(made.Account);
    }

    public async Task<RecipeResult> FinishAsync(CollapseMade made, string folder, CancellationToken cancellationToken)
    {
        context.Report(0.89, "Encoding");
        await output.FinishAsync(made.Scene, cancellationToken);
        var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        var isMaster = plate.Video is not null && Path.GetExtension(output.MasterVideo) == ".mp4";
        var video = isMaster ? output.MasterVideo : output.ReviewVideo;
        var renditions = await new VideoLook(context, media).MakeAsync(video, TimeSpan.FromSeconds(made.Scene.Frames * PosterAt / made.Scene.Rate), cancellationToken);
        List<RecipeOutput> outputs = [Output(SynthesisOutput.PictureKey, new OutputFile(video, null), Describe(made, AssetKind.Video, "", ".mp4", "video/mp4", sha256), renditions)];
        if (wish.Kind == CollapsePass.Final) outputs.AddRange(await FinalsAsync(made, sha256, isMaster, renditions, cancellationToken));
        return new RecipeResult(outputs, Told(made), sha256);
    }

    /// <summary>What goes into the cut where the video does not hold these very pixels: frames as the plate's are, or a video without loss.</summary>
    private async Task<IReadOnlyList<RecipeOutput>> FinalsAsync(CollapseMade made, string sha256, bool isMaster, IReadOnlyList<OutputRendition> renditions, CancellationToken cancellationToken)
    {
        if (isMaster) return [];
        if (plate.Video is not null) return [Output(MasterKey, new OutputFile(output.MasterVideo, null), Describe(made, AssetKind.Video, ", without loss", ".mkv", "video/x-matroska", sha256), renditions)];
        var frames = new List<SequenceFrame>();
        for (var number = 1; number <= made.Scene.Frames; number++)
            frames.Add(new SequenceFrame { Number = number, FileName = Path.GetFileName(output.FrameFile(number)), BlobSha256 = (await blobs.AdoptAsync(output.FrameFile(number), cancellationToken)).Sha256 });
        var type = output.Extension switch { ".exr" => "image/x-exr", ".dpx" => "image/x-dpx", _ => "image/png" };
        var asset = Describe(made, AssetKind.Sequence, ", frames", output.Extension, type, sha256);
        asset.FileName = "%04d" + output.Extension;
        return [Output(SequenceKey, new OutputFile(null, frames[0].BlobSha256), asset, [.. renditions.Where(one => one.Kind is RenditionKind.Poster or RenditionKind.Thumbnail)]) with { Frames = frames }];
    }

    private RecipeOutput Output(string key, OutputFile file, Asset asset, IReadOnlyList<OutputRendition> renditions) =>
        new(key, file, asset, [new OutputSource(source.Id, CollapseRecipe.PlatePart, asset.Shares.Copied + asset.Shares.Blended)], renditions);

    private Asset Describe(CollapseMade made, AssetKind kind, string what, string extension, string mediaType, string sha256)
    {
        var name = $"{source.Name}, brought down{what}";
        var asset = new Asset
        {
            Kind = kind, Name = name, FileName = SynthesisOutput.FileName(name, extension), MediaType = mediaType, Width = made.Width, Height = made.Height, Frames = made.Scene.Frames,
            FrameRate = source.FrameRate, PixelSha256 = sha256, Shares = Shares(),
        };
        InheritedRights.Apply(asset, [source]);
        return asset;
    }

    /// <summary>Over all frames. Filled pixels are mixed from the plate's, as those seen through dust are; what is projected, broken or dust is rendered.</summary>
    private PixelShares Shares()
    {
        long all = accounts.Sum(one => (long)one.Copied + one.Filled + one.Blended + one.Rendered);
        int Million(Func<CollapseAccount, long> part) => (int)(accounts.Sum(part) * 1_000_000 / Math.Max(1, all));
        var (copied, blended) = (Million(one => one.Copied), Million(one => (long)one.Filled + one.Blended));
        return new PixelShares { Copied = copied, Blended = blended, Rendered = 1_000_000 - copied - blended };
    }

    private JsonObject Told(CollapseMade made) => new()
    {
        ["width"] = made.Width, ["height"] = made.Height, ["depth"] = plate.Format.Depth.ToString(), ["frames"] = made.Scene.Frames, ["rate"] = made.Scene.Rate, ["pass"] = wish.Pass,
        ["pixels"] = new JsonArray([.. accounts.Select((one, i) => (JsonNode)new JsonObject { ["frame"] = i + 1, ["copied"] = one.Copied, ["filled"] = one.Filled, ["blended"] = one.Blended, ["rendered"] = one.Rendered })]),
        ["cost"] = new JsonObject
        {
            ["cpuSeconds"] = Math.Round(context.CpuSeconds, 1), ["blenderCpuSeconds"] = Math.Round(made.BlenderCpu.TotalSeconds, 1), ["cpuSecondsPerFrame"] = Math.Round(context.CpuSeconds / made.Scene.Frames, 2),
        },
    };

    private void Preview(int number)
    {
        var loaded = new StillLoader(media).Load(File.ReadAllBytes(output.ReviewFile(number)), "frame");
        if (!loaded.Ok) return;
        using var still = loaded.Value;
        var image = still.Image;
        var scale = Math.Min(1, (double)PreviewSide / Math.Max(image.Width, image.Height));
        using var small = image.Resize(Math.Max(1, (int)(image.Width * scale)), Math.Max(1, (int)(image.Height * scale)));
        using var eight = small.Convert(SampleFormat.UInt8);
        context.Preview(eight.Encode(new StillEncoding.Jpeg(80)));
    }
}
