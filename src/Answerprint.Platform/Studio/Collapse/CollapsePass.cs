namespace Answerprint.Platform.Studio.Collapse;

/// <summary>What is made of a collapse. Part of the record: only ever add.</summary>
public enum CollapsePass
{
    /// <summary>To look at: small, few samples, coarse dust.</summary>
    Draft,

    /// <summary>To keep: the plate's own size, with layers, frames and the 3D scene.</summary>
    Final,
}
