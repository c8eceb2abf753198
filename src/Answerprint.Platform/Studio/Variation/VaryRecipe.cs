using System.Text.Json.Nodes;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Variation;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Answerprint.Platform.Studio.Synthesis;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Studio.Variation;

/// <summary>Makes one draft: a new picture from patches of one to eight references, led by a layout where there is one; or a larger version of a draft.</summary>
internal sealed class VaryRecipe(MediaOptions media, SynthesisTurn turn) : SynthesisRecipe(media, turn), IRemake
{
    public const string RecipeName = "vary";
    public const string LayoutPart = "layout";
    public const string DraftPart = "draft";
    private const string ReferencePart = "reference";

    public override string Name => RecipeName;

    // 2: levels above a megapixel take three steps.
    public override int Version => 2;

    /// <summary>With the references that are left; there has to be one.</summary>
    public override Task<RemakeAnswer> WithoutAsync(AnswerprintDb db, RemakeQuestion question, CancellationToken cancellationToken) =>
        Task.FromResult(question.Left.Any(input => input.Part == ReferencePart) && question.Gone.All(input => input.Part != DraftPart)
            ? RemakeAnswer.With(question.Left)
            : RemakeAnswer.Not("every picture that it was made from was withdrawn"));

    /// <summary>Drafts on boards show the new picture from now on, with what people said of the old one.</summary>
    async Task IRemake.TakePlaceAsync(AnswerprintDb db, Asset old, Asset made, CancellationToken cancellationToken)
    {
        if (made.JobId is not { } job) return;
        var drafts = await (from draft in db.Set<StudioDraft>() join run in db.Set<Job>() on draft.JobId equals run.Id
                            where db.Set<Job>().Any(first => first.Id == old.JobId && first.Hash == run.Hash)
                            select draft).ToListAsync(cancellationToken);
        foreach (var draft in drafts) draft.JobId = job;
    }

    protected override async Task<Prepared> PrepareAsync(JobContext context, CancellationToken cancellationToken)
    {
        var wish = context.Parameters<VaryParameters>();
        var references = new List<SourcePicture>();
        foreach (var input in context.Inputs.Where(input => input.Part == ReferencePart))
            references.Add(await SourcePicture.ReadAsync(context, input, null, Media, cancellationToken));
        if (references.Count == 0) throw new RecipeException("there is no reference to take pixels from");
        var guides = context.Inputs.Where(input => input.Part is LayoutPart or DraftPart).ToList();
        var led = guides.Count == 0 ? null : await ReadGuideAsync(guides[0], cancellationToken);
        var (width, height) = guides.Exists(guide => guide.Part == DraftPart) && led is not null ? wish.Shape(led.Width, led.Height) : wish.Shape(references[0].Picture.Width, references[0].Picture.Height);
        return new Draft(NameOf(references, guides, context.Job.Seed), references, guides, wish, led, width, height, guides.Exists(guide => guide.Part == DraftPart));
    }

    protected override MadePicture Make(JobContext context, Prepared prepared, CancellationToken cancellationToken)
    {
        var draft = (Draft)prepared;
        var pictures = draft.Sources.Select(source => source.Picture).ToList();
        var options = new VariationOptions
        {
            Width = draft.Width, Height = draft.Height, Seed = (ulong)context.Job.Seed, Strength = draft.Wish.Strength, Layout = draft.IsLarger ? null : draft.Led,
            Palette = [.. draft.Wish.Palette.Select(colour => VaryParameters.TryColour(colour, out var found) ? found : throw new RecipeException($"'{colour}' is no colour"))],
            MaxDegreeOfParallelism = SynthesisTurn.Threads,
        };
        var progress = new Watcher(context, draft.IsLarger ? "Refining" : "Making");
        var made = draft.IsLarger
            ? VariationSynthesis.Refine(draft.Led!, pictures, options, progress, cancellationToken)
            : VariationSynthesis.Create(pictures, options, progress, cancellationToken);
        // A draft that leads another is no person's painting.
        var painted = draft.Led is not null && draft.By.Any(guide => guide.Part == LayoutPart && guide.Asset?.Kind == Assets.Contracts.AssetKind.Painting);
        return new MadePicture(made.Picture, made.MapOf([.. draft.Sources.Select(source => source.Attribution)]), Told: painted ? new JsonObject { ["layoutShare"] = PaintedLayout.ShareOf(draft.Led!) } : null);
    }

    private async Task<Picture> ReadGuideAsync(JobInput guide, CancellationToken cancellationToken)
    {
        var read = await new PictureReader(Media).ReadAsync(guide.Path, cancellationToken);
        return read.Ok ? read.Value.Picture : throw new RecipeException($"the {guide.Part}: {read.Error}");
    }

    private static string NameOf(List<SourcePicture> references, List<JobInput> guides, long seed)
    {
        var from = references.Count == 1 ? references[0].Asset.Name : $"{references[0].Asset.Name} and {references.Count - 1} more";
        return guides.Exists(guide => guide.Part == DraftPart) ? $"{from}, seed {seed}, refined" : $"{from}, seed {seed}";
    }

    private sealed record Draft(
        string Title, IReadOnlyList<SourcePicture> From, IReadOnlyList<JobInput> By, VaryParameters Wish, Picture? Led, int Width, int Height, bool IsLarger) : Prepared(Title, From, By);

    /// <summary>Progress of the engine, and pictures on the way, as the job's.</summary>
    private sealed class Watcher(JobContext context, string phase) : IProgress<VariationProgress>
    {
        public void Report(VariationProgress value)
        {
            context.Report(0.05 + 0.88 * value.Share, phase);
            if (value.Preview is { } picture) SynthesisOutput.Preview(context, picture);
        }
    }
}
