using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Media.Probing;
using Answerprint.Platform.Media.Video;

namespace Answerprint.Platform.Media.Plates;

/// <summary>
/// One run of oiiotool in a folder of its own. The source is reached through a link whose name we choose: OpenImageIO picks a reader by
/// extension, takes '#', '%' and braces in names as patterns, and must never be led to its video or document readers.
/// </summary>
internal sealed class OiioRun : IDisposable
{
    private readonly MediaOptions options;
    private readonly string folder;
    private readonly string name;

    public OiioRun(MediaOptions options, string path, FileSignature signature)
    {
        this.options = options;
        name = Path.GetFileName(path);
        Directory.CreateDirectory(options.TemporaryFolder);
        folder = Path.Combine(options.TemporaryFolder, $"plate-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        Source = Path.Combine(folder, $"source.{Extension(signature)}");
        File.CreateSymbolicLink(Source, Path.GetFullPath(path));
    }

    public string Source { get; }

    public string this[string file] => Path.Combine(folder, file);

    /// <summary>Runs to the end; the error, or null and what it cost.</summary>
    public async Task<(MediaError? Error, ChildProcessResult Result)> ExecuteAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var result = await ChildProcess.RunAsync(Command(arguments) with { OutputFile = this["stdout"] }, cancellationToken);
        return (result.Succeeded ? null : Explain(result), result);
    }

    public Task<string> OutputAsync(CancellationToken cancellationToken) => File.ReadAllTextAsync(this["stdout"], cancellationToken);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static string Extension(FileSignature signature) => signature switch
    {
        FileSignature.Exr => "exr",
        FileSignature.Dpx => "dpx",
        FileSignature.Cineon => "cin",
        FileSignature.Tiff => "tif",
        FileSignature.Heif => "heic",
        FileSignature.Jpeg2000 => "jp2",
        FileSignature.Bmp => "bmp",
        FileSignature.Psd => "psd",
        FileSignature.Pnm => "pnm",
        FileSignature.RadianceHdr => "hdr",
        FileSignature.Sgi => "sgi",
        FileSignature.Jpeg => "jpg",
        FileSignature.Png => "png",
        FileSignature.WebP => "webp",
        FileSignature.Gif => "gif",
        _ => throw new ArgumentOutOfRangeException(nameof(signature), signature, "No reader for this."),
    };

    private ChildProcessOptions Command(string[] arguments) => new()
    {
        Program = options.Oiiotool,
        DebianPackage = "openimageio-tools",
        WorkingDirectory = folder,
        Arguments = ["--wildcardoff", "--evaloff", "--nosoftwareattrib", "--threads", FfmpegCommand.Text(options.Threads), "--oiioattrib", "limits:imagesize_MB", "16384", .. arguments],
        Limits = FfmpegCommand.Limits(options, probing: false) with { Cpu = PlateCpu(), FileBytes = 1L << 35 },
    };

    // A frame is no film: what a probe may take, ten times, is plenty for the largest.
    private TimeSpan PlateCpu() => options.Limits.MaxProbeCpu * 10 < options.Limits.MaxCpu ? options.Limits.MaxProbeCpu * 10 : options.Limits.MaxCpu;

    private MediaError Explain(ChildProcessResult result)
    {
        if (result.End != ChildProcessEnd.Exited) return FfmpegFailure.Of(result, name, options.Limits);
        var tail = result.ErrorTail;
        var line = tail.Split('\n').FirstOrDefault(l => l.Contains("ERROR", StringComparison.Ordinal)) ?? "no reason given";
        line = line.Replace(folder + "/", "", StringComparison.Ordinal);
        if (line.Length > 200) line = line[..200];
        if (tail.Contains("No space left", StringComparison.Ordinal)) return new(MediaErrorKind.DiskFull, $"{name} could not be processed: the disk is full.");
        if (tail.Contains("bad_alloc", StringComparison.Ordinal))
            return new(MediaErrorKind.LimitExceeded, $"{name} needs more than {options.Limits.MaxMemoryBytes >> 20} MiB of memory.", nameof(MediaLimits.MaxMemoryBytes));
        var truncated = tail.Contains("end of file", StringComparison.OrdinalIgnoreCase) || tail.Contains("premature", StringComparison.OrdinalIgnoreCase);
        return new(truncated ? MediaErrorKind.Truncated : MediaErrorKind.Corrupt, $"{name} cannot be read: {line}.");
    }
}
