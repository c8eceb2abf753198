using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.Pixels;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Studio.Collapse;

namespace Answerprint.Cli.Synth;

/// <summary><c>synth collapse PLATE SCENE --out-dir DIR</c>: a building in a photographed plate comes down.</summary>
internal static class CollapseVerb
{
    private static readonly Argument<FileInfo> Plate = new("PLATE") { Description = "The plate: a still, 8 bits, sRGB" };
    private static readonly Argument<FileInfo> Scene = new("SCENE") { Description = "What falls and how, JSON as docs/collapse.md says" };
    private static readonly Option<DirectoryInfo> Out = new("--out-dir") { Description = "Where frames (frames/NNNN.png), shot.mp4 and the Blender scene go", HelpName = "DIR", Required = true };
    private static readonly Option<bool> Final = new("--final") { Description = "More samples and finer dust; default: a draft" };

    public static Command Make() => new Command("collapse", "Let a building in a plate fall down (needs Blender)")
        .With(Plate, Scene, Out, Final, SynthOptions.Threads).OnFiles(CollapseAsync);

    private static async Task<VerbResult> CollapseAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var run = new SynthRun();
        var file = parsed.GetValue(Plate)!;
        var scene = await ReadAsync(parsed.GetValue(Scene)!, cancellationToken);
        if ((await SynthFiles.ReadAsync(file, cancellationToken)).Picture is not Picture<byte> { ColourChannels: 3 } picture)
            throw new VerbException(ExitCode.Failed, $"'{file.Name}' is not 8 bits with red, green and blue; plates of other depths cannot be brought down yet");
        var plate = ThreeChannels(picture.Pixels);
        var folder = parsed.GetValue(Out)!;
        var frames = folder.CreateSubdirectory("frames");
        var threads = SynthOptions.ThreadsOf(parsed);
        var effort = parsed.GetValue(Final) ? CollapseEffort.Final(threads) : CollapseEffort.Draft(threads);
        var accounts = new JsonArray();
        var media = new MediaOptions();
        try
        {
            await new CollapseShot(media).RunAsync(scene, plate, file.FullName, Path.Combine(folder.FullName, "blender"), effort, made =>
            {
                SynthFiles.Write(Picture.Create(made.Pixels), new FileInfo(Path.Combine(frames.FullName, made.Number.ToString("0000", CultureInfo.InvariantCulture) + ".png")));
                accounts.Add(new JsonObject { ["frame"] = made.Number, ["copied"] = made.Account.Copied, ["filled"] = made.Account.Filled, ["rendered"] = made.Account.Rendered });
                return Task.CompletedTask;
            }, new Followed(run), cancellationToken);
        }
        catch (Exception error) when (error is CollapseException or ArgumentException or InvalidDataException)
        {
            throw new VerbException(ExitCode.Failed, error.Message);
        }
        var video = Path.Combine(folder.FullName, "shot.mp4");
        if (await FrameVideo.WriteAsync(Path.Combine(frames.FullName, "%04d.png"), scene.Frames, scene.Rate, video, media, cancellationToken) is { } problem) throw new VerbException(ExitCode.Failed, problem.ToString());
        (run.Json["frames"], run.Json["video"], run.Json["pixels"]) = (scene.Frames, video, accounts);
        return run.Done($"Wrote {video} ({scene.Frames} frames of {plate.Width} x {plate.Height}).");
    }

    private sealed class Followed(SynthRun run) : IProgress<CollapseProgress>
    {
        public void Report(CollapseProgress value) => run.Report(value.Share);
    }

    private static async Task<CollapseScene> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (!file.Exists) throw new VerbException(ExitCode.NothingFound, $"there is no file '{file.FullName}'");
        if (file.Length > CollapseReader.MaxBytes) throw new VerbException(ExitCode.Failed, $"'{file.Name}' has {file.Length} bytes; a collapse has at most {CollapseReader.MaxBytes}");
        try
        {
            return CollapseReader.Read(await File.ReadAllBytesAsync(file.FullName, cancellationToken));
        }
        catch (SceneFormatException error)
        {
            throw new VerbException(ExitCode.Failed, $"'{file.Name}': {error.Message}");
        }
    }

    private static PixelBuffer<byte> ThreeChannels(PixelBuffer<byte> pixels)
    {
        if (pixels.Channels == 3 && pixels.Layout.IsPackedInterleaved) return pixels;
        var result = new PixelBuffer<byte>(PixelLayout.Interleaved(pixels.Width, pixels.Height, 3));
        for (var y = 0; y < pixels.Height; y++)
            for (var x = 0; x < pixels.Width; x++)
                for (var c = 0; c < 3; c++) result[x, y, c] = pixels[x, y, c];
        return result;
    }
}
