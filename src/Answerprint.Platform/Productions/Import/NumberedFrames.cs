using System.Text.RegularExpressions;

namespace Answerprint.Platform.Productions.Import;

/// <summary>
/// Tells sequences from single pictures by their names. <c>plate.0001.exr</c> and its like are frames of one sequence: a dot before at least three digits, or
/// for OpenEXR and DPX, which cameras do not number otherwise, a dot or an underscore before any. <c>IMG_0001.jpg</c> and <c>photo12.png</c> are single pictures.
/// </summary>
public static partial class NumberedFrames
{
    private const int FewestFrames = 2;

    /// <summary>One thing to bring in.</summary>
    /// <param name="Name">The file's path, or a sequence's with <c>#</c> for each digit.</param>
    /// <param name="Files">The files, in the order of their numbers.</param>
    public sealed record Item<T>(string Name, IReadOnlyList<T> Files)
    {
        /// <summary>What the names of a sequence's frames share; empty of a single file.</summary>
        public string SharedName => Files.Count == 1 ? "" : Path.GetFileNameWithoutExtension(Name).TrimEnd('#').TrimEnd('.', '_');
    }

    /// <summary>Groups files, in the order in which each first appears.</summary>
    /// <param name="files">Any files.</param>
    /// <param name="pathOf">A file's path or name; folders are kept apart.</param>
    public static IReadOnlyList<Item<T>> Group<T>(IEnumerable<T> files, Func<T, string> pathOf)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(pathOf);
        var (items, taken) = (new List<(string Name, List<(long Number, T File)> Files)>(), new Dictionary<(string, string, int), int>());
        foreach (var file in files)
        {
            var path = pathOf(file);
            if (Frame().Match(path) is not { Success: true } match || !IsFrame(match))
            {
                items.Add((path, [(0, file)]));
                continue;
            }
            var (before, digits, after) = (match.Groups["before"].Value, match.Groups["digits"].Value, match.Groups["after"].Value);
            var number = long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
            // The same number twice, from folders whose names were lost, begins a second sequence.
            var copy = 0;
            while (taken.TryGetValue((before, after, copy), out var at) && items[at].Files.Exists(frame => frame.Number == number)) copy++;
            if (taken.TryGetValue((before, after, copy), out var place))
            {
                items[place].Files.Add((number, file));
                continue;
            }
            taken.Add((before, after, copy), items.Count);
            items.Add((before + new string('#', digits.Length) + after, [(number, file)]));
        }
        return [.. items.SelectMany(item => item.Files.Count >= FewestFrames
            ? [new Item<T>(item.Name, [.. item.Files.OrderBy(frame => frame.Number).Select(frame => frame.File)])]
            : item.Files.Select(frame => new Item<T>(pathOf(frame.File), [frame.File])))];
    }

    private static bool IsFrame(Match match) =>
        match.Groups["after"].Value.ToLowerInvariant() is ".exr" or ".dpx" || (match.Groups["before"].Value.EndsWith('.') && match.Groups["digits"].Length >= 3);

    [GeneratedRegex(@"^(?<before>.*[^0-9][._]|[^/]*[._])(?<digits>[0-9]{1,9})(?<after>\.(?:exr|dpx|tiff?|png|jpe?g))$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Frame();
}
