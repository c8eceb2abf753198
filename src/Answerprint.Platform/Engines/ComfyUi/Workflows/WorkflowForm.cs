using System.Text.Json;
using Answerprint.Platform.Engines.ComfyUi.Server;

namespace Answerprint.Platform.Engines.ComfyUi.Workflows;

/// <summary>One field of the form that a workflow's marks make.</summary>
/// <param name="Key">The mark's key.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Kind">What is filled in.</param>
/// <param name="Default">The workflow's own value; empty for a picture.</param>
/// <param name="Minimum">Of a number, where the server says so.</param>
/// <param name="Maximum">Of a number, where the server says so.</param>
/// <param name="Step">Of a number, where the server says so.</param>
/// <param name="Options">Of a choice, where the server says so.</param>
public sealed record WorkflowField(string Key, string Label, MarkKind Kind, string Default, double? Minimum, double? Maximum, double? Step, IReadOnlyList<string> Options)
{
    /// <summary>Whether a picture or a video of the library is wanted.</summary>
    public bool IsPicture => Kind.IsPicture();
}

/// <summary>Makes the form of a workflow.</summary>
internal static class WorkflowForm
{
    /// <summary>The fields, in the order of the document.</summary>
    /// <param name="graph">The workflow.</param>
    /// <param name="classes">What the server says of its nodes; empty where it was not asked.</param>
    public static IReadOnlyList<WorkflowField> Of(WorkflowGraph graph, IReadOnlyDictionary<string, NodeClass> classes) =>
        [.. graph.Marks.Where(mark => mark.Kind != MarkKind.Output).Select(mark => FieldOf(mark, InputOf(graph, mark, classes)))];

    private static WorkflowField FieldOf(WorkflowMark mark, NodeInput? input) => new(
        mark.Key, mark.Label, mark.Kind, mark.IsPicture ? "" : TextOf(mark.Default), input?.Minimum, input?.Maximum, input?.Step,
        mark.Kind == MarkKind.Choice ? input?.Options ?? [] : []);

    public static NodeInput? InputOf(WorkflowGraph graph, WorkflowMark mark, IReadOnlyDictionary<string, NodeClass> classes) =>
        classes.GetValueOrDefault(graph.Nodes[mark.Targets[0].NodeId].ClassType)?.Inputs.GetValueOrDefault(mark.Targets[0].Input);

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? OutsideText.TextOf(value) ?? "" : value.GetRawText();
}
