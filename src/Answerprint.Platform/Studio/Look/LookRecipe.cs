using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.GreyBox.Dressing;
using Answerprint.Imaging.GreyBox.Models;
using Answerprint.Imaging.GreyBox.Segments;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Studio.Synthesis;

namespace Answerprint.Platform.Studio.Look;

/// <summary>Grey box to look: a scene of simple volumes, or a painted map, dressed in references, first small, then whole.</summary>
internal sealed class LookRecipe(MediaOptions media, SynthesisTurn turn) : SynthesisRecipe(media, turn)
{
    public const string RecipeName = "look";
    public const string ReferencePart = "reference", MapPart = "map", ModelPart = "model";
    private const int DraftWidth = 480;

    public override string Name => RecipeName;

    protected override async Task<Prepared> PrepareAsync(JobContext context, CancellationToken cancellationToken)
    {
        var wish = context.Parameters<LookParameters>();
        var references = context.Inputs.Where(input => input.Part == ReferencePart).ToList();
        var forms = context.Inputs.Where(input => input.Part == ModelPart).ToList();
        var models = await ModelsAsync(forms, cancellationToken);
        Check(wish, references.Count, models);
        var (dressings, sources) = await DressAsync(context, references, wish, cancellationToken);
        if (wish.Segments is null) return new Dressed(context.Job.Name, sources, forms, wish, dressings, wish.ReadScene(models), null);
        var map = Single(context, MapPart);
        var painted = await new PictureReader(Media).ReadAsync(map.Path, cancellationToken);
        return painted.Ok ? new Dressed(context.Job.Name, sources, [map], wish, dressings, null, painted.Value.Picture.Features()) : throw new RecipeException($"the painted map: {painted.Error}");
    }

    /// <summary>The draft, which is shown, and then the whole.</summary>
    protected override MadePicture Make(JobContext context, Prepared prepared, CancellationToken cancellationToken)
    {
        var dressed = (Dressed)prepared;
        var whole = Follow(context, "Dressing at full size");
        try
        {
            var (pixels, layers) = dressed.Scene is { } scene ? MakeScene(context, dressed, scene, whole, cancellationToken) : MakeMap(context, dressed, whole, cancellationToken);
            return new MadePicture(Picture.Create(pixels), new AttributionMap(pixels.Width, pixels.Height, [.. dressed.Sources.Select(source => source.Attribution)], layers));
        }
        catch (SegmentFormatException error)
        {
            throw new RecipeException(error.Message);
        }
    }

    /// <summary>A region that loses all its references stands in grey, or, of a painted map, is given to those around it.</summary>
    public override Task<RemakeAnswer> WithoutAsync(AnswerprintDb db, RemakeQuestion question, CancellationToken cancellationToken)
    {
        var wish = JsonSerializer.Deserialize<LookParameters>(question.Job.ParametersJson, JsonSerializerOptions.Web)!;
        var old = JsonNode.Parse(question.Job.InputsJson)!.AsArray().Select(input => input!["asset"]?.GetValue<string>()).ToList();
        var gone = question.Gone.Select(input => input.AssetId?.ToString()).ToHashSet();
        var number = new Dictionary<int, int>();
        for (var i = 0; i < old.Count; i++)
            if (!gone.Contains(old[i])) number[i] = number.Count;
        if (number.Count != question.Left.Count) return Task.FromResult(RemakeAnswer.Not("its references could not be told apart"));
        if (question.Gone.Any(input => input.Part != ReferencePart)) return Task.FromResult(RemakeAnswer.Not("it was built on the very thing that was withdrawn"));
        var regions = wish.Regions.Select(region => region with
        {
            References = [.. region.References.Where(reference => number.ContainsKey(reference.Input)).Select(reference => reference with { Input = number[reference.Input] })],
        }).Where(region => region.References.Count > 0).ToList();
        if (wish.Segments is not null && regions.Count == 0) return Task.FromResult(RemakeAnswer.Not("no reference is left to paint the map in"));
        return Task.FromResult(RemakeAnswer.With(question.Left, (wish with { Regions = regions }).ToJson().ToJsonString()));
    }

    private static async Task<IReadOnlyDictionary<string, Model>> ModelsAsync(List<JobInput> forms, CancellationToken cancellationToken)
    {
        var models = new Dictionary<string, Model>(StringComparer.Ordinal);
        foreach (var form in forms)
        {
            var asset = form.Asset ?? throw new RecipeException("a form is an asset on record");
            try
            {
                models[asset.Id.ToString()] = GlbReader.Read(await File.ReadAllBytesAsync(form.Path, cancellationToken));
            }
            catch (ModelFormatException error)
            {
                throw new RecipeException($"'{asset.Name}': {error.Message}");
            }
        }
        return models;
    }

