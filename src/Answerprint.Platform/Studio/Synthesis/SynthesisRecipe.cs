using System.Text.Json.Nodes;
using Answerprint.Imaging.Attribution;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Studio.Synthesis;

/// <summary>What all recipes of the patch engine share: their inputs are read, one engine computes, and picture, map and story are written.</summary>
internal abstract class SynthesisRecipe(MediaOptions media, SynthesisTurn turn) : IRecipe, IRemake
{
    /// <summary>The build of the engine: raised whenever the same inputs would give other pixels.</summary>
    private const string EngineBuild = "patch 1";

    public abstract string Name { get; }

    public virtual int Version => 1;

    public Grade Grade => Grade.Exact;

    public bool Generates => true;

    public IReadOnlyList<string> Tools => ["patch", "openimageio", "libvips"];

    protected MediaOptions Media { get; } = media;

    public Task<string> EngineAsync(CancellationToken cancellationToken) => Task.FromResult(EngineBuild);

    public async Task<RecipeResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var prepared = await PrepareAsync(context, cancellationToken);
        var made = await turn.ComputeAsync(context, () => Make(context, prepared, cancellationToken), cancellationToken);
        var outputs = await new SynthesisOutput(context, Media).WriteAsync(made, prepared.Sources, prepared.Guides, prepared.Name, cancellationToken);
        var told = made.Told ?? [];
        told["width"] = made.Picture.Width;
        told["height"] = made.Picture.Height;
        told["depth"] = made.Picture.Depth.ToString();
        told["verbatim"] = await Task.Run(() => Verbatim(made.Map, prepared.Sources), cancellationToken);
        return new RecipeResult(outputs, told, outputs[0].Asset.PixelSha256);
    }

    public Task RecordAsync(AnswerprintDb db, RecordedJob recorded, CancellationToken cancellationToken)
    {
        recorded.Result.Result["asset"] = recorded.Assets[SynthesisOutput.PictureKey].Id.ToString();
        recorded.Result.Result["map"] = recorded.Assets[SynthesisOutput.MapKey].Id.ToString();
        return Task.CompletedTask;
    }

    /// <summary>Reads what the engine needs.</summary>
    protected abstract Task<Prepared> PrepareAsync(JobContext context, CancellationToken cancellationToken);

    /// <summary>Computes.</summary>
    protected abstract MadePicture Make(JobContext context, Prepared prepared, CancellationToken cancellationToken);

    /// <summary>Made again with the references that are left; a repair of a picture that is gone has nothing to repair.</summary>
    public virtual Task<RemakeAnswer> WithoutAsync(AnswerprintDb db, RemakeQuestion question, CancellationToken cancellationToken) =>
        Task.FromResult(question.Gone.Count > 0 ? RemakeAnswer.Not("it repairs the very picture that was withdrawn, so there is none without it") : RemakeAnswer.With(question.Left));

    protected static JobInput Single(JobContext context, string part) =>
        context.Inputs.FirstOrDefault(input => input.Part == part) ?? throw new RecipeException($"'{context.Job.Recipe}' needs an input '{part}'");

    /// <summary>Progress of the engine as progress of the job.</summary>
    protected static IProgress<double> Follow(JobContext context, string phase) => new EngineProgress(share => context.Report(0.05 + 0.88 * share, phase));

    /// <summary>The largest piece that was taken over in one, for the warning; nothing where nothing was.</summary>
    private static JsonObject? Verbatim(AttributionMap map, IReadOnlyList<SourcePicture> sources) => VerbatimCopy.Longest(map) is not { } longest ? null : new JsonObject
    {
        ["source"] = sources[longest.Source].Asset.Id.ToString(), ["name"] = sources[longest.Source].Asset.Name, ["area"] = longest.Area,
        ["share"] = Math.Round((double)longest.Area / ((long)map.Width * map.Height), 6),
        ["x"] = longest.Box.X, ["y"] = longest.Box.Y, ["width"] = longest.Box.Width, ["height"] = longest.Box.Height,
        ["sourceX"] = longest.Box.X + longest.OffsetX, ["sourceY"] = longest.Box.Y + longest.OffsetY,
    };

    /// <summary>What the engine is given.</summary>
    /// <param name="Name">What the result will be called.</param>
    /// <param name="Sources">What pixels may come from, in the order of the map.</param>
    /// <param name="Guides">What leads it and gives no pixel.</param>
    protected record Prepared(string Name, IReadOnlyList<SourcePicture> Sources, IReadOnlyList<JobInput> Guides);

    private sealed class EngineProgress(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(Math.Clamp(value, 0, 1));
    }
}
