using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.GreyBox.Dressing;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Cli.Synth;

/// <summary><c>synth look SCENE --region NAME=FILE@METRES ... --output F</c>: a grey box dressed in references.</summary>
internal static partial class LookVerb
{
    private const int PictureSide = 1280;

    private static readonly Argument<FileInfo> Scene = new("SCENE") { Description = "The scene, JSON as docs/greybox.md says" };
    private static readonly Option<string[]> Regions = new("--region")
    {
        Description = "NAME=FILE[@METRES][#WxH+X+Y][,FILE...]: what a region is made of, how many metres wide it is, which part of it; NAME=picture:FILE lays it on once", HelpName = "R",
    };

    private static readonly Option<bool> Draft = new("--draft") { Description = "Quick: half the detail, rough edges" };
    private static readonly Option<bool> AsLit = new("--as-lit") { Description = "Keep the light that is on the references instead of evening it out" };
    private static readonly Option<DirectoryInfo?> GuidesOut = new("--guides") { Description = "Write the guides here: grey.png, regions.png, normals.png, depth.png", HelpName = "DIR" };

    public static Command Make() => new Command("look", "Dress a grey box in references")
        .With(Scene, Regions, Draft, AsLit, GuidesOut, SynthOptions.Output, SynthOptions.Size, SynthOptions.Seed, SynthOptions.Threads, SynthOptions.Attribution).OnFiles(LookAsync);

    private static async Task<VerbResult> LookAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var run = new SynthRun();
        var scene = await ReadAsync(parsed.GetValue(Scene)!, cancellationToken);
        var (sources, dressings) = await DressAsync(parsed, cancellationToken);
        foreach (var dressing in dressings)
            if (dressing.Region != GreyBoxScene.Sky && !scene.Regions.Contains(dressing.Region))
                throw new VerbException(ExitCode.WrongUse, $"the scene has no region '{dressing.Region}'; it has {string.Join(", ", scene.Regions)}");
        var (width, height) = parsed.GetValue(SynthOptions.Size) is { } size ? SynthOptions.ParseSize(size) : SizeOf(scene.Camera);
        var options = new LookOptions { Width = width, Height = height, Seed = parsed.GetValue(SynthOptions.Seed), Draft = parsed.GetValue(Draft), MaxDegreeOfParallelism = SynthOptions.ThreadsOf(parsed) };
        var (look, map) = await run.ComputeAsync(() =>
        {
            var made = new LookStudio().Make(scene, dressings, options, run, cancellationToken);
            return (made, new AttributionMap(width, height, sources, made.Layers));
        }, cancellationToken);
        if (parsed.GetValue(GuidesOut) is { } folder) Write(look.Guides, folder);
        return run.Finish(parsed, Picture.Create(look.Pixels), map);
    }

    private static async Task<GreyBoxScene> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (!file.Exists) throw new VerbException(ExitCode.NothingFound, $"there is no file '{file.FullName}'");
        if (file.Length > SceneLimits.MaxBytes) throw new VerbException(ExitCode.Failed, $"'{file.Name}' has {file.Length} bytes; a scene has at most {SceneLimits.MaxBytes}");
        try
        {
            return SceneReader.Read(await File.ReadAllBytesAsync(file.FullName, cancellationToken));
        }
        catch (SceneFormatException error)
        {
            throw new VerbException(ExitCode.Failed, $"'{file.Name}': {error.Message}");
        }
    }

    private static (int Width, int Height) SizeOf(SceneCamera camera) => camera.AspectWidth >= camera.AspectHeight
        ? (PictureSide, Math.Max(16, (int)Math.Round(PictureSide * camera.AspectHeight / camera.AspectWidth)))
        : (Math.Max(16, (int)Math.Round(PictureSide * camera.AspectWidth / camera.AspectHeight)), PictureSide);

    private static async Task<(List<AttributionSource> Sources, List<RegionDressing> Dressings)> DressAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var sources = new List<AttributionSource>();
        var dressings = new List<RegionDressing>();
        var opened = new Dictionary<string, (int Source, PixelBuffer<byte> Pixels)>(StringComparer.Ordinal);
        foreach (var text in parsed.GetValue(Regions) ?? [])
        {
            var parts = text.Split('=', 2);
            if (parts.Length != 2 || parts[0].Length == 0) throw new VerbException(ExitCode.WrongUse, $"--region {text} is not NAME=FILE");
            var isPicture = parts[1].StartsWith("picture:", StringComparison.Ordinal);
            var references = new List<DressingReference>();
            foreach (var one in (isPicture ? parts[1]["picture:".Length..] : parts[1]).Split(','))
            {
                var match = Reference().Match(one);
                if (!match.Success) throw new VerbException(ExitCode.WrongUse, $"'{one}' is not FILE[@METRES][#WxH+X+Y]");
                var file = new FileInfo(match.Groups["file"].Value);
                if (!opened.TryGetValue(file.FullName, out var known))
                {
                    var picture = await SynthFiles.ReadAsync(file, cancellationToken);
                    sources.Add(SynthFiles.Source(picture, file));
                    opened[file.FullName] = known = (sources.Count - 1, picture.Picture.Features());
                }
                var crop = match.Groups["w"].Success ? new PixelRect(Number("x"), Number("y"), Number("w"), Number("h")) : new PixelRect(0, 0, known.Pixels.Width, known.Pixels.Height);
                var metres = match.Groups["m"].Success ? double.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture) : 1;
                references.Add(new DressingReference(known.Pixels, crop, metres, known.Source));

                int Number(string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
            }
            dressings.Add(new RegionDressing(parts[0], references, isPicture ? DressingFit.Picture : DressingFit.Surface, !parsed.GetValue(AsLit)));
        }
        return (sources, dressings);
    }

    private static void Write(Guides guides, DirectoryInfo folder)
    {
        foreach (var (name, picture) in new[] { ("grey", guides.Shaded()), ("regions", guides.RegionPicture()), ("normals", guides.NormalPicture()), ("depth", guides.DepthPicture()) })
            SynthFiles.Write(Picture.Create(picture), new FileInfo(Path.Combine(folder.FullName, name + ".png")));
    }

    [GeneratedRegex(@"^(?<file>[^@#]+)(@(?<m>\d{1,3}(\.\d{1,4})?))?(#(?<w>\d{1,5})x(?<h>\d{1,5})\+(?<x>\d{1,5})\+(?<y>\d{1,5}))?$")]
    private static partial Regex Reference();
}
