using System.CommandLine;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Fields;
using Answerprint.Imaging.Synthesis.Guided;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Cli.Synth;

/// <summary><c>synth guided</c>: paints a picture in the manner of another, led by guides; the options are those of EbSynth's own program.</summary>
internal static class GuidedVerb
{
    private static readonly Argument<string[]> Rest = new("OPTIONS")
    {
        Description = "-style F [-weight W] -guide S T [-weight W] ... -output F [-uniformity L] [-patchsize P] [-pyramidlevels N] [-searchvoteiters N] "
            + "[-patchmatchiters N] [-stopthreshold N] [--mode blend|copy] [--seed N] [--threads N] [--nnf OUT] [--attribution OUT]",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Make() => new Command("guided", "Paint a picture in the manner of another, led by guides; a -weight belongs to the style or guide before it")
        .With(Rest).OnFiles(SynthesiseAsync);

    private static async Task<VerbResult> SynthesiseAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var arguments = GuidedArguments.Parse(parsed.GetValue(Rest) ?? []);
        var threads = SynthOptions.ThreadsOf(arguments.Threads);
        var run = new SynthRun();
        var style = await SynthFiles.ReadAsync(new FileInfo(arguments.Style), cancellationToken);
        var (source, targets) = await ReadAsync(arguments, style, cancellationToken);
        var options = Options(arguments, threads);
        var (result, picture) = await run.ComputeAsync(() =>
        {
            var made = GuidedSynthesis.Run([source], targets, options, run, cancellationToken);
            return (made, style.Picture.Apply(new Vote(made, threads, cancellationToken)));
        }, cancellationToken);
        SynthFiles.Write(picture, new FileInfo(arguments.Output), style);
        Describe(run, arguments, result, picture, threads);
        if (arguments.Nnf is { } nnf) SynthFiles.WriteNnf(result.Field.Width, result.Field.Height, Places(result.Field), new FileInfo(nnf));
        if (arguments.Attribution is { } map) SynthFiles.Write(Map(run, arguments, style, result), new FileInfo(map));
        run.Json["processCpuSeconds"] = Math.Round(Environment.CpuUsage.TotalTime.TotalSeconds, 3);
        return run.Done($"Made {arguments.Output} ({picture.Width} x {picture.Height}), J {run.Json["objective"]}.");
    }

    private static async Task<(GuidedSource Source, List<PixelBuffer<byte>> Targets)> ReadAsync(GuidedArguments arguments, OpenedPicture style, CancellationToken cancellationToken)
    {
        var guides = new List<PixelBuffer<byte>>();
        var targets = new List<PixelBuffer<byte>>();
        foreach (var guide in arguments.Guides)
        {
            var source = (await SynthFiles.ReadAsync(new FileInfo(guide.Source), cancellationToken)).Picture;
            var target = (await SynthFiles.ReadAsync(new FileInfo(guide.Target), cancellationToken)).Picture;
            Match(guide.Source, source, arguments.Style, style.Picture);
            if (targets.Count > 0) Match(guide.Target, target, arguments.Guides[0].Target, targets[0]);
            var reduced = GuidedPictures.Reduce(source.Features(), target.Features());
            guides.Add(reduced[0]);
            targets.Add(reduced[1]);
        }
        return (new GuidedSource(GuidedPictures.Reduce(style.Picture.Features())[0], guides), targets);
    }

    private static void Match(string name, Picture picture, string other, Picture like) => Match(name, picture, other, like.Width, like.Height);

    private static void Match(string name, Picture picture, string other, PixelBuffer<byte> like) => Match(name, picture, other, like.Width, like.Height);

    private static void Match(string name, Picture picture, string other, int width, int height)
    {
        if (picture.Width != width || picture.Height != height)
            throw new VerbException(ExitCode.Failed, $"the guide '{name}' has {picture.Width} x {picture.Height} pixels, but '{other}' has {width} x {height}");
    }

    private static GuidedOptions Options(GuidedArguments arguments, int threads)
    {
        var usual = new GuidedOptions();
        return new GuidedOptions
        {
            StyleWeight = arguments.StyleWeight,
            GuideWeights = [.. arguments.Guides.Select(guide => guide.Weight)],
            Uniformity = arguments.Uniformity,
            PatchSize = arguments.PatchSize,
            PyramidLevels = arguments.PyramidLevels ?? usual.PyramidLevels,
            SearchVoteIterations = arguments.SearchVoteIterations ?? usual.SearchVoteIterations,
            PatchMatchIterations = arguments.PatchMatchIterations,
            StopThreshold = arguments.StopThreshold,
            Mode = arguments.Mode,
            Seed = arguments.Seed,
            MaxDegreeOfParallelism = threads,
        };
    }

    private static void Describe(SynthRun run, GuidedArguments arguments, GuidedResult result, Picture picture, int threads)
    {
        var reached = result.Measure();
        run.Json["output"] = arguments.Output;
        (run.Json["width"], run.Json["height"]) = (picture.Width, picture.Height);
        run.Json["depth"] = picture.Depth.ToString();
        run.Json["pixelSha256"] = Convert.ToHexStringLower(picture.Hash());
        (run.Json["mode"], run.Json["seed"], run.Json["threads"], run.Json["levels"]) = (result.Mode.ToString().ToLowerInvariant(), arguments.Seed, threads, result.Levels);
        (run.Json["energy"], run.Json["styleEnergy"], run.Json["guideEnergy"]) = (Math.Round(reached.Energy, 2), Math.Round(reached.StyleEnergy, 2), Math.Round(reached.GuideEnergy, 2));
        (run.Json["occupancy"], run.Json["objective"]) = (Math.Round(reached.Occupancy, 4), Math.Round(reached.Objective, 2));
    }

    private static int[] Places(NearestNeighbourField field)
    {
        var places = new int[2 * field.Width * field.Height];
        for (int y = 0, i = 0; y < field.Height; y++)
            for (var x = 0; x < field.Width; x++)
                (_, places[i++], places[i++], _) = field[x, y];
        return places;
    }

    private static AttributionMap Map(SynthRun run, GuidedArguments arguments, OpenedPicture style, GuidedResult result)
    {
        var source = new AttributionSource(style.Sha256, style.Picture.Width, style.Picture.Height, Path.GetFileName(arguments.Style));
        var map = result.Attribute([source]);
        run.Describe(map);
        return map;
    }

    private sealed class Vote(GuidedResult result, int threads, CancellationToken cancellationToken) : IPictureOperation
    {
        public PixelBuffer<T> Apply<T>(PixelBuffer<T> image)
            where T : unmanaged => image is PixelBuffer<byte> && image.Channels == result.Output.Channels
                ? (PixelBuffer<T>)(object)result.Output
                : FieldVote.Cast(result.Field, [image], result.Mode, threads, cancellationToken);
    }
}
