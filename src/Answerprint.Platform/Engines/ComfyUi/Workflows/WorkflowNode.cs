using System.Text.Json;

namespace Answerprint.Platform.Engines.ComfyUi.Workflows;

/// <summary>One node of a workflow.</summary>
/// <param name="Id">Its key in the document.</param>
/// <param name="ClassType">The kind of node, such as <c>KSampler</c>.</param>
/// <param name="Title">What its author called it; the class where they did not.</param>
/// <param name="Inputs">Its inputs by name: a literal, or a link to another node's output.</param>
internal sealed record WorkflowNode(string Id, string ClassType, string Title, IReadOnlyDictionary<string, JsonElement> Inputs)
{
    /// <summary>The node as people find it in the editor.</summary>
    public string Describe() => Title == ClassType ? $"'{ClassType}' (node {Id})" : $"'{Title}' (node {Id}, {ClassType})";

    /// <summary>Whether an input is a link: a list of a node's id and the number of its output.</summary>
    public static bool IsLink(JsonElement input) =>
        input.ValueKind == JsonValueKind.Array && input.GetArrayLength() == 2 && input[0].ValueKind == JsonValueKind.String && input[1].ValueKind == JsonValueKind.Number;
}
