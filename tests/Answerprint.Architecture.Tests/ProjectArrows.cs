namespace Answerprint.Architecture.Tests;

/// <summary>Which project may name which: arrows point down only, and the algorithms do not see each other.</summary>
internal static class ProjectArrows
{
    private const string Numerics = "Answerprint.Numerics";

    public static IReadOnlyList<string> Shelf { get; } =
        [Numerics, "Answerprint.Imaging", "Answerprint.Ranking", "Answerprint.Rules", "Answerprint.Provenance"];

    private static readonly Dictionary<string, string[]> Drawn = new()
    {
        [Numerics] = [],
        ["Answerprint.Imaging"] = [Numerics],
        ["Answerprint.Ranking"] = [Numerics],
        ["Answerprint.Rules"] = [Numerics],
        ["Answerprint.Provenance"] = [Numerics],
        ["Answerprint.Platform"] = [.. Shelf],
        ["Answerprint.Web"] = ["Answerprint.Platform", .. Shelf],
        ["Answerprint.Cli"] = ["Answerprint.Platform", .. Shelf],
    };

    /// <summary>What of a project the design does not draw.</summary>
    public static IEnumerable<string> Breaks(ProjectFile project)
    {
        if (!Drawn.TryGetValue(project.Name, out var allowed))
        {
            yield return $"{project.Path}: '{project.Name}' is no part of the house; draw it in {nameof(ProjectArrows)} first";
            yield break;
        }
        foreach (var reference in project.References.Except(allowed)) yield return $"{project.Path}: {project.Name} may not name {reference}";
        foreach (var friend in project.Friends.Where(friend => !IsTest(friend))) yield return $"{project.Path}: only tests see internals, not {friend}";
    }

    public static bool IsTest(string project) => project.EndsWith(".Tests", StringComparison.Ordinal);
}
