using System.Globalization;
using System.Text.RegularExpressions;

namespace Answerprint.Platform.Media.Contracts;

/// <summary>Numbered frames that make one moving picture.</summary>
/// <param name="Pattern">The name with the number as C writes it: "plate.%04d.exr".</param>
/// <param name="First">The first number.</param>
/// <param name="Last">The last number.</param>
/// <param name="Files">The files that exist, by number.</param>
/// <param name="Missing">Numbers between the first and the last that have no file; at most the first 1,000.</param>
/// <param name="MissingCount">How many numbers have no file.</param>
/// <param name="Frame">What the first frame is.</param>
public sealed record ImageSequenceInfo(
    string Pattern, long First, long Last, IReadOnlyList<string> Files, IReadOnlyList<long> Missing, long MissingCount, MediaInfo Frame) : MediaInfo(Frame.Format)
{
    /// <summary>Whether every number has a file.</summary>
    public bool IsComplete => MissingCount == 0;
}

/// <summary>Finds the sequence in a folder or a list of files.</summary>
public sealed partial class ImageSequenceProbe(MediaOptions options)
{
    private const int MaxMissingListed = 1000;
    private readonly MediaProbe probe = new(options);

    /// <summary>Looks at the files of a folder.</summary>
    public Task<MediaResult<ImageSequenceInfo>> ProbeFolderAsync(string folder, CancellationToken cancellationToken = default)
    {
        var name = Path.GetFileName(folder.TrimEnd('/'));
        if (!Directory.Exists(folder)) return Task.FromResult<MediaResult<ImageSequenceInfo>>(new MediaError(MediaErrorKind.Missing, $"{name} is no folder."));
        // Hidden files are what systems leave behind, never frames.
        var files = Directory.EnumerateFiles(folder).Where(f => Path.GetFileName(f)[0] != '.').Take((int)Math.Min(options.Limits.MaxFrames + 1, int.MaxValue)).ToList();
        return ProbeAsync(files, name, cancellationToken);
    }

    /// <summary>Looks at given files, all of which must belong to one sequence; first and last are opened and must agree.</summary>
    /// <param name="files">The files, in any order.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<MediaResult<ImageSequenceInfo>> ProbeAsync(IReadOnlyList<string> files, string name, CancellationToken cancellationToken = default)
    {
        if (files.Count == 0) return new MediaError(MediaErrorKind.Empty, $"{name} holds no files.");
        if (files.Count > options.Limits.MaxFrames)
            return new MediaError(MediaErrorKind.LimitExceeded, $"{name} has {files.Count} frames; {options.Limits.MaxFrames} are allowed.", nameof(MediaLimits.MaxFrames));
        var frames = new SortedDictionary<long, string>();
        (string Before, string After, int Digits)? shape = null;
        foreach (var file in files)
        {
            if (Numbered().Match(Path.GetFileName(file)) is not { Success: true } match)
                return new MediaError(MediaErrorKind.Unsupported, $"{name} holds {Path.GetFileName(file)}, which has no frame number.");
            var (before, digits, after) = (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
            shape ??= (before, after, digits.Length);
            if (shape.Value.Before != before || shape.Value.After != after)
                return new MediaError(MediaErrorKind.Unsupported, $"{name} holds more than one sequence: {shape.Value.Before}#{shape.Value.After} and {before}#{after}.");
            // The shortest number tells the padding: 0001, or 8 to 12 without any.
            shape = (before, after, Math.Min(digits.Length, shape.Value.Digits));
            if (!frames.TryAdd(long.Parse(digits, CultureInfo.InvariantCulture), file))
                return new MediaError(MediaErrorKind.Corrupt, $"{name} has frame {digits} twice.");
        }

        return await DescribeAsync(frames, shape!.Value, name, cancellationToken);
    }

    [GeneratedRegex(@"^(.*?)([0-9]{1,15})([^0-9]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();

    private static (int Width, int Height)? Size(MediaInfo info) => info switch
    {
        StillInfo still => (still.Width, still.Height),
        PlateInfo plate => (plate.Parts[0].DisplayWindow.Width, plate.Parts[0].DisplayWindow.Height),
        _ => null,
    };

    private async Task<MediaResult<ImageSequenceInfo>> DescribeAsync(
        SortedDictionary<long, string> frames, (string Before, string After, int Digits) shape, string name, CancellationToken cancellationToken)
    {
        var first = await probe.ProbeAsync(frames.First().Value, cancellationToken);
        if (!first.Ok) return first.Error;
        var last = await probe.ProbeAsync(frames.Last().Value, cancellationToken);
        if (!last.Ok) return last.Error;
        if (Size(first.Value) is not { } size) return new MediaError(MediaErrorKind.Unsupported, $"{name} is no sequence of pictures, but of {first.Value.Format}.");
        if (Size(last.Value) != size || last.Value.Format != first.Value.Format)
            return new MediaError(MediaErrorKind.Corrupt, $"{name} starts with {first.Value.Format} of {size} and ends with {last.Value.Format} of {Size(last.Value)}.");
        var missing = new List<long>();
        long count = 0, expected = frames.First().Key;
        foreach (var number in frames.Keys)
        {
            for (var gap = expected; gap < number && missing.Count < MaxMissingListed; gap++) missing.Add(gap);
            count += number - expected;
            expected = number + 1;
        }

        var pattern = $"{shape.Before.Replace("%", "%%", StringComparison.Ordinal)}%0{shape.Digits}d{shape.After.Replace("%", "%%", StringComparison.Ordinal)}";
        return new ImageSequenceInfo(pattern, frames.First().Key, frames.Last().Key, [.. frames.Values], missing, count, first.Value);
    }
}
