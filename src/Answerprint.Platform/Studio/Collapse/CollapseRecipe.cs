using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.GreyBox;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Results;
using Answerprint.Platform.Studio.Synthesis;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>A building in a plate comes down, as a job that goes on at the frame it was at when its worker is killed.</summary>
internal sealed class CollapseRecipe(MediaOptions media, CollapseEngine engine, SynthesisTurn turn, BlobStore blobs) : IRecipe, IRemake
{
    public const string RecipeName = "collapse";
    public const string PlatePart = "plate";
    public const string FramePart = "frame";

    public string Name => RecipeName;

    public int Version => 1;

    // Blender, and the libraries that read plates and write video.
    public Grade Grade => Grade.Pinned;

    public bool Generates => true;

    public IReadOnlyList<string> Tools => ["patch", "blender", "ffmpeg", "openimageio", "libvips"];

    public Task<string> EngineAsync(CancellationToken cancellationToken) => engine.BuildAsync(cancellationToken);

    public async Task<RecipeResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var wish = context.Parameters<CollapseParameters>();
        var input = context.Inputs.FirstOrDefault(one => one.Part == PlatePart);
        if (input?.Asset is not { } asset) throw new RecipeException("the plate is an asset on record, and there is none");
        context.Report(0.01, $"Reading {asset.Name}");
        try
        {
            await using var plate = await OpenAsync(context, input, asset, wish.First, cancellationToken);
            return await FallAsync(context, wish, CollapseReader.Read(wish.SceneBytes).AtRateOf(asset), plate, asset, cancellationToken);
        }
        catch (Exception error) when (error is SceneFormatException or CollapseException or ArgumentException)
        {
            throw new RecipeException(RequestCollapse.Sentence(error));
        }
    }

    /// <summary>The shot becomes the next version of the shot that was named, or of those that the plate is a version of.</summary>
    public async Task RecordAsync(AnswerprintDb db, RecordedJob recorded, CancellationToken cancellationToken)
    {
        var made = recorded.Assets[SynthesisOutput.PictureKey];
        foreach (var (key, asset) in recorded.Assets) recorded.Result.Result[key == SynthesisOutput.PictureKey ? "asset" : key] = asset.Id.ToString();
        var plate = JobInputs.Read(recorded.Job.InputsJson).First(input => input.Part == PlatePart).AssetId;
        var wish = JsonSerializer.Deserialize<CollapseParameters>(recorded.Job.ParametersJson, JsonSerializerOptions.Web)!;
        foreach (var shot in wish.Shot is { } named ? [named] : await NextVersion.ShotsOfAsync(db, plate, cancellationToken))
            await NextVersion.AddAsync(db, shot, made, recorded.Job.RequestedBy, made.CreatedAt, cancellationToken);
    }

    public Task<RemakeAnswer> WithoutAsync(AnswerprintDb db, RemakeQuestion question, CancellationToken cancellationToken) =>
        Task.FromResult(question.Gone.Count > 0 ? RemakeAnswer.Not("the building stands in the very plate that was withdrawn, so there is none without it") : RemakeAnswer.With(question.Left));

    /// <summary>The plate under the name that people gave it: what is wrong with it is told by that name.</summary>
    private async Task<CollapsePlate> OpenAsync(JobContext context, JobInput input, Asset asset, int first, CancellationToken cancellationToken)
    {
        if (asset.Kind == AssetKind.Sequence)
        {
            var frames = context.Inputs.Where(one => one.Part == FramePart).Select(one => one.Path).ToList();
            return await CollapsePlate.OpenFilesAsync(frames, asset.Name, media, first, cancellationToken);
        }
        var named = Path.Combine(context.WorkFolder, SynthesisOutput.FileName(asset.Name, Path.GetExtension(asset.FileName)));
        File.CreateSymbolicLink(named, input.Path);
        return await CollapsePlate.OpenAsync(named, media, first, cancellationToken);
    }

    private async Task<RecipeResult> FallAsync(JobContext context, CollapseParameters wish, CollapseScene scene, CollapsePlate plate, Asset asset, CancellationToken cancellationToken)
    {
        var folder = context.KeptFolder(Key(wish, asset, context.Job.Engine));
        var delivery = new CollapseDelivery(context, media, blobs, wish, plate, asset, Path.Combine(folder, wish.Pass));
        var effort = wish.Kind == CollapsePass.Draft ? CollapseEffort.Draft(SynthesisTurn.Threads) : CollapseEffort.Final(SynthesisTurn.Threads) with { Layers = true };
        var shot = new CollapseShot(media)
        {
            Finished = (number, key) => delivery.Find(number, key, effort.Layers),
            Compute = async (work, token) => await turn.ComputeAsync(context, () =>
            {
                work();
                return true;
            }, token),
        };
        var blender = Path.Combine(folder, "blender");
        var made = await shot.RunAsync(scene, plate, blender, effort, frame => delivery.TakeAsync(frame, cancellationToken), new Phases(context), cancellationToken);
        context.Spent(made.BlenderCpu.TotalSeconds);
        return await delivery.FinishAsync(made, blender, cancellationToken);
    }

    /// <summary>What the fall depends on. Dust, light and foreground are not part of it, nor is the pass: a retake, and the final after its draft, find the same fall there.</summary>
    private static string Key(CollapseParameters wish, Asset plate, string build)
    {
        var scene = JsonNode.Parse(wish.SceneBytes.Span)!.AsObject();
        foreach (var other in (string[])["dust", "light", "foreground"]) scene.Remove(other);
        return $"{build}; {plate.BlobSha256}; {wish.First}; {CanonicalJson.Write(scene)}";
    }

    private sealed class Phases(JobContext context) : IProgress<CollapseProgress>
    {
        public void Report(CollapseProgress value) => context.Report(0.02 + 0.86 * value.Share, value.Phase);
    }
}
