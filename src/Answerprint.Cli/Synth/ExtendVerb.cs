using System.CommandLine;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Synthesis.Repair;

namespace Answerprint.Cli.Synth;

/// <summary><c>synth extend IN --left N --right N --top N --bottom N | --size WxH --output F</c>: the picture continued beyond its frame.</summary>
internal static class ExtendVerb
{
    private static readonly Argument<FileInfo> Input = new("IN") { Description = "The picture" };
    private static readonly Option<int> Left = Side("--left");
    private static readonly Option<int> Right = Side("--right");
    private static readonly Option<int> Top = Side("--top");
    private static readonly Option<int> Bottom = Side("--bottom");
    private static readonly Option<string?> Anchor = new("--anchor") { Description = "With --size, where the picture stays: centre (default), left, right, top, bottom, top-left, ...", HelpName = "PLACE" };

    public static Command Make() => new Command("extend", "Continue a picture beyond its frame")
        .With(Input, Left, Right, Top, Bottom, SynthOptions.Size, Anchor, SynthOptions.Copy, SynthOptions.Output, SynthOptions.Seed, SynthOptions.Threads, SynthOptions.Nnf, SynthOptions.Attribution).OnFiles(ExtendAsync);

    private static Option<int> Side(string name) => new(name) { Description = "Pixels to add on this side, 0 or more", HelpName = "N" };

    private static async Task<VerbResult> ExtendAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var run = new SynthRun();
        var options = SynthOptions.FillOptionsOf(parsed);
        var opened = await SynthFiles.ReadAsync(parsed.GetValue(Input)!, cancellationToken);
        var picture = opened.Picture;
        var (left, top, right, bottom) = Sides(parsed, picture.Width, picture.Height);
        var (result, map) = await run.ComputeAsync(() =>
        {
            var field = FrameExtension.Extend(picture.Features(), left, top, right, bottom, options, run, cancellationToken);
            return (field?.Apply(picture, null, options.MaxDegreeOfParallelism, cancellationToken) ?? picture, RepairField.MapOf(field, SynthFiles.Source(opened, parsed.GetValue(Input)!)));
        }, cancellationToken);
        return run.Finish(parsed, result, map, opened, left, top);
    }

    private static (int Left, int Top, int Right, int Bottom) Sides(ParseResult parsed, int width, int height)
    {
        if (parsed.GetValue(SynthOptions.Size) is not { } text)
            return (parsed.GetValue(Left), parsed.GetValue(Top), parsed.GetValue(Right), parsed.GetValue(Bottom));
        if (parsed.GetValue(Left) + parsed.GetValue(Top) + parsed.GetValue(Right) + parsed.GetValue(Bottom) != 0)
            throw new VerbException(ExitCode.WrongUse, "--size and sides were both given; one says it all");
        var (wanted, tall) = SynthOptions.ParseSize(text);
        if (wanted < width || tall < height) throw new VerbException(ExitCode.Failed, $"--size {wanted}x{tall} is smaller than the picture, which has {width} x {height} pixels; retarget makes pictures smaller");
        var (across, down) = ParseAnchor(parsed.GetValue(Anchor) ?? "centre");
        var ((left, right), (top, bottom)) = (FrameExtension.Share(width, wanted, across), FrameExtension.Share(height, tall, down));
        return (left, top, right, bottom);
    }

    private static (int Across, int Down) ParseAnchor(string place)
    {
        var words = place.Split('-');
        if (words.Any(word => word is not ("centre" or "left" or "right" or "top" or "bottom")))
            throw new VerbException(ExitCode.WrongUse, $"--anchor {place}: a place is centre, left, right, top, bottom, or two of them such as top-left");
        int One(string first, string last) => words.Contains(first) ? 0 : words.Contains(last) ? 2 : 1;
        return (One("left", "right"), One("top", "bottom"));
    }
}
