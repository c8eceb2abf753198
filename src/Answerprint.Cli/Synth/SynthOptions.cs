using System.CommandLine;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.Synthesis.Repair;

namespace Answerprint.Cli.Synth;

/// <summary>The options that all verbs of <c>synth</c> share, and their bounds.</summary>
internal static class SynthOptions
{
    public const int MaxThreads = 256;

    public static Option<ulong> Seed { get; } = new("--seed") { Description = "Where random numbers begin; the same seed gives the same pixels (default 0)", HelpName = "N" };

    public static Option<int> Threads { get; } = new("--threads") { Description = "Threads, 1 to 256; the pixels do not depend on it (default: all cores)", HelpName = "N" };

    public static Option<FileInfo?> Nnf { get; } = new("--nnf") { Description = "Write the field: int32 width, height, then x, y of each pixel", HelpName = "OUT" };

    public static Option<FileInfo?> Attribution { get; } = new("--attribution") { Description = "Write where every pixel came from", HelpName = "OUT" };

    public static Option<FileInfo> Output { get; } = new("--output") { Description = "The picture to write: .png, .tif, .jpg, .webp or .exr", HelpName = "F", Required = true };

    public static Option<string?> Size { get; } = new("--size") { Description = "Width and height in pixels, such as 1920x1080", HelpName = "WxH" };

    public static Option<bool> Copy { get; } = new("--copy") { Description = "Every made pixel is one source pixel; default: pieces are averaged where they meet" };

    /// <summary>How repairs work, from --copy and --threads.</summary>
    public static FillOptions FillOptionsOf(ParseResult parsed) =>
        new() { PatchSize = parsed.GetValue(Copy) ? 1 : new FillOptions().PatchSize, MaxDegreeOfParallelism = ThreadsOf(parsed) };

    public static (int Width, int Height) ParseSize(string text)
    {
        var parts = text.Split('x');
        return parts.Length == 2 && int.TryParse(parts[0], out var width) && int.TryParse(parts[1], out var height) && width > 0 && height > 0
            ? (width, height)
            : throw new VerbException(ExitCode.WrongUse, $"--size {text} is not two numbers such as 1920x1080");
    }

    /// <summary>The number of threads of this run.</summary>
    public static int ThreadsOf(ParseResult parsed) => ThreadsOf(parsed.GetValue(Threads));

    public static int ThreadsOf(int wanted) => wanted switch
    {
        0 => Environment.ProcessorCount,
        >= 1 and <= MaxThreads => wanted,
        _ => throw new VerbException(ExitCode.WrongUse, $"--threads {wanted} is outside 1 to {MaxThreads}"),
    };
}
