using System.Text.Json;
using System.Text.Json.Nodes;

namespace Answerprint.Platform.Engines.ComfyUi.Workflows;

/// <summary>A workflow in ComfyUI's API form: nodes by id, each with its class and inputs. Read from untrusted bytes within <see cref="ComfyUiLimits"/>.</summary>
internal sealed class WorkflowGraph
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = ComfyUiLimits.MaxDepth, AllowDuplicateProperties = false };

    private WorkflowGraph(JsonElement root, IReadOnlyDictionary<string, WorkflowNode> nodes, IReadOnlyList<WorkflowMark> marks) => (Root, Nodes, Marks) = (root, nodes, marks);

    /// <summary>The document.</summary>
    public JsonElement Root { get; }

    /// <summary>The nodes by id.</summary>
    public IReadOnlyDictionary<string, WorkflowNode> Nodes { get; }

    /// <summary>What is filled in, in the order of the document.</summary>
    public IReadOnlyList<WorkflowMark> Marks { get; }

    /// <summary>The nodes whose pictures are wanted; none are named where all that the workflow saves are.</summary>
    public IEnumerable<string> OutputNodes => Marks.Where(mark => mark.Kind == MarkKind.Output).SelectMany(mark => mark.Targets).Select(target => target.NodeId);

    /// <summary>Reads a workflow.</summary>
    /// <exception cref="WorkflowFormatException">The bytes are no workflow in API form, pass a limit, or carry a mark that cannot be meant.</exception>
    public static WorkflowGraph Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > ComfyUiLimits.MaxWorkflowBytes) throw new WorkflowFormatException($"The workflow has {utf8.Length} bytes; the limit is {ComfyUiLimits.MaxWorkflowBytes}.");
        if (utf8.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        try
        {
            using var document = JsonDocument.Parse(utf8.ToArray(), Strict);
            return Of(document.RootElement.Clone());
        }
        catch (JsonException error)
        {
            throw new WorkflowFormatException($"The workflow is not JSON: {OutsideText.Clean(error.Message)}");
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json says of half a surrogate pair.
            throw new WorkflowFormatException("The workflow holds text that is not Unicode.");
        }
    }

    /// <summary>The document with values set, as it is sent.</summary>
    /// <param name="values">By the key of the mark.</param>
    public JsonObject Fill(IReadOnlyDictionary<string, JsonNode> values)
    {
        var filled = JsonObject.Create(Root)!;
        foreach (var mark in Marks)
            if (values.TryGetValue(mark.Key, out var value))
                foreach (var (nodeId, input) in mark.Targets) filled[nodeId]!["inputs"]![input] = value.DeepClone();
        return filled;
    }

    private static WorkflowGraph Of(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new WorkflowFormatException($"A workflow is a JSON object of nodes, not a {root.ValueKind.ToString().ToLowerInvariant()}.");
        if (root.TryGetProperty("nodes", out var list) && list.ValueKind == JsonValueKind.Array)
            throw new WorkflowFormatException("This is the editor's own form of the workflow. Export it again with \"Export (API)\" and register that file.");
        if (root.TryGetProperty("prompt", out var wrapped) && wrapped.ValueKind == JsonValueKind.Object && !wrapped.TryGetProperty("class_type", out _))
            throw new WorkflowFormatException("This is a whole request; register only the object under \"prompt\".");
        var nodes = new Dictionary<string, WorkflowNode>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            if (nodes.Count == ComfyUiLimits.MaxNodes) throw new WorkflowFormatException($"The workflow has more than {ComfyUiLimits.MaxNodes} nodes.");
            nodes.Add(property.Name, NodeOf(property.Name, property.Value));
        }
        if (nodes.Count == 0) throw new WorkflowFormatException("The workflow has no nodes.");
        foreach (var node in nodes.Values) RequireLinks(node, nodes);
        return new WorkflowGraph(root, nodes, MarkReader.Read(root, nodes));
    }

    private static WorkflowNode NodeOf(string id, JsonElement node)
    {
        var shown = OutsideText.Clean(id, 64);
        if (id.Length is 0 or > 64) throw new WorkflowFormatException($"The node '{shown}' has an id of {id.Length} characters; 1 to 64 are taken.");
        if (node.ValueKind != JsonValueKind.Object || !node.TryGetProperty("class_type", out var type) || type.ValueKind != JsonValueKind.String || type.GetString() is not { Length: > 0 and <= 200 } classType)
            throw new WorkflowFormatException($"Node '{shown}' has no class_type; in API form every node has one.");
        if (!node.TryGetProperty("inputs", out var inputs) || inputs.ValueKind != JsonValueKind.Object) throw new WorkflowFormatException($"Node '{shown}' has no inputs; in API form every node has an object of them.");
        var named = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var input in inputs.EnumerateObject())
        {
            if (named.Count == ComfyUiLimits.MaxInputs) throw new WorkflowFormatException($"Node '{shown}' has more than {ComfyUiLimits.MaxInputs} inputs.");
            named.Add(input.Name, input.Value);
        }
        var title = OutsideText.Clean(TitleOf(node), 120);
        return new WorkflowNode(id, OutsideText.Clean(classType, 200), title.Length > 0 ? title : OutsideText.Clean(classType, 200), named);
    }

    /// <summary>The title that the author gave a node; empty where there is none.</summary>
    internal static string TitleOf(JsonElement node) =>
        node.TryGetProperty("_meta", out var meta) && meta.ValueKind == JsonValueKind.Object && meta.TryGetProperty("title", out var title) && title.ValueKind == JsonValueKind.String ? title.GetString()! : "";

    private static void RequireLinks(WorkflowNode node, Dictionary<string, WorkflowNode> nodes)
    {
        foreach (var (name, input) in node.Inputs)
            if (WorkflowNode.IsLink(input) && !nodes.ContainsKey(input[0].GetString()!))
                throw new WorkflowFormatException($"{node.Describe()} takes '{OutsideText.Clean(name, 80)}' from node '{OutsideText.Clean(input[0].GetString(), 64)}', which is not in the workflow.");
    }
}
