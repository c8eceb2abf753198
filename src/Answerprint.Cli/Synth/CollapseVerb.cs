using System.CommandLine;
using System.Text.Json.Nodes;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Destruction;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Studio.Collapse;

namespace Answerprint.Cli.Synth;

/// <summary><c>synth collapse PLATE SCENE --out-dir DIR</c>: a building in a photographed plate comes down.</summary>
internal static class CollapseVerb
{
    private static readonly Argument<string> Plate = new("PLATE") { Description = "The plate: a still, a video, or a folder of numbered pictures (EXR, DPX, 16 or 8 bits)" };
    private static readonly Argument<FileInfo> Scene = new("SCENE") { Description = "What falls and how, JSON as docs/collapse.md says" };
    private static readonly Option<FileInfo?> Mask = new("--mask") { Description = "A mask in place of the building's outline: 8-bit grey, light where the building is, as large as the plate", HelpName = "FILE" };
    private static readonly Option<DirectoryInfo> Out = new("--out-dir") { Description = "Where frames (frames/NNNN, as the plate's are), shot.mp4 and the Blender scene go", HelpName = "DIR", Required = true };
    private static readonly Option<bool> Final = new("--final") { Description = "The plate's own size, more samples and finer dust; default: a draft, 640 pixels wide" };
    private static readonly Option<int> Width = new("--width") { Description = "Pixels across of what is made, 64 up to the plate's own width", HelpName = "N" };
    private static readonly Option<bool> Layers = new("--layers") { Description = "Write every frame's layers as well: layers/NNNN.exr" };
    private static readonly Option<int> Control = new("--control") { Description = "Write control passes for a video model as well (control/depth, edges, motion, mask), the longer side N pixels (832 where N is left out); layers come with them", HelpName = "N", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<int> First = new("--first") { Description = "The frame of a shot to begin at, from 0 (default 0)", HelpName = "N" };

    public static Command Make() => new Command("collapse", "Let a building in a plate fall down (needs Blender)")
        .With(Plate, Scene, Mask, Out, Final, Width, Layers, Control, First, SynthOptions.Threads).OnFiles(CollapseAsync);

    private static async Task<VerbResult> CollapseAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var run = new SynthRun();
        var (path, folder, media) = (parsed.GetValue(Plate)!, parsed.GetValue(Out)!, new MediaOptions());
        if (!File.Exists(path) && !Directory.Exists(path)) throw new VerbException(ExitCode.NothingFound, $"there is no plate '{path}'");
        try
        {
            await using var plate = await CollapsePlate.OpenAsync(path, media, parsed.GetValue(First), cancellationToken);
            var scene = await CollapseSceneFile.ReadAsync(parsed.GetValue(Scene)!, parsed.GetValue(Mask), plate.Width, plate.Height, cancellationToken);
            folder.Create();
            var output = new CollapseOutput(folder.FullName, plate, media);
            var effort = EffortOf(parsed);
            var shot = new CollapseShot(media) { Finished = (number, key) => output.Find(number, key, effort.Layers) };
            var made = await shot.RunAsync(scene, plate, Path.Combine(folder.FullName, "blender"), effort, frame => output.WriteAsync(frame, cancellationToken), new Followed(run), cancellationToken);
            await output.FinishAsync(made.Scene, cancellationToken);
            (run.Json["frames"], run.Json["rate"], run.Json["width"], run.Json["height"]) = (made.Scene.Frames, made.Scene.Rate, made.Width, made.Height);
            (run.Json["video"], run.Json["blenderSeconds"], run.Json["pixels"]) = (output.ReviewVideo, Math.Round(made.BlenderCpu.TotalSeconds, 2), new JsonArray([.. made.Accounts.Select(Told)]));
            if (plate.Video is not null) run.Json["master"] = output.MasterVideo;
            if (SideOf(parsed) is { } side)
            {
                var (width, height) = await new CollapseControl(folder.FullName, media).WriteAsync(made, output.LayersFile, side, cancellationToken);
                run.Json["control"] = new JsonObject { ["width"] = width, ["height"] = height, ["folder"] = Path.Combine(folder.FullName, "control") };
            }
            return run.Done($"Wrote {output.ReviewVideo} ({made.Scene.Frames} frames of {made.Width} x {made.Height}).");
        }
        catch (Exception error) when (error is CollapseException or ArgumentException or InvalidDataException)
        {
            throw new VerbException(ExitCode.Failed, error.Message);
        }
    }

    private sealed class Followed(SynthRun run) : IProgress<CollapseProgress>
    {
        public void Report(CollapseProgress value) => run.Report(value.Share);
    }

    private static CollapseEffort EffortOf(ParseResult parsed)
    {
        var threads = SynthOptions.ThreadsOf(parsed);
        var effort = (parsed.GetValue(Final) ? CollapseEffort.Final(threads) : CollapseEffort.Draft(threads)) with { Layers = parsed.GetValue(Layers) || SideOf(parsed) is not null };
        return parsed.GetResult(Width) is null ? effort
            : parsed.GetValue(Width) is >= 64 and <= 32_768 and var width ? effort with { Width = width }
            : throw new VerbException(ExitCode.WrongUse, $"--width {parsed.GetValue(Width)} is outside 64 to 32768");
    }

    private static int? SideOf(ParseResult parsed) =>
        parsed.GetResult(Control) is not { } given ? null
        : given.Tokens.Count == 0 ? CollapseControl.UsualSide
        : parsed.GetValue(Control) is >= 64 and <= 4096 and var side ? side
        : throw new VerbException(ExitCode.WrongUse, $"--control {parsed.GetValue(Control)} is outside 64 to 4096");

    private static JsonNode Told(CollapseAccount account, int index) => new JsonObject
    {
        ["frame"] = index + 1, ["copied"] = account.Copied, ["filled"] = account.Filled, ["blended"] = account.Blended, ["rendered"] = account.Rendered,
    };
}
