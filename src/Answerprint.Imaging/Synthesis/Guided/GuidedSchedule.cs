namespace Answerprint.Imaging.Synthesis.Guided;

/// <summary>
/// How much each level of the pyramid searches; level 0 is the finest. Measured on photographs, paintings and segment maps (docs/synthesis.md): coarse
/// levels gain most from wide jumps, and lose coherence (and with it sharpness of the vote) when they try everything near; the finest level
/// has inherited its places and only refines them.
/// </summary>
internal static class GuidedSchedule
{
    /// <summary>
    /// How much the cost of use counts. Coarse levels settle how much of the whole each part of the sources gets, so there it counts more than was asked for:
    /// that keeps the sources' balance of colours. The finest level can only move patches about, which costs coherence, so there it counts less.
    /// </summary>
    internal static double UniformityFactor(int level) => level == 0 ? 0.9 : 1.6;

    private const int Wide = 1 << 24;

    /// <summary>Passes of a search when the caller names none.</summary>
    internal static int Passes(int level) => level == 0 ? 2 : 3;

    /// <summary>Most random matches of a pixel in a pass.</summary>
    internal static int Tries(int level) => level < 2 ? 7 : 5;

    /// <summary>Widest random radius in pixels, a power of two; each further one is half as wide.</summary>
    internal static int Radius(int level) => level == 0 ? 64 : Wide;
}
