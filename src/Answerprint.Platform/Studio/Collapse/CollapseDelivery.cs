using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Answerprint.Imaging.Destruction;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Synthesis;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>Takes the frames of a collapse as they come, shows them, and hands over what was made: video, frames, layers, scene, and the account of pixels and cost.</summary>
/// <param name="context">The job.</param>
/// <param name="media">Programs and limits.</param>
/// <param name="blobs">Bytes.</param>
/// <param name="wish">What was asked for.</param>
/// <param name="plate">The plate.</param>
/// <param name="source">Its record.</param>
/// <param name="folder">Where frames are kept from run to run.</param>
internal sealed class CollapseDelivery(JobContext context, MediaOptions media, BlobStore blobs, CollapseParameters wish, CollapsePlate plate, Asset source, string folder)
{
    public const string SequenceKey = "sequence", MasterKey = "master", LayersKey = "layers", SceneKey = "scene3d";
    private const int PreviewSide = 960;

    // Past the middle of the fall there is most to see.
    private const double PosterAt = 0.6;

    private readonly CollapseOutput output = new(folder, plate, media);

    /// <summary>What is known of a frame that a killed run, or the take before, finished.</summary>
    public CollapseAccount? Find(int number, string key, bool layers) => File.Exists(HashFile(number)) ? output.Find(number, key, layers) : null;

