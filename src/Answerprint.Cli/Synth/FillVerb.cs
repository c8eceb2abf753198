using System.CommandLine;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Pixels;
using Answerprint.Imaging.Synthesis.Repair;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Cli.Synth;

/// <summary><c>synth fill IN --mask M --output F</c>: what the mask covers is made from the rest of the picture.</summary>
internal static class FillVerb
{
    private static readonly Argument<FileInfo> Input = new("IN") { Description = "The picture" };
    private static readonly Option<FileInfo> Mask = new("--mask") { Description = "A picture of the same size; white is filled, black stays", HelpName = "M", Required = true };

    private static readonly Option<FileInfo[]> Frames = new("--frame") { Description = "Another frame of a locked-off shot, which may show what the mask hides; may be given again", HelpName = "F" };
    private static readonly Option<FileInfo[]> FrameMasks = new("--frame-mask") { Description = "For each --frame in turn: white is not taken from it", HelpName = "M" };

    public static Command Make() => new Command("fill", "Fill what a mask covers from the rest of the picture")
        .With(Input, Mask, Frames, FrameMasks, SynthOptions.Copy, SynthOptions.Output, SynthOptions.Seed, SynthOptions.Threads, SynthOptions.Nnf, SynthOptions.Attribution).OnFiles(FillAsync);

    private static async Task<VerbResult> FillAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var run = new SynthRun();
        var options = SynthOptions.FillOptionsOf(parsed);
        var opened = await SynthFiles.ReadAsync(parsed.GetValue(Input)!, cancellationToken);
        var mask = await SynthFiles.ReadMaskAsync(parsed.GetValue(Mask)!, cancellationToken);
        var picture = opened.Picture;
        var frames = await ReadFramesAsync(parsed, picture, cancellationToken);
        var (result, map) = await run.ComputeAsync(() =>
        {
            var field = frames.Count == 0
                ? HoleFill.Fill(picture.Features(), mask, options, run, cancellationToken)
                : ShotFill.Fill(picture.Features(), mask, [.. frames.Select(frame => new ShotFrame(frame.Opened.Picture.Features(), frame.Mask))], options, run, cancellationToken);
            var made = field?.Apply(picture, [.. frames.Select(frame => frame.Opened.Picture)], options.MaxDegreeOfParallelism, cancellationToken) ?? picture;
            return (made, RepairField.MapOf(field, SynthFiles.Source(opened, parsed.GetValue(Input)!), [.. frames.Select(frame => SynthFiles.Source(frame.Opened, frame.File))]));
        }, cancellationToken);
        return run.Finish(parsed, result, map, opened);
    }

    private static async Task<List<(FileInfo File, OpenedPicture Opened, PixelBuffer<byte>? Mask)>> ReadFramesAsync(ParseResult parsed, Picture picture, CancellationToken cancellationToken)
    {
        var (files, masks) = (parsed.GetValue(Frames) ?? [], parsed.GetValue(FrameMasks) ?? []);
        if (masks.Length != 0 && masks.Length != files.Length) throw new VerbException(ExitCode.WrongUse, $"there are {files.Length} --frame and {masks.Length} --frame-mask; give one for each, or none");
        var frames = new List<(FileInfo, OpenedPicture, PixelBuffer<byte>?)>();
        for (var i = 0; i < files.Length; i++)
        {
            var frame = await SynthFiles.ReadAsync(files[i], cancellationToken);
            if ((frame.Picture.Depth, frame.Picture.Channels) != (picture.Depth, picture.Channels))
                throw new VerbException(ExitCode.Failed, $"'{files[i].Name}' has {frame.Picture.Channels} channels of {frame.Picture.Depth}, the picture {picture.Channels} of {picture.Depth}; they must be the same");
            frames.Add((files[i], frame, masks.Length == 0 ? null : await SynthFiles.ReadMaskAsync(masks[i], cancellationToken)));
        }
        return frames;
    }
}
