using System.Text.Json;
using System.Text.RegularExpressions;

namespace Answerprint.Platform.Engines.ComfyUi.Workflows;

/// <summary>Finds marks in the titles of nodes. The convention is in docs/comfyui.md.</summary>
internal static partial class MarkReader
{
    public const string Prefix = "answerprint:";

    private static readonly Dictionary<MarkKind, string[]> UsualInputs = new()
    {
        [MarkKind.Prompt] = ["text", "prompt", "value", "string"],
        [MarkKind.Text] = ["text", "prompt", "value", "string"],
        [MarkKind.Image] = ["image"],
        [MarkKind.Mask] = ["image", "mask"],
        [MarkKind.Video] = ["file", "video"],
        [MarkKind.Seed] = ["seed", "noise_seed", "value"],
        [MarkKind.Width] = ["width", "value"],
        [MarkKind.Height] = ["height", "value"],
        [MarkKind.Number] = ["value"],
        [MarkKind.Choice] = [],
    };

    private static string Kinds => string.Join(", ", Enum.GetNames<MarkKind>().Select(kind => kind.ToLowerInvariant()));

    /// <exception cref="WorkflowFormatException">A mark cannot be meant.</exception>
    public static IReadOnlyList<WorkflowMark> Read(JsonElement root, IReadOnlyDictionary<string, WorkflowNode> nodes)
    {
        var marks = new List<WorkflowMark>();
        foreach (var property in root.EnumerateObject())
        {
            var node = nodes[property.Name];
            foreach (var word in WorkflowGraph.TitleOf(property.Value).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                if (!word.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) continue;
                Add(marks, One(word, node));
                if (marks.Count > ComfyUiLimits.MaxMarks) throw new WorkflowFormatException($"The workflow has more than {ComfyUiLimits.MaxMarks} marked inputs.");
            }
        }
        return marks;
    }

    private static void Add(List<WorkflowMark> marks, WorkflowMark mark)
    {
        var i = marks.FindIndex(other => other.Key == mark.Key);
        if (i < 0) marks.Add(mark);
        else marks[i] = marks[i] with { Targets = [.. marks[i].Targets, .. mark.Targets] };
    }

    private static WorkflowMark One(string word, WorkflowNode node)
    {
        var shown = OutsideText.Clean(word, 120);
        if (Form().Match(word) is not { Success: true } match)
            throw new WorkflowFormatException($"{node.Describe()} is marked '{shown}'; a mark is {Prefix}KIND, {Prefix}KIND:NAME or either with @INPUT, in letters, digits and hyphens.");
        if (!Enum.TryParse<MarkKind>(match.Groups[1].Value, ignoreCase: true, out var kind)) throw new WorkflowFormatException($"{node.Describe()} is marked '{shown}'; the kinds of marks are {Kinds}.");
        var name = match.Groups[2].Value.ToLowerInvariant();
        if (kind is MarkKind.Seed or MarkKind.Output && name.Length > 0)
            throw new WorkflowFormatException($"{node.Describe()} is marked '{shown}'; {kind.ToString().ToLowerInvariant()} takes no name: a job has one seed, and every marked result is kept.");
        if (kind == MarkKind.Output) return new WorkflowMark(kind, name, [new MarkTarget(node.Id, "")], default);
        var input = InputOf(kind, match.Groups[3].Value, node, shown);
        Require(kind, node, input, shown);
        return new WorkflowMark(kind, name, [new MarkTarget(node.Id, input)], node.Inputs[input]);
    }

    private static string InputOf(MarkKind kind, string named, WorkflowNode node, string shown)
    {
        if (named.Length > 0)
            return node.Inputs.ContainsKey(named) ? named : throw new WorkflowFormatException($"{node.Describe()} is marked '{shown}', but has no input '{named}'; it has {Names(node)}.");
        return Array.Find(UsualInputs[kind], node.Inputs.ContainsKey)
            ?? throw new WorkflowFormatException($"{node.Describe()} is marked '{shown}', but which of its inputs is meant? Add @INPUT; it has {Names(node)}.");
    }

    private static string Names(WorkflowNode node) => node.Inputs.Count == 0 ? "none" : OutsideText.Clean(string.Join(", ", node.Inputs.Keys));

    private static void Require(MarkKind kind, WorkflowNode node, string input, string shown)
    {
        var value = node.Inputs[input];
        if (WorkflowNode.IsLink(value)) throw new WorkflowFormatException($"{node.Describe()} is marked '{shown}', but takes '{input}' from another node; mark that one, or cut the link.");
        var wanted = kind is MarkKind.Seed or MarkKind.Width or MarkKind.Height or MarkKind.Number ? JsonValueKind.Number : JsonValueKind.String;
        if (value.ValueKind != wanted) throw new WorkflowFormatException($"{node.Describe()} is marked '{shown}', but its '{input}' is no {(wanted == JsonValueKind.Number ? "number" : "text")}.");
        if (kind == MarkKind.Mask && node.Inputs.TryGetValue("channel", out var channel) && channel.ValueKind == JsonValueKind.String && channel.GetString() == "alpha")
            throw new WorkflowFormatException($"{node.Describe()} is marked '{shown}', but reads the alpha channel; masks are sent as light on dark, so set its channel to red.");
    }

    [GeneratedRegex(@"\Aanswerprint:([a-z]{1,20})(?::([a-z0-9-]{1,40}))?(?:@([\w.-]{1,80}))?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
