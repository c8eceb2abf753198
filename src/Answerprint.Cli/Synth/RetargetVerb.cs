using System.CommandLine;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Synthesis.Repair;

namespace Answerprint.Cli.Synth;

/// <summary><c>synth retarget IN --size WxH | --aspect A:B --output F</c>: another shape without scaling.</summary>
internal static class RetargetVerb
{
    private static readonly Argument<FileInfo> Input = new("IN") { Description = "The picture" };
    private static readonly Option<string?> Aspect = new("--aspect") { Description = "Width to height, such as 4:5; the height stays", HelpName = "A:B" };

    public static Command Make() => new Command("retarget", "Bring a picture to another shape: what matters least is taken out, what is missing is made")
        .With(Input, SynthOptions.Size, Aspect, SynthOptions.Copy, SynthOptions.Output, SynthOptions.Seed, SynthOptions.Threads, SynthOptions.Nnf, SynthOptions.Attribution).OnFiles(RetargetAsync);

    private static async Task<VerbResult> RetargetAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var run = new SynthRun();
        var options = SynthOptions.FillOptionsOf(parsed);
        var opened = await SynthFiles.ReadAsync(parsed.GetValue(Input)!, cancellationToken);
        var picture = opened.Picture;
        var (width, height) = SizeOf(parsed, picture.Height);
        var (result, map) = await run.ComputeAsync(() =>
        {
            var field = Retargeting.Retarget(picture.Features(), width, height, options, null, run, cancellationToken);
            return (field?.Apply(picture, null, options.MaxDegreeOfParallelism, cancellationToken) ?? picture, RepairField.MapOf(field, SynthFiles.Source(opened, parsed.GetValue(Input)!)));
        }, cancellationToken);
        return run.Finish(parsed, result, map, opened);
    }

    private static (int Width, int Height) SizeOf(ParseResult parsed, int height)
    {
        var (size, aspect) = (parsed.GetValue(SynthOptions.Size), parsed.GetValue(Aspect));
        if ((size is null) == (aspect is null)) throw new VerbException(ExitCode.WrongUse, "give either --size WxH or --aspect A:B");
        if (size is not null) return SynthOptions.ParseSize(size);
        var parts = aspect!.Split(':');
        if (parts.Length != 2 || !int.TryParse(parts[0], out var a) || !int.TryParse(parts[1], out var b) || a is < 1 or > 10_000 || b is < 1 or > 10_000)
            throw new VerbException(ExitCode.WrongUse, $"--aspect {aspect} is not two numbers such as 4:5");
        return ((int)Math.Max(1, ((2L * height * a) + b) / (2 * b)), height);
    }
}
