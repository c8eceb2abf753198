using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Media.Video;

/// <summary>Turns how a media program ended into one clear error.</summary>
internal static class FfmpegFailure
{
    private const int KilledExitCode = 128 + 9;

    private static readonly (string Words, MediaErrorKind Kind, string Sentence)[] Known =
    [
        ("exceeds specified max pixel count", MediaErrorKind.LimitExceeded, "has more pixels than are allowed"),
        ("exceeds max_streams", MediaErrorKind.LimitExceeded, "has more streams than are allowed"),
        ("moov atom not found", MediaErrorKind.Truncated, "ends before its index (moov)"),
        ("No space left on device", MediaErrorKind.DiskFull, "could not be processed: the disk is full"),
        ("File size limit exceeded", MediaErrorKind.DiskFull, "could not be processed: the result passes the file size limit"),
        ("not on whitelist", MediaErrorKind.Refused, "is a container or protocol that is not read here"),
        ("No such file or directory", MediaErrorKind.Missing, "cannot be opened"),
        ("Permission denied", MediaErrorKind.Missing, "cannot be opened"),
        ("Invalid data found", MediaErrorKind.Corrupt, "cannot be read: its bytes break its format"),
        ("could not find codec parameters", MediaErrorKind.Corrupt, "cannot be read: its streams are not described"),
        ("Decoder (codec", MediaErrorKind.Unsupported, "uses a codec that is not read here"),
    ];

    /// <summary>The error of a process that did not succeed.</summary>
    /// <exception cref="MediaException">It was killed from outside.</exception>
    public static MediaError Of(ChildProcessResult result, string name, MediaLimits limits, bool probing = false) => result.End switch
    {
        ChildProcessEnd.CpuLimit => probing
            ? new(MediaErrorKind.LimitExceeded, $"{name} takes more than {limits.MaxProbeCpu.TotalSeconds:0} s of CPU time to look at.", nameof(MediaLimits.MaxProbeCpu))
            : new(MediaErrorKind.LimitExceeded, $"{name} takes more than {limits.MaxCpu.TotalSeconds:0} s of CPU time.", nameof(MediaLimits.MaxCpu)),
        ChildProcessEnd.WallClockLimit => new(MediaErrorKind.LimitExceeded, $"{name} takes too long.", nameof(MediaLimits.MaxWallClock)),
        // No decoder kills itself: a person did, or the kernel for want of memory. The file is not to blame, so the work may be tried again.
        ChildProcessEnd.Signalled when result.ExitCode == KilledExitCode => throw new MediaException(new(MediaErrorKind.Failed, $"The program at work on {name} was killed.")),
        ChildProcessEnd.Signalled => new(MediaErrorKind.Corrupt, $"{name} made its decoder crash (signal {result.ExitCode - 128})."),
        _ => OfWords(result, name, limits),
    };

    public static MediaError Missing(ProgramMissingException error) => new(MediaErrorKind.ProgramMissing, error.Message);

    private static MediaError OfWords(ChildProcessResult result, string name, MediaLimits limits)
    {
        var tail = result.ErrorTail;
        foreach (var (words, kind, sentence) in Known)
            if (tail.Contains(words, StringComparison.OrdinalIgnoreCase))
                return new(kind, $"{name} {sentence}.", LimitOf(words));
        if (tail.Contains("Cannot allocate memory", StringComparison.Ordinal) || tail.Contains("bad_alloc", StringComparison.Ordinal))
            return new(MediaErrorKind.LimitExceeded, $"{name} needs more than {limits.MaxMemoryBytes >> 20} MiB of memory.", nameof(MediaLimits.MaxMemoryBytes));
        return new(MediaErrorKind.Failed, $"{name} could not be processed: {LastLine(tail)}");
    }

    private static string? LimitOf(string words) => words switch
    {
        "exceeds max_streams" => nameof(MediaLimits.MaxStreams),
        "exceeds specified max pixel count" => nameof(MediaLimits.MaxPixels),
        _ => null,
    };

    private static string LastLine(string tail)
    {
        var line = tail.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "no reason given";
        // Programs repeat the whole path; the folder is nobody's business.
        var slash = line.LastIndexOf('/');
        if (line.StartsWith('/') && slash > 0) line = line[(slash + 1)..];
        return line.Length > 200 ? line[..200] : line;
    }
}
