namespace Answerprint.Imaging.Synthesis.Guided;

/// <summary>
/// How much each level of the pyramid searches; level 0 is the finest. Measured on photographs, paintings and segment maps (docs/synthesis.md): coarse
/// levels gain most from wide jumps, and lose coherence (and with it sharpness of the vote) when they try everything near; the finest level
/// has inherited its places and only refines them.
/// </summary>
internal static class GuidedSchedule
{
    /// <summary>
    /// Exchanging a match changes the occupancy of all matches that overlap it too: the slope of the objective is up to twice what the cost of
    /// one match says. A little of that lowers the objective; all of it costs coherence.
    /// </summary>
    internal const double UniformityFactor = 1.1;

    private const int Wide = 1 << 24;

    /// <summary>Passes of a search when the caller names none.</summary>
    internal static int Passes(int level) => level == 0 ? 3 : 4;

    /// <summary>Most random matches of a pixel in a pass.</summary>
    internal static int Tries(int level) => level switch { 0 => 7, 1 => 6, _ => 4 };

    /// <summary>Widest random radius in pixels, a power of two; each further one is half as wide.</summary>
    internal static int Radius(int level) => level == 0 ? 64 : Wide;
}
