using System.CommandLine;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Synthesis.Repair;

namespace Answerprint.Cli.Synth;

/// <summary><c>synth fill IN --mask M --output F</c>: what the mask covers is made from the rest of the picture.</summary>
internal static class FillVerb
{
    private static readonly Argument<FileInfo> Input = new("IN") { Description = "The picture" };
    private static readonly Option<FileInfo> Mask = new("--mask") { Description = "A picture of the same size; white is filled, black stays", HelpName = "M", Required = true };

    public static Command Make() => new Command("fill", "Fill what a mask covers from the rest of the picture")
        .With(Input, Mask, SynthOptions.Copy, SynthOptions.Output, SynthOptions.Seed, SynthOptions.Threads, SynthOptions.Nnf, SynthOptions.Attribution).OnFiles(FillAsync);

    private static async Task<VerbResult> FillAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var run = new SynthRun();
        var options = SynthOptions.FillOptionsOf(parsed);
        var opened = await SynthFiles.ReadAsync(parsed.GetValue(Input)!, cancellationToken);
        var mask = await SynthFiles.ReadMaskAsync(parsed.GetValue(Mask)!, cancellationToken);
        var picture = opened.Picture;
        var (result, map) = await run.ComputeAsync(() =>
        {
            var field = HoleFill.Fill(picture.Features(), mask, options, run, cancellationToken);
            return (field?.Apply(picture) ?? picture, RepairField.MapOf(field, SynthFiles.Source(opened, parsed.GetValue(Input)!)));
        }, cancellationToken);
        return run.Finish(parsed, result, map, opened);
    }
}
