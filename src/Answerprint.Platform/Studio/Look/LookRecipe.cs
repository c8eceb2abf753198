using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.GreyBox.Dressing;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Synthesis;

namespace Answerprint.Platform.Studio.Look;

/// <summary>Grey box to look: a scene of simple volumes dressed in references, first small, then whole.</summary>
internal sealed class LookRecipe(MediaOptions media, SynthesisTurn turn) : IRecipe, IRemake
{
    public const string RecipeName = "look";
    public const string OutputKey = "look", MapKey = "look/map";
    private const int DraftWidth = 480, ThumbnailWidth = 440, PosterWidth = 1280;

    public string Name => RecipeName;

    public int Version => 1;

    public Grade Grade => Grade.Exact;

    public bool Generates => true;

    public IReadOnlyList<string> Tools => ["look", "libvips", "ffmpeg"];

    public Task<string> EngineAsync(CancellationToken cancellationToken) => Task.FromResult("look 1");

    public async Task<RecipeResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var wish = context.Parameters<LookParameters>();
        var scene = ReadScene(wish, context.Inputs.Count);
        var (dressings, references) = await DressAsync(context, wish, cancellationToken);
        var look = await turn.ComputeAsync(context, () => Make(context, wish, scene, dressings, cancellationToken), cancellationToken);
        var map = new AttributionMap(wish.Width, wish.Height, [.. references.Select(reference => reference.Attribution)], look.Layers);
        return Write(context, look, map, references);
    }

    /// <summary>The draft, which is shown, and then the whole.</summary>
    private static Imaging.GreyBox.Dressing.Look Make(JobContext context, LookParameters wish, GreyBoxScene scene, List<RegionDressing> dressings, CancellationToken cancellationToken)
    {
        var studio = new LookStudio();
        var draft = studio.Make(scene, dressings, Size(context, wish, DraftWidth, draft: true), null, cancellationToken);
        context.Preview(Small(draft.Pixels, DraftWidth).Jpeg);
        context.Report(0.25, "The draft is there; dressing at full size");
        return studio.Make(scene, dressings, Size(context, wish, wish.Width, draft: false), new Follow(share => context.Report(0.25 + (0.7 * share), "Dressing at full size")), cancellationToken);
    }

    public Task RecordAsync(AnswerprintDb db, RecordedJob recorded, CancellationToken cancellationToken)
    {
        recorded.Result.Result["asset"] = recorded.Assets[OutputKey].Id.ToString();
        recorded.Result.Result["map"] = recorded.Assets[MapKey].Id.ToString();
        return Task.CompletedTask;
    }

    /// <summary>A region that loses all its references stands in grey.</summary>
    public Task<RemakeAnswer> WithoutAsync(AnswerprintDb db, RemakeQuestion question, CancellationToken cancellationToken)
    {
        var wish = JsonSerializer.Deserialize<LookParameters>(question.Job.ParametersJson, JsonSerializerOptions.Web)!;
        var old = JsonNode.Parse(question.Job.InputsJson)!.AsArray().Select(input => input!["asset"]?.GetValue<string>()).ToList();
        var gone = question.Gone.Select(input => input.AssetId?.ToString()).ToHashSet();
        var number = new Dictionary<int, int>();
        for (var i = 0; i < old.Count; i++)
            if (!gone.Contains(old[i])) number[i] = number.Count;
        if (number.Count != question.Left.Count) return Task.FromResult(RemakeAnswer.Not("its references could not be told apart"));
        var regions = wish.Regions.Select(region => region with
        {
            References = [.. region.References.Where(reference => number.ContainsKey(reference.Input)).Select(reference => reference with { Input = number[reference.Input] })],
        }).Where(region => region.References.Count > 0).ToList();
        return Task.FromResult(RemakeAnswer.With(question.Left, (wish with { Regions = regions }).ToJson().ToJsonString()));
    }

    private static GreyBoxScene ReadScene(LookParameters wish, int inputs)
    {
        try
        {
            var scene = wish.ReadScene();
            return wish.Problem(scene, inputs) is { Length: > 0 } problem ? throw new RecipeException(problem) : scene;
        }
        catch (SceneFormatException error)
        {
            throw new RecipeException(error.Message);
        }
    }

    private async Task<(List<RegionDressing> Dressings, List<SourcePicture> References)> DressAsync(JobContext context, LookParameters wish, CancellationToken cancellationToken)
    {
        var read = new Dictionary<(int Input, long Frame), int>();
        var (references, features) = (new List<SourcePicture>(), new List<PixelBuffer<byte>>());
        var dressings = new List<RegionDressing>();
        foreach (var region in wish.Regions)
        {
            var parts = new List<DressingReference>();
            foreach (var part in region.References)
            {
                if (!read.TryGetValue((part.Input, part.Frame), out var at))
                {
                    references.Add(await SourcePicture.ReadAsync(context, context.Inputs[part.Input], part.Frame, media, cancellationToken));
                    features.Add(references[^1].Picture.Features());
                    read[(part.Input, part.Frame)] = at = references.Count - 1;
                }
                var pixels = features[at];
                parts.Add(new DressingReference(pixels, part.Crop(pixels.Width, pixels.Height), part.Metres, at));
            }
            dressings.Add(new RegionDressing(region.Region, parts, region.Fit, region.Even));
        }
        return (dressings, references);
    }

    private static LookOptions Size(JobContext context, LookParameters wish, int width, bool draft)
    {
        width = Math.Min(width, wish.Width);
        return new LookOptions
        {
            Width = width, Height = Math.Max(16, (int)((long)wish.Height * width / wish.Width)), Seed = (ulong)context.Job.Seed, Draft = draft, MaxDegreeOfParallelism = SynthesisTurn.Threads,
        };
    }

    private static RecipeResult Write(JobContext context, Imaging.GreyBox.Dressing.Look look, AttributionMap map, List<SourcePicture> references)
    {
        var (picture, mapFile) = (Path.Combine(context.WorkFolder, "look.png"), Path.Combine(context.WorkFolder, "look.attribution"));
        using (var still = StillImage.FromPixels<byte>(look.Pixels.Memory.Span, map.Width, map.Height, 3)) File.WriteAllBytes(picture, still.Encode(new StillEncoding.Png()));
        File.WriteAllBytes(mapFile, AttributionFile.Write(map));
        var hash = Convert.ToHexStringLower(CanonicalPixels.Hash(look.Pixels));
        var shares = map.Shares();
        Asset[] sources = [.. references.Select(reference => reference.Asset).DistinctBy(asset => asset.Id)];
        var made = Describe(context, AssetKind.Still, context.Job.Name, "look.png", "image/png", map, sources);
        (made.PixelSha256, made.Shares) = (hash, new PixelShares
        {
            Blended = shares.Where(share => share.Kind == AttributionKind.Blended).Sum(share => share.PartsPerMillion),
            Rendered = shares.Where(share => share.Kind == AttributionKind.Rendered).Sum(share => share.PartsPerMillion),
        });
        OutputSource[] lineage = [.. sources.Select(asset => new OutputSource(
            asset.Id, "reference", shares.Where(share => share.Source >= 0 && references[share.Source].Asset.Id == asset.Id).Sum(share => share.PartsPerMillion)))];
        var output = new RecipeOutput(OutputKey, new OutputFile(picture, null), made, lineage, [
            Rendition(context, RenditionKind.Thumbnail, look.Pixels, ThumbnailWidth), Rendition(context, RenditionKind.Poster, look.Pixels, PosterWidth)]) { MapKey = MapKey };
        var attribution = Describe(context, AssetKind.Attribution, context.Job.Name + " attribution", "look.attribution", AttributionFile.MediaType, map, sources);
        var told = new JsonObject { ["width"] = map.Width, ["height"] = map.Height, ["pixels"] = hash, ["references"] = sources.Length };
        return new RecipeResult([output, new RecipeOutput(MapKey, new OutputFile(mapFile, null), attribution, lineage, [])], told, hash);
    }

    private static Asset Describe(JobContext context, AssetKind kind, string name, string file, string mediaType, AttributionMap map, Asset[] sources)
    {
        var asset = new Asset { Kind = kind, Name = name, FileName = file, MediaType = mediaType, Width = map.Width, Height = map.Height, Frames = 1 };
        InheritedRights.Apply(asset, sources);
        return asset;
    }

    private static OutputRendition Rendition(JobContext context, RenditionKind kind, PixelBuffer<byte> pixels, int width)
    {
        var (jpeg, w, h) = Small(pixels, width);
        var path = Path.Combine(context.WorkFolder, $"{kind}.jpg");
        File.WriteAllBytes(path, jpeg);
        return new OutputRendition(kind, new OutputFile(path, null), "image/jpeg", w, h);
    }

    private static (byte[] Jpeg, int Width, int Height) Small(PixelBuffer<byte> pixels, int width)
    {
        using var still = StillImage.FromPixels<byte>(pixels.Memory.Span, pixels.Width, pixels.Height, 3);
        if (width >= pixels.Width) return (still.Encode(new StillEncoding.Jpeg(90)), pixels.Width, pixels.Height);
        var height = Math.Max(1, (int)((long)pixels.Height * width / pixels.Width));
        using var small = still.Resize(width, height);
        return (small.Encode(new StillEncoding.Jpeg(88)), width, height);
    }

    private sealed class Follow(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
