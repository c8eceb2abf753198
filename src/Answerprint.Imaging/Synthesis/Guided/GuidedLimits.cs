namespace Answerprint.Imaging.Synthesis.Guided;

/// <summary>What guided synthesis accepts; beyond it the input is refused before anything is computed.</summary>
public static class GuidedLimits
{
    /// <summary>Most pixels of the target, and of all sources together. Memory is about 100 bytes for each of either.</summary>
    public const long MaxPixels = 40_000_000;

    /// <summary>Most channels of a style.</summary>
    public const int MaxStyleChannels = 4;
}