    private static void Check(LookParameters wish, int references, IReadOnlyDictionary<string, Model> models)
    {
        try
        {
            if (wish.Problem(references, models) is { Length: > 0 } problem) throw new RecipeException(problem);
        }
        catch (SceneFormatException error)
        {
            throw new RecipeException(error.Message);
        }
    }

    private async Task<(List<RegionDressing> Dressings, List<SourcePicture> Sources)> DressAsync(JobContext context, List<JobInput> inputs, LookParameters wish, CancellationToken cancellationToken)
    {
        var read = new Dictionary<(int Input, long Frame), int>();
        var (sources, features) = (new List<SourcePicture>(), new List<PixelBuffer<byte>>());
        var dressings = new List<RegionDressing>();
        foreach (var region in wish.Regions)
        {
            var parts = new List<DressingReference>();
            foreach (var part in region.References)
            {
                if (!read.TryGetValue((part.Input, part.Frame), out var at))
                {
                    sources.Add(await SourcePicture.ReadAsync(context, inputs[part.Input], part.Frame, Media, cancellationToken));
                    features.Add(sources[^1].Picture.Features());
                    read[(part.Input, part.Frame)] = at = sources.Count - 1;
                }
                parts.Add(part.Read(features[at], at));
            }
            dressings.Add(new RegionDressing(region.Region, parts, region.Fit, region.Even));
        }
        return (dressings, sources);
    }

    private static (PixelBuffer<byte> Pixels, IReadOnlyList<AttributionLayer> Layers) MakeScene(
        JobContext context, Dressed dressed, GreyBoxScene scene, IProgress<double> whole, CancellationToken cancellationToken)
    {
        var studio = new LookStudio();
        SynthesisOutput.Preview(context, studio.Make(scene, dressed.Dressings, Size(DraftWidth, draft: true), null, cancellationToken).Pixels);
        context.Report(0.25, "The draft is there; dressing at full size");
        var look = studio.Make(scene, dressed.Dressings, Size(dressed.Wish.Width, draft: false), new Later(whole, 0.25), cancellationToken);
        return (look.Pixels, look.Layers);

        LookOptions Size(int width, bool draft)
        {
            var (w, h) = Fit(dressed.Wish, width, 16);
            return new() { Width = w, Height = h, Seed = (ulong)context.Job.Seed, Draft = draft, MaxDegreeOfParallelism = SynthesisTurn.Threads };
        }
    }

    private static (PixelBuffer<byte> Pixels, IReadOnlyList<AttributionLayer> Layers) MakeMap(JobContext context, Dressed dressed, IProgress<double> whole, CancellationToken cancellationToken)
    {
        var about = dressed.Wish.Segments!;
        var options = new SegmentLookOptions { MetresWide = about.Metres, KeepPlaces = about.KeepPlaces, Seed = (ulong)context.Job.Seed, MaxDegreeOfParallelism = SynthesisTurn.Threads };
        SynthesisOutput.Preview(context, SegmentStudio.Make(Read(DraftWidth), dressed.Dressings, options, null, cancellationToken).Pixels);
        context.Report(0.25, "The draft is there; dressing at full size");
        var look = SegmentStudio.Make(Read(dressed.Wish.Width), dressed.Dressings, options, new Later(whole, 0.25), cancellationToken);
        return (look.Pixels, look.Layers);

        SegmentMap Read(int width)
        {
            var (w, h) = Fit(dressed.Wish, width, SegmentLimits.MinSide);
            return SegmentMap.Read(dressed.Painted!, about.Read(), w, h).Keeping(region => dressed.Dressings.Any(one => one.Region == region.Name));
        }
    }

    private static (int Width, int Height) Fit(LookParameters wish, int width, int least)
    {
        width = Math.Min(width, wish.Width);
        return (width, Math.Max(least, (int)((long)wish.Height * width / wish.Width)));
    }

    private sealed record Dressed(
        string Title, IReadOnlyList<SourcePicture> From, IReadOnlyList<JobInput> By, LookParameters Wish, IReadOnlyList<RegionDressing> Dressings, GreyBoxScene? Scene, PixelBuffer<byte>? Painted)
        : Prepared(Title, From, By);

    /// <summary>The progress of what begins when a share of the work is done.</summary>
    private sealed class Later(IProgress<double> whole, double from) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + ((1 - from) * value));
    }
}
