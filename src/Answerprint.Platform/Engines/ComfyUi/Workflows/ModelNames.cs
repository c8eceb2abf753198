using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Answerprint.Platform.Engines.ComfyUi.Workflows;

/// <summary>The models that a workflow names: files by their endings, and textual inversions in its words.</summary>
internal static partial class ModelNames
{
    private static readonly string[] Endings = [".safetensors", ".sft", ".ckpt", ".pt", ".pt2", ".pth", ".bin", ".pkl", ".gguf", ".onnx"];

    /// <summary>The names in order, each once.</summary>
    /// <exception cref="WorkflowFormatException">There are more than <see cref="ComfyUiLimits.MaxModels"/>.</exception>
    public static IReadOnlyList<string> In(JsonElement workflow)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        Look(workflow, found);
        return found.Count <= ComfyUiLimits.MaxModels ? [.. found] : throw new WorkflowFormatException($"The workflow names {found.Count} models; the limit is {ComfyUiLimits.MaxModels}.");
    }

    /// <summary>The id under which the tool registry has a model: the file's name without folder and ending, in lower case, with a hyphen for all that is no letter or digit.</summary>
    public static string ToolId(string name)
    {
        var file = name[(name.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        if (Array.Find(Endings, ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is { } known) file = file[..^known.Length];
        return IdOf("model", file);
    }

    /// <summary>The id of something else that takes part: <c>nodes-</c> with a package of nodes, <c>service-</c> with a node that calls one.</summary>
    public static string IdOf(string kind, string name)
    {
        var id = new StringBuilder(kind).Append('-');
        foreach (var c in name)
            if (char.IsAsciiLetterOrDigit(c)) id.Append(char.ToLowerInvariant(c));
            else if (id[^1] != '-') id.Append('-');
        return id.ToString(0, Math.Min(id.Length, 80)).TrimEnd('-');
    }

    private static void Look(JsonElement element, SortedSet<string> found)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject()) Look(property.Value, found);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) Look(item, found);
                break;
            case JsonValueKind.String:
                Look(OutsideText.TextOf(element) ?? "", found);
                break;
        }
    }

    private static void Look(string text, SortedSet<string> found)
    {
        var inversions = Inversion().Matches(text);
        foreach (Match match in inversions) found.Add($"embedding {OutsideText.Clean(match.Groups[1].Value, 100)}");
        // Words may end like a file; a file's name is short, of one line, and holds no inversion.
        if (inversions.Count == 0 && text.Length <= 300 && !text.Contains('\n', StringComparison.Ordinal) && Array.Exists(Endings, ending => text.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            found.Add(OutsideText.Clean(text));
    }

    [GeneratedRegex(@"\bembedding:([^\s,()\[\]:]{1,100})", RegexOptions.CultureInvariant)]
    private static partial Regex Inversion();
}
