namespace Answerprint.Imaging.GreyBox.Models;

/// <summary>What a model file may hold.</summary>
public static class ModelLimits
{
    /// <summary>Most bytes of a file.</summary>
    public const int MaxBytes = 48 << 20;

    /// <summary>Most bytes of its JSON chunk.</summary>
    public const int MaxJsonBytes = 8 << 20;

    /// <summary>Most triangles, each instance of a mesh counted.</summary>
    public const int MaxTriangles = 200_000;

    /// <summary>Most nodes that are visited, each instance counted.</summary>
    public const int MaxNodes = 10_000;

    /// <summary>Deepest nesting of nodes.</summary>
    public const int MaxDepth = 64;

    /// <summary>Most parts that stay apart; a model with more is taken by material.</summary>
    public const int MaxParts = 64;

    /// <summary>Most regions, which are materials; what goes beyond is one region.</summary>
    public const int MaxRegions = 24;
}
