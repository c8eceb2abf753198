namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>What variation accepts.</summary>
public static class VariationLimits
{
    /// <summary>Most references of one variation.</summary>
    public const int MaxReferences = 8;

    /// <summary>Largest width or height of a result, in pixels.</summary>
    public const int MaxDimension = 8192;

    /// <summary>Most pixels of a result, and of all references together once reduced to its scale.</summary>
    public const long MaxPixels = 1L << 26;

    /// <summary>Most colours of a palette.</summary>
    public const int MaxColours = 16;

    /// <summary>Most threads.</summary>
    public const int MaxThreads = 256;
}
