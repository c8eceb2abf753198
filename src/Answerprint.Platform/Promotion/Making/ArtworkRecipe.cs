using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Quality;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Promotion.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Promotion.Making;

/// <summary>Artwork from footage: chooses frames, cuts them to shapes, sets the title. Every pixel is resampled from one frame or rendered type.</summary>
internal sealed partial class ArtworkRecipe(MediaOptions media, ArtworkBuild build) : IRecipe
{
    public const string RecipeName = "artwork";
    private const double LookShare = 0.7;
    private static readonly string[] ShownUses = [nameof(Use.Marketing), nameof(Use.Advertising), nameof(Use.FinalDeliverable)];

    public string Name => RecipeName;

    public int Version => 1;

    public Grade Grade => Grade.Pinned;

    public bool Generates => true;

    public IReadOnlyList<string> Tools => ["artwork", "ffmpeg", "libvips"];

    public Task<string> EngineAsync(CancellationToken cancellationToken) => build.DescribeAsync(cancellationToken);

    public async Task<RecipeResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var wish = context.Parameters<ArtworkParameters>();
        wish.Require();
        var frames = await LookAsync(context, cancellationToken);
        var chosen = context.Compute(() => Choose(frames, wish));
        if (chosen.Count == 0) throw new RecipeException("no frame of these sources is fit for artwork: all are black, flat, burnt out, or beside a cut");

        var outputs = new List<RecipeOutput>();
        var told = new JsonArray();
        using var pixels = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var choice in chosen)
        {
            var frame = await frames.ReadAsync(choice.Candidate, cancellationToken);
            foreach (var (aspect, text) in wish.Pictures())
            {
                cancellationToken.ThrowIfCancellationRequested();
                context.Report(LookShare + (1 - LookShare) * outputs.Count / (2.0 * chosen.Count * wish.Pictures().Count()), $"Composing {aspect}, variant {choice.Rank + 1} of {chosen.Count}");
                var made = context.Compute(() => Compose(frames, choice, frame, ArtworkParameters.Shapes[aspect], text, cancellationToken));
                pixels.AppendData(CanonicalPixels.Hash(made.Pixels));
                var explanation = ArtworkExplanation.Of(frames, choice, aspect, made, Treatment(choice));
                told.Add(explanation);
                outputs.AddRange(context.Compute(() => ArtworkOutput.Of(context, frames.SourceOf(choice.Candidate).Input.Asset!, wish, choice, aspect, made, explanation)));
            }
        }
        return new RecipeResult(outputs, new JsonObject { ["artworks"] = told, ["framesLookedAt"] = frames.Candidates.Count, ["shots"] = frames.Shots.Count }, Convert.ToHexStringLower(pixels.GetHashAndReset()));
    }

    public async Task RecordAsync(AnswerprintDb db, RecordedJob recorded, CancellationToken cancellationToken)
    {
        foreach (var told in recorded.Result.Result["artworks"]!.AsArray().Select(told => told!.AsObject()))
        {
            var key = told["key"]!.GetValue<string>();
            db.Add(new Artwork
            {
                Id = Guid.CreateVersion7(),
                TitleId = Guid.Parse(System.Text.Json.JsonDocument.Parse(recorded.Job.ParametersJson).RootElement.GetProperty("titleId").GetString()!),
                AssetId = recorded.Assets[key].Id,
                AttributionId = recorded.Assets[key + ArtworkOutput.MapSuffix].Id,
                JobId = recorded.Job.Id,
                Aspect = told["aspect"]!.GetValue<string>(),
                Variant = told["variant"]!.GetValue<int>(),
                HasTitle = told["lines"]!.AsArray().Count > 0,
                ExplanationJson = CanonicalJson.Write(told),
            });
        }
        await Task.CompletedTask;
    }

    public async Task ReleasedAsync(AnswerprintDb db, Asset asset, Release release, CancellationToken cancellationToken)
    {
        // A release for work inside the house (ideation, temp) shows nothing to viewers.
        if (!ShownUses.Contains(release.Use)) return;
        var artwork = await db.Set<Artwork>().FirstOrDefaultAsync(artwork => artwork.AssetId == asset.Id, cancellationToken);
        if (artwork is not null) (artwork.ReleaseId, artwork.IsPublished, artwork.Kept) = (release.Id, true, true);
    }

    /// <summary>Small sources are turned to only where the large ones do not give enough frames.</summary>
    private static IReadOnlyList<FrameChoice> Choose(FootageFrames frames, ArtworkParameters wish)
    {
        var options = new FrameChooserOptions { Count = wish.Variants, Variety = wish.Variety };
        var chosen = FrameChooser.Choose(frames.LargeCandidates(), frames.Shots, options);
        return chosen.Count == wish.Variants ? chosen : FrameChooser.Choose(frames.Candidates, frames.Shots, options);
    }

    private async Task<FootageFrames> LookAsync(JobContext context, CancellationToken cancellationToken)
    {
        var frames = new FootageFrames(media);
        var (count, done) = (context.Inputs.Count, 0);
        foreach (var input in context.Inputs)
        {
            if (input.Asset is null) throw new RecipeException("an input of artwork is an asset on record; these are loose bytes");
            var before = done++;
            var progress = new SynchronousProgress(share => context.Report(LookShare * (before + share) / count, $"Looking through {input.Asset.Name}"));
            await frames.AddAsync(input, context, progress, cancellationToken);
        }
        return frames;
    }

    private static Composition Compose(
        FootageFrames frames, FrameChoice choice, PixelBuffer<byte> frame, ArtworkShape shape, string text, CancellationToken cancellationToken)
    {
        var small = frames.JudgedCopy(choice.Candidate);
        var plan = CropPlanner.Plan(small.View, choice.Candidate.Score.Saliency, frame.Width, frame.Height, shape.Aspect);
        var asset = frames.SourceOf(choice.Candidate).Input.Asset!;
        var label = string.Create(CultureInfo.InvariantCulture, $"{asset.Name}, frame {FootageFrames.NumberOf(choice.Candidate)}");
        var source = new AttributionSource(Convert.FromHexString(asset.BlobSha256), frame.Width, frame.Height, Shorten(label));
        return Composition.Make(frame, source, plan, shape, text, Treatment(choice), cancellationToken);
    }

    private static TitleTreatment Treatment(FrameChoice choice) => TitleTreatment.All[choice.Rank % TitleTreatment.All.Count];

    private static string Shorten(string label)
    {
        while (System.Text.Encoding.UTF8.GetByteCount(label) > AttributionLimits.MaxLabelBytes) label = label[..^1];
        return label;
    }

    private sealed class SynchronousProgress(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
