using System.Text.RegularExpressions;

namespace Answerprint.Architecture.Tests;

/// <summary>What holds for single files.</summary>
internal static partial class FileRules
{
    public const int MaxLines = 500;

    /// <summary>Why the namespace of a source is not its folder; none where it is.</summary>
    public static string? NamespaceBreak(SourceFile file)
    {
        var expected = string.Join('.', file.Folders.Skip(1));
        var declared = Namespace().Matches(CSharpText.CodeOf(file.Text)).Select(match => match.Groups[1].Value).Distinct().ToList();
        // Top-level statements stand in no namespace.
        if (declared.Count == 0) return file.Name == "Program.cs" ? null : $"{file.Path} declares no namespace; its folder says {expected}";
        return declared is [var only] && only == expected ? null : $"{file.Path} declares {string.Join(", ", declared)}; its folder says {expected}";
    }

    public static string? LengthBreak(SourceFile file) => file.Text.AsSpan().Count('\n') is var lines and > MaxLines ? $"{file.Path} has {lines} lines; the limit is {MaxLines}" : null;

    /// <summary>Paths and hosts that are true on one machine only.</summary>
    public static IEnumerable<string> ForbiddenWords(SourceFile file)
    {
        foreach (Match match in MachinePath().Matches(file.Text)) yield return $"{file.Path}: the path '{match.Value.Trim()}' exists on one machine only";
        if (!file.Name.EndsWith("lock.json", StringComparison.Ordinal) && file.Name is not "package-lock.json" && !file.Name.Equals("nuget.config", StringComparison.OrdinalIgnoreCase)) yield break;
        foreach (Match match in Host().Matches(file.Text)) yield return $"{file.Path}: the host '{match.Groups[1].Value}' is in a lock file; a clone restores from where it is told to";
    }

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)\s*[;{]?", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    // The folder begins the path: neither a word, a dot, a tilde nor a closed variable stands before it.
    [GeneratedRegex(@"(?<![\w.~})*$/\]-])/(?:work|root|farm)/\w[\w./-]*")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"""resolved"":\s*""https?://([^/""]+)|<add\s[^>]*value=""https?://([^/""]+)")]
    private static partial Regex Host();
}
