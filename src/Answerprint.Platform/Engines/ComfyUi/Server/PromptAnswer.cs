using System.Text.Json;
using Answerprint.Platform.Engines.ComfyUi.Workflows;

namespace Answerprint.Platform.Engines.ComfyUi.Server;

/// <summary>What the server says when it is given work (<c>POST /prompt</c>).</summary>
/// <param name="PromptId">The id it gave; empty where it refused.</param>
/// <param name="Problems">What speaks against the work, a sentence each, with its node.</param>
internal sealed record PromptAnswer(string PromptId, IReadOnlyList<string> Problems)
{
    private const int MaxProblems = 20;
    private const int MaxId = 128;

    /// <summary>Reads an answer.</summary>
    /// <exception cref="ComfyUiException">It is not ComfyUI's.</exception>
    public static PromptAnswer Read(JsonElement answer, IReadOnlyDictionary<string, WorkflowNode> nodes)
    {
        if (answer.ValueKind != JsonValueKind.Object) throw new ComfyUiException("ComfyUI's answer to the work is no object", passing: false);
        var id = answer.TryGetProperty("prompt_id", out var given) ? OutsideText.TextOf(given) ?? "" : "";
        if (id.Length > MaxId || id.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))) throw new ComfyUiException("ComfyUI gave the work an id that cannot be one", passing: false);
        var problems = NodeProblems(answer, nodes);
        if (problems.Count == 0 && answer.TryGetProperty("error", out var error) && Sentence(error) is { Length: > 0 } sentence) problems.Add(sentence);
        if (id.Length == 0 && problems.Count == 0) throw new ComfyUiException("ComfyUI neither took the work nor said why not", passing: false);
        return new PromptAnswer(id, problems);
    }

    /// <summary>Node errors in plain words: which node, by its title, and what of it.</summary>
    private static List<string> NodeProblems(JsonElement answer, IReadOnlyDictionary<string, WorkflowNode> nodes)
    {
        var problems = new List<string>();
        // Older servers send an empty list where there are none.
        if (!answer.TryGetProperty("node_errors", out var byNode) || byNode.ValueKind != JsonValueKind.Object) return problems;
        foreach (var node in byNode.EnumerateObject())
        {
            if (node.Value.ValueKind != JsonValueKind.Object || !node.Value.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Array) continue;
            var name = nodes.TryGetValue(node.Name, out var known) ? known.Describe() : $"Node {OutsideText.Clean(node.Name, 64)}";
            foreach (var error in errors.EnumerateArray())
            {
                if (problems.Count == MaxProblems) return problems;
                if (Sentence(error) is { Length: > 0 } sentence) problems.Add($"{name}: {sentence}");
            }
        }
        return problems;
    }

    private static string Sentence(JsonElement error)
    {
        if (error.ValueKind == JsonValueKind.String) return OutsideText.Clean(OutsideText.TextOf(error));
        var (message, details) = (OutsideText.Of(error, "message"), OutsideText.Of(error, "details"));
        return details.Length == 0 ? message : message.Length == 0 ? details : $"{message}: {details}";
    }
}
