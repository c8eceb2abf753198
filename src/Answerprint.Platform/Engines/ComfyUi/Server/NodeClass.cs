namespace Answerprint.Platform.Engines.ComfyUi.Server;

/// <summary>A kind of node that a server has.</summary>
/// <param name="Name">Its class, such as <c>KSampler</c>.</param>
/// <param name="IsOutput">Whether its result leaves the workflow.</param>
/// <param name="CallsOut">Whether it sends what it is given to a service outside the server.</param>
/// <param name="Package">The package of nodes that brings it; empty for those that come with the server.</param>
/// <param name="Inputs">Its inputs by name.</param>
internal sealed record NodeClass(string Name, bool IsOutput, bool CallsOut, string Package, IReadOnlyDictionary<string, NodeInput> Inputs);

/// <summary>An input of a kind of node.</summary>
/// <param name="Type">Such as <c>INT</c>, <c>STRING</c>, <c>COMBO</c> or <c>MODEL</c>.</param>
/// <param name="Required">Whether the node does not run without it.</param>
/// <param name="Minimum">Of a number; none where there is no limit.</param>
/// <param name="Maximum">Of a number; none where there is no limit.</param>
/// <param name="Step">Of a number; none where any is taken.</param>
/// <param name="Options">Of a choice; none where the server does not list them.</param>
/// <param name="IsUpload">Whether files can be brought to it.</param>
internal sealed record NodeInput(string Type, bool Required, double? Minimum, double? Maximum, double? Step, IReadOnlyList<string>? Options, bool IsUpload);
