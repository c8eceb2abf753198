using System.Text.Json;
using Answerprint.Platform.Engines.ComfyUi.Server;

namespace Answerprint.Platform.Engines.ComfyUi.Workflows;

/// <summary>Compares a filled-in workflow with the nodes that a server has, before anything is sent.</summary>
internal static class WorkflowCheck
{
    private const int MaxProblems = 20;

    /// <summary>What the server would not take, a sentence each; empty where nothing speaks against it.</summary>
    /// <param name="graph">The workflow as registered.</param>
    /// <param name="filled">The same with its values; inputs that take a picture still hold the workflow's own.</param>
    /// <param name="classes">What the server says of each class; one that it does not have is missing.</param>
    public static IReadOnlyList<string> Problems(WorkflowGraph graph, JsonElement filled, IReadOnlyDictionary<string, NodeClass> classes)
    {
        var problems = new List<string>();
        foreach (var missing in graph.Nodes.Values.Where(node => !classes.ContainsKey(node.ClassType)).GroupBy(node => node.ClassType))
            problems.Add($"The server has no node of class '{missing.Key}', which {missing.First().Describe()} is; install the package that brings it.");
        if (problems.Count == 0 && !graph.Nodes.Values.Any(node => classes[node.ClassType].IsOutput))
            problems.Add("No node of the workflow gives a result; it needs one such as SaveImage.");
        var pictures = graph.Marks.Where(mark => mark.IsPicture).SelectMany(mark => mark.Targets).ToHashSet();
        foreach (var node in graph.Nodes.Values)
        {
            if (!classes.TryGetValue(node.ClassType, out var known)) continue;
            var inputs = filled.GetProperty(node.Id).GetProperty("inputs");
            foreach (var (name, wanted) in known.Inputs)
            {
                if (problems.Count >= MaxProblems) return problems;
                if (pictures.Contains(new MarkTarget(node.Id, name))) continue;
                if (Problem(node, name, wanted, inputs) is { } problem) problems.Add(problem);
            }
        }
        return problems;
    }

    private static string? Problem(WorkflowNode node, string name, NodeInput wanted, JsonElement inputs)
    {
        var shown = OutsideText.Clean(name, 80);
        // Inputs whose number or names follow other inputs have types of their own; the server judges those.
        if (!inputs.TryGetProperty(name, out var value)) return wanted.Required && !wanted.Type.StartsWith("COMFY_", StringComparison.Ordinal) ? $"{node.Describe()} needs '{shown}', which the workflow does not give." : null;
        if (WorkflowNode.IsLink(value)) return null;
        if (wanted.Type == "COMBO" && wanted.Options is { } options && OutsideText.TextOf(value) is { } text && !options.Contains(text, StringComparer.Ordinal))
            return $"{node.Describe()}: the server has no '{OutsideText.Clean(text, 120)}' for '{shown}'{(options.Count == 0 ? "; it has none at all" : options.Count <= 8 ? $"; it has {OutsideText.Clean(string.Join(", ", options))}" : "")}.";
        if (wanted.Type is not ("INT" or "FLOAT")) return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number)) return null;
        if (number < wanted.Minimum || number > wanted.Maximum)
            return $"{node.Describe()}: '{shown}' is {value.GetRawText()}; the server takes {wanted.Minimum?.ToString() ?? "any"} to {wanted.Maximum?.ToString() ?? "any"}.";
        return wanted.Type == "INT" && number != Math.Floor(number) ? $"{node.Describe()}: '{shown}' is {value.GetRawText()}; the server takes whole numbers." : null;
    }
}
