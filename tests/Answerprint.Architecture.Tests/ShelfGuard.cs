using System.Xml.Linq;

namespace Answerprint.Architecture.Tests;

/// <summary>Whether the compiler holds a project of the shelf to purity: the analyzer is referenced, given the list, and nowhere turned off.</summary>
internal static class ShelfGuard
{
    private const string Analyzer = "Microsoft.CodeAnalysis.BannedApiAnalyzers";
    private const string Diagnostic = "RS0030";

    /// <summary>Each line bans one way out of the shelf; the list may hold more.</summary>
    private static readonly string[] Bans =
    [
        "T:System.IO.File;", "T:System.IO.Directory;", "T:System.IO.FileStream;", "T:System.Net.Http.HttpClient;", "T:System.Environment;", "T:System.Diagnostics.Process;",
        "P:System.DateTime.Now;", "P:System.DateTime.UtcNow;", "P:System.DateTimeOffset.Now;", "P:System.DateTimeOffset.UtcNow;",
        "P:System.Random.Shared;", "M:System.Random.#ctor;", "M:System.Guid.NewGuid;",
    ];

    public static IEnumerable<string> Breaks(string project, XDocument props, string lockFile, string projectFile)
    {
        var named = props.Descendants("IsAlgorithm").Select(flag => flag.Parent!.Attribute("Condition")?.Value ?? "");
        if (!named.Any(condition => condition.Contains($"'{project}'", StringComparison.Ordinal))) yield return $"Directory.Build.props does not count {project} to the algorithms";
        var guarded = props.Descendants("ItemGroup").Where(group => (group.Attribute("Condition")?.Value ?? "").Contains("$(IsAlgorithm)", StringComparison.Ordinal)).ToList();
        if (!guarded.Elements("PackageReference").Any(item => item.Attribute("Include")?.Value == Analyzer)) yield return $"Directory.Build.props gives the algorithms no {Analyzer}";
        if (!guarded.Elements("AdditionalFiles").Any(item => item.Attribute("Include")!.Value.EndsWith("src/BannedSymbols.txt", StringComparison.Ordinal)))
            yield return "Directory.Build.props does not hand BannedSymbols.txt to the analyzer";
        // The lock file is what restore came to, so it proves that the condition held.
        if (!lockFile.Contains(Analyzer, StringComparison.Ordinal)) yield return $"{project} was restored without {Analyzer}";
        if (projectFile.Contains(Diagnostic, StringComparison.Ordinal)) yield return $"{project} turns {Diagnostic} off";
    }

    public static IEnumerable<string> MissingBans(string list) =>
        Bans.Where(ban => !list.Split('\n').Any(line => line.StartsWith(ban, StringComparison.Ordinal)));

    public static bool TurnsOff(string source) => source.Contains(Diagnostic, StringComparison.Ordinal);
}
