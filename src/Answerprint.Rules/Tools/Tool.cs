namespace Answerprint.Rules.Tools;

/// <summary>Where a tool runs.</summary>
public enum ToolLocation
{
    /// <summary>On the studio's own machines.</summary>
    OnPremises,

    /// <summary>At a provider under an enterprise agreement.</summary>
    Enterprise,

    /// <summary>At a public service.</summary>
    Public,
}

/// <summary>What a tool is.</summary>
public enum ToolKind
{
    /// <summary>Makes assets.</summary>
    Engine,

    /// <summary>Decodes, encodes or converts; generates nothing.</summary>
    Media,

    /// <summary>A learned model that an engine uses.</summary>
    Model,
}

/// <summary>A note on patents that may read on a tool.</summary>
/// <param name="Subject">The patent or the pool.</param>
/// <param name="Text">What a user has to know, in plain words.</param>
public sealed record ToolPatent(string Subject, string Text);

/// <summary>One entry of the tool registry.</summary>
public sealed record Tool
{
    /// <summary>Identifier, such as <c>ffmpeg</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required ToolKind Kind { get; init; }

    /// <summary>What it is used for here.</summary>
    public required string Use { get; init; }

    /// <summary>Licence as an SPDX expression, or null where it is not known.</summary>
    public required string? Licence { get; init; }

    /// <summary>How its version is found: a command and its first line, or where the program states it.</summary>
    public required string Version { get; init; }

    /// <summary>True where it is known what the tool was made from; false where that is unclear.</summary>
    public required bool ProvenanceKnown { get; init; }

    /// <summary>What it was made from, in plain words.</summary>
    public required string Provenance { get; init; }

    /// <summary>Whether it learns from what it is given.</summary>
    public required bool TrainsOnInputs { get; init; }

    /// <summary>Whether it keeps what it is given beyond the job.</summary>
    public required bool RetainsInputs { get; init; }

    /// <summary>Where it runs.</summary>
    public required ToolLocation Location { get; init; }

    /// <summary>Patents that may read on it.</summary>
    public required IReadOnlyList<ToolPatent> Patents { get; init; }

    /// <summary>Its home, or null.</summary>
    public required string? Url { get; init; }
}