    public async Task TakeAsync(CollapsePicture made, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(HashFile(made.Number))!);
        // Before the frame, whose account says that all of it is there.
        await File.WriteAllBytesAsync(HashFile(made.Number), context.Compute(made.Picture.Hash), cancellationToken);
        await output.WriteAsync(made, cancellationToken);
        context.Compute(() => Preview(made.Number));
    }

    /// <param name="made">The shot.</param>
    /// <param name="blender">Where the 3D scene is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<RecipeResult> FinishAsync(CollapseMade made, string blender, CancellationToken cancellationToken)
    {
        context.Report(0.89, "Encoding");
        await output.FinishAsync(made.Scene, cancellationToken);
        var sha256 = HashOf(made.Scene.Frames);
        var isMaster = plate.Video is not null && Path.GetExtension(output.MasterVideo) == ".mp4";
        var video = isMaster ? output.MasterVideo : output.ReviewVideo;
        var renditions = await new VideoLook(context, media).MakeAsync(video, TimeSpan.FromSeconds(made.Scene.Frames * PosterAt / made.Scene.Rate), cancellationToken);
        List<RecipeOutput> outputs = [Output(SynthesisOutput.PictureKey, new OutputFile(video, null), Describe(made, AssetKind.Video, "", ".mp4", "video/mp4", sha256), renditions)];
        if (!made.Scene.IsRemoval) outputs.Add(Scene(made, blender));
        if (wish.Kind == CollapsePass.Final) outputs.AddRange(await FinalsAsync(made, sha256, isMaster, renditions, cancellationToken));
        return new RecipeResult(outputs, Told(made), sha256);
    }

    /// <summary>What goes into the cut where the video does not hold these very pixels: frames as the plate's are, or a video without loss.</summary>
    private async Task<IReadOnlyList<RecipeOutput>> FinalsAsync(CollapseMade made, string sha256, bool isMaster, IReadOnlyList<OutputRendition> renditions, CancellationToken cancellationToken)
    {
        var layers = await SequenceAsync(made, LayersKey, ", layers", ".exr", "image/x-exr", "", output.LayersFile, renditions, cancellationToken);
        if (isMaster) return [layers];
        if (plate.Video is not null) return [layers, Output(MasterKey, new OutputFile(output.MasterVideo, null), Describe(made, AssetKind.Video, ", without loss", ".mkv", "video/x-matroska", sha256), renditions)];
        var type = output.Extension switch { ".exr" => "image/x-exr", ".dpx" => "image/x-dpx", _ => "image/png" };
        return [layers, await SequenceAsync(made, SequenceKey, ", frames", output.Extension, type, sha256, output.FrameFile, renditions, cancellationToken)];
    }

    /// <summary>Numbered pictures; those that are kept for a retake stay where they are, and copies of them are handed over.</summary>
    private async Task<RecipeOutput> SequenceAsync(
        CollapseMade made, string key, string what, string extension, string mediaType, string sha256, Func<int, string> file, IReadOnlyList<OutputRendition> renditions, CancellationToken cancellationToken)
    {
        var frames = new List<SequenceFrame>();
        for (var number = 1; number <= made.Scene.Frames; number++)
        {
            context.Report(0.95, $"Handing over{what}, frame {number} of {made.Scene.Frames}");
            var staged = blobs.NewStagingPath(extension);
            File.Copy(file(number), staged);
            frames.Add(new SequenceFrame { Number = number, FileName = Path.GetFileName(file(number)), BlobSha256 = (await blobs.AdoptAsync(staged, cancellationToken)).Sha256 });
        }
        var asset = Describe(made, AssetKind.Sequence, what, extension, mediaType, sha256);
        asset.FileName = "%04d" + extension;
        return Output(key, new OutputFile(null, frames[0].BlobSha256), asset, [.. renditions.Where(one => one.Kind is RenditionKind.Poster or RenditionKind.Thumbnail)]) with { Frames = frames };
    }

    /// <summary>The scene in which every piece is keyed, for an artist to go on with.</summary>
    private RecipeOutput Scene(CollapseMade made, string blender)
    {
        var copy = Path.Combine(context.WorkFolder, "collapse.blend");
        File.Copy(Path.Combine(blender, "collapse.blend"), copy);
        var asset = Describe(made, AssetKind.Model, ", scene", ".blend", "application/x-blender", "");
        asset.Shares = new PixelShares { Rendered = 1_000_000 };
        return Output(SceneKey, new OutputFile(copy, null), asset, []);
    }

    private RecipeOutput Output(string key, OutputFile file, Asset asset, IReadOnlyList<OutputRendition> renditions) =>
        new(key, file, asset, [new OutputSource(source.Id, CollapseRecipe.PlatePart, asset.Shares.Copied + asset.Shares.Blended)], renditions);

    private Asset Describe(CollapseMade made, AssetKind kind, string what, string extension, string mediaType, string sha256)
    {
        var name = $"{source.Name}, {(made.Scene.IsRemoval ? "building removed" : "brought down")}{what}";
        var asset = new Asset
        {
            Kind = kind, Name = name, FileName = SynthesisOutput.FileName(name, extension), MediaType = mediaType, Width = made.Width, Height = made.Height, Frames = made.Scene.Frames,
            FrameRate = source.FrameRate, PixelSha256 = sha256, Shares = Shares(made.Accounts),
        };
        InheritedRights.Apply(asset, [source]);
        return asset;
    }

    /// <summary>Over all frames. Filled pixels are mixed from the plate's, as those seen through dust are; what is projected, broken or dust is rendered.</summary>
    private static PixelShares Shares(IReadOnlyList<CollapseAccount> accounts)
    {
        long all = accounts.Sum(one => (long)one.Copied + one.Filled + one.Blended + one.Rendered);
        int Million(Func<CollapseAccount, long> part) => (int)(accounts.Sum(part) * 1_000_000 / Math.Max(1, all));
        // What is lost in rounding is mixed: nothing is said to be rendered, or copied, that is not.
        var (copied, rendered) = (Million(one => one.Copied), Million(one => one.Rendered));
        return new PixelShares { Copied = copied, Blended = 1_000_000 - copied - rendered, Rendered = rendered };
    }

    private JsonObject Told(CollapseMade made) => new()
    {
        ["width"] = made.Width, ["height"] = made.Height, ["depth"] = plate.Format.Depth.ToString(), ["frames"] = made.Scene.Frames, ["rate"] = made.Scene.Rate, ["pass"] = wish.Pass,
        ["pixels"] = new JsonArray([.. made.Accounts.Select((one, i) => (JsonNode)new JsonObject { ["frame"] = i + 1, ["copied"] = one.Copied, ["filled"] = one.Filled, ["blended"] = one.Blended, ["rendered"] = one.Rendered })]),
        ["cost"] = new JsonObject
        {
            ["cpuSeconds"] = Math.Round(context.CpuSeconds, 1), ["blenderCpuSeconds"] = Math.Round(made.BlenderCpu.TotalSeconds, 1), ["cpuSecondsPerFrame"] = Math.Round(context.CpuSeconds / made.Scene.Frames, 2),
        },
    };

    private string HashFile(int number) => Path.Combine(folder, "hashes", number.ToString("0000", CultureInfo.InvariantCulture));

    /// <summary>SHA-256 over the SHA-256 of each frame's canonical pixels, in order.</summary>
    private string HashOf(int frames)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var number = 1; number <= frames; number++) hash.AppendData(File.ReadAllBytes(HashFile(number)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private bool Preview(int number)
    {
        var loaded = new StillLoader(media).Load(File.ReadAllBytes(output.ReviewFile(number)), "frame");
        if (!loaded.Ok) return false;
        using var still = loaded.Value;
        var image = still.Image;
        var scale = Math.Min(1, (double)PreviewSide / Math.Max(image.Width, image.Height));
        using var small = image.Resize(Math.Max(1, (int)(image.Width * scale)), Math.Max(1, (int)(image.Height * scale)));
        using var eight = small.Convert(SampleFormat.UInt8);
        context.Preview(eight.Encode(new StillEncoding.Jpeg(80)));
        return true;
    }
}
