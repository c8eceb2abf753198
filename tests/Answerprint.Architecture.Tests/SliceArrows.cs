using System.Text.RegularExpressions;

namespace Answerprint.Architecture.Tests;

/// <summary>A folder of the platform is a slice; it names another only through that one's <c>Contracts</c>.</summary>
internal sealed partial class SliceArrows
{
    private const string Platform = "Answerprint.Platform";
    private const string Contracts = "Contracts";
    private readonly Dictionary<string, HashSet<string>> inside = [];

    /// <param name="files">All sources of the platform.</param>
    public SliceArrows(IReadOnlyCollection<SourceFile> files)
    {
        foreach (var file in files.Where(file => SliceOf(file) is not null))
        {
            if (!inside.TryGetValue(SliceOf(file)!, out var names)) inside.Add(SliceOf(file)!, names = []);
            if (file.Folders.Count > 3 && file.Folders[3] == Contracts) continue;
            names.UnionWith(Declared().Matches(CSharpText.CodeOf(file.Text)).Select(match => match.Groups[1].Value));
            names.UnionWith(file.Folders.Skip(3));
        }
    }

    /// <summary>The slices there are.</summary>
    public IReadOnlyCollection<string> Slices => inside.Keys;

    /// <summary>Where a file reaches into another slice past its contracts: usings, aliases, qualified names.</summary>
    public IEnumerable<string> Breaks(SourceFile file)
    {
        if (SliceOf(file) is not { } own) yield break;
        var lines = CSharpText.CodeOf(file.Text).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            foreach (var name in Qualified().Matches(lines[i]).Select(match => match.Groups[1].Value.Split('.')))
                if (IsBreak(own, name)) yield return $"{file.Path}({i + 1}): slice {own} may name {name[0]} only through {Platform}.{name[0]}.{Contracts}, not {string.Join('.', name)}";
        }
    }

    private bool IsBreak(string own, string[] name) =>
        name[0] != own && name.Length > 0 && inside.TryGetValue(name[0], out var members)
        && (name.Length == 1 || (name[1] != Contracts && members.Contains(name[1])));

    private static string? SliceOf(SourceFile file) => file.Folders is ["src", Platform, var slice, ..] ? slice : null;

    // Whole ("Answerprint.Platform.Jobs.X"), from the root namespace ("Platform.Jobs.X"), or from the own one ("Jobs.X", where X is known to live there).
    [GeneratedRegex(@"(?<![\w.])(?:global::)?(?:Answerprint\.Platform\.|Platform\.|(?=[A-Z]\w*\.[A-Z]))([A-Z]\w*(?:\.\w+)*)")]
    private static partial Regex Qualified();

    [GeneratedRegex(@"\b(?:class|struct|record|interface|enum)\s+(?:class\s+|struct\s+)?([A-Z]\w*)")]
    private static partial Regex Declared();
}
