using System.CommandLine;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Attribution;
using Answerprint.Imaging.GreyBox.Dressing;
using Answerprint.Imaging.GreyBox.Segments;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Cli.Synth;

/// <summary><c>synth look --segments MAP --region NAME=#rrggbb:FILE@METRES ...</c>.</summary>
internal static partial class LookVerb
{
    private static readonly Option<FileInfo?> Segments = new("--segments") { Description = "A picture of flat colours instead of a scene; each colour is a region", HelpName = "MAP" };
    private static readonly Option<double> MapWide = new("--wide") { Description = "How many metres wide what the map shows is (default 10)", HelpName = "METRES", DefaultValueFactory = _ => new SegmentLookOptions().MetresWide };
    private static readonly Option<double> KeepPlaces = new("--keep-places")
    {
        Description = "0 to 1: how far things keep their place within their region (default 0.2)", HelpName = "S", DefaultValueFactory = _ => new SegmentLookOptions().KeepPlaces,
    };

    private static async Task<VerbResult> DressMapAsync(ParseResult parsed, FileInfo file, CancellationToken cancellationToken)
    {
        var run = new SynthRun();
        var painted = (await SynthFiles.ReadAsync(file, cancellationToken)).Picture.Features();
        var (width, height) = parsed.GetValue(SynthOptions.Size) is { } size ? SynthOptions.ParseSize(size) : (painted.Width, painted.Height);
        var references = new LookReferences();
        var (regions, dressings) = (new List<SegmentRegion>(), new List<RegionDressing>());
        foreach (var text in parsed.GetValue(Regions) ?? [])
        {
            var (name, rest) = NameOf(text);
            if (rest.Length < 9 || rest[7] != ':' || SegmentRegion.Parse(name, rest[..7]) is not { } region) throw new VerbException(ExitCode.WrongUse, $"--region {text} is not NAME=#rrggbb:FILE");
            regions.Add(region);
            dressings.Add(new RegionDressing(name, await references.ReadAsync(rest[8..], cancellationToken), DressingFit.Surface, Even: false));
        }
        var options = new SegmentLookOptions
        {
            MetresWide = parsed.GetValue(MapWide), KeepPlaces = parsed.GetValue(KeepPlaces), Seed = parsed.GetValue(SynthOptions.Seed), MaxDegreeOfParallelism = SynthOptions.ThreadsOf(parsed),
        };
        try
        {
            var segments = SegmentMap.Read(painted, regions, width, height);
            var look = await run.ComputeAsync(() => SegmentStudio.Make(segments, dressings, options, run, cancellationToken), cancellationToken);
            return run.Finish(parsed, Picture.Create(look.Pixels), new AttributionMap(width, height, references.Sources, look.Layers));
        }
        catch (Exception error) when (error is SegmentFormatException or ArgumentException)
        {
            throw new VerbException(ExitCode.Failed, $"'{file.Name}': {error.Message}");
        }
    }
}
