using System.CommandLine;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.GreyBox.Dressing;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Cli.Synth;

/// <summary><c>synth look SCENE --region NAME=FILE@METRES ... --output F</c>: a grey box, or with <c>--segments</c> a painted map, dressed in references.</summary>
internal static partial class LookVerb
{
    private const int PictureSide = 1280;

    private static readonly Argument<FileInfo?> Scene = new("SCENE") { Description = "The scene, JSON as docs/greybox.md says", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string[]> Regions = new("--region")
    {
        Description = "NAME=FILE[@METRES][#WxH+X+Y][~90][~mirror][,FILE...]: what a region is made of, how many metres wide it is, which part of it, how it is turned; "
            + "NAME=picture:FILE lays it on once; with --segments NAME=#rrggbb:FILE...",
        HelpName = "R",
    };

    private static readonly Option<bool> Draft = new("--draft") { Description = "Quick: half the detail, rough edges" };
    private static readonly Option<bool> AsLit = new("--as-lit") { Description = "Keep the light that is on the references instead of evening it out" };
    private static readonly Option<DirectoryInfo?> GuidesOut = new("--guides") { Description = "Write the guides here: grey.png, regions.png, normals.png, depth.png", HelpName = "DIR" };

    public static Command Make() => new Command("look", "Dress a grey box or a painted map in references")
        .With(
            Scene, ModelFiles, Segments, MapWide, KeepPlaces, Regions, Draft, AsLit, GuidesOut,
            SynthOptions.Output, SynthOptions.Size, SynthOptions.Seed, SynthOptions.Threads, SynthOptions.Attribution).OnFiles(LookAsync);

    private static Task<VerbResult> LookAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var hasScene = parsed.GetValue(Scene) is not null || parsed.GetValue(ModelFiles) is { Length: > 0 };
        return (hasScene, parsed.GetValue(Segments)) switch
        {
            (true, not null) => throw new VerbException(ExitCode.WrongUse, "give a scene, or --segments, not both"),
            (false, { } map) => DressMapAsync(parsed, map, cancellationToken),
            (false, null) => throw new VerbException(ExitCode.WrongUse, "give a scene, a form with --model, or a painted map with --segments"),
            (true, null) => DressSceneAsync(parsed, cancellationToken),
        };
    }

    private static async Task<VerbResult> DressSceneAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var run = new SynthRun();
        var scene = await SceneAsync(parsed, cancellationToken);
        var references = new LookReferences();
        var dressings = await DressAsync(parsed, references, cancellationToken);
        foreach (var dressing in dressings)
            if (dressing.Region != GreyBoxScene.Sky && !scene.Regions.Contains(dressing.Region))
                throw new VerbException(ExitCode.WrongUse, $"the scene has no region '{dressing.Region}'; it has {string.Join(", ", scene.Regions)}");
        var (width, height) = parsed.GetValue(SynthOptions.Size) is { } size ? SynthOptions.ParseSize(size) : SizeOf(scene.Camera);
        var options = new LookOptions { Width = width, Height = height, Seed = parsed.GetValue(SynthOptions.Seed), Draft = parsed.GetValue(Draft), MaxDegreeOfParallelism = SynthOptions.ThreadsOf(parsed) };
        var (look, map) = await run.ComputeAsync(() =>
        {
            var made = new LookStudio().Make(scene, dressings, options, run, cancellationToken);
            return (made, new AttributionMap(width, height, references.Sources, made.Layers));
        }, cancellationToken);
        if (parsed.GetValue(GuidesOut) is { } folder) Write(look.Guides, folder);
        return run.Finish(parsed, Picture.Create(look.Pixels), map);
    }

    private static (int Width, int Height) SizeOf(SceneCamera camera) => camera.AspectWidth >= camera.AspectHeight
        ? (PictureSide, Math.Max(16, (int)Math.Round(PictureSide * camera.AspectHeight / camera.AspectWidth)))
        : (Math.Max(16, (int)Math.Round(PictureSide * camera.AspectWidth / camera.AspectHeight)), PictureSide);

    private static async Task<List<RegionDressing>> DressAsync(ParseResult parsed, LookReferences references, CancellationToken cancellationToken)
    {
        var dressings = new List<RegionDressing>();
        foreach (var text in parsed.GetValue(Regions) ?? [])
        {
            var (name, rest) = NameOf(text);
            var isPicture = rest.StartsWith("picture:", StringComparison.Ordinal);
            var used = await references.ReadAsync(isPicture ? rest["picture:".Length..] : rest, cancellationToken);
            dressings.Add(new RegionDressing(name, used, isPicture ? DressingFit.Picture : DressingFit.Surface, !parsed.GetValue(AsLit)));
        }
        return dressings;
    }

    private static (string Name, string From) NameOf(string text)
    {
        var parts = text.Split('=', 2);
        return parts.Length == 2 && parts[0].Length > 0 ? (parts[0], parts[1]) : throw new VerbException(ExitCode.WrongUse, $"--region {text} is not NAME=FILE");
    }

    private static void Write(Guides guides, DirectoryInfo folder)
    {
        foreach (var (name, picture) in new[] { ("grey", guides.Shaded()), ("regions", guides.RegionPicture()), ("normals", guides.NormalPicture()), ("depth", guides.DepthPicture()) })
            SynthFiles.Write(Picture.Create(picture), new FileInfo(Path.Combine(folder.FullName, name + ".png")));
    }
}
