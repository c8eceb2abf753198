using Answerprint.Imaging.Synthesis.Repair;
using Answerprint.Platform.Studio.Synthesis;

namespace Answerprint.Platform.Studio.Repair;

/// <summary>How the engine fills, for all repairs.</summary>
internal static class RepairOptions
{
    /// <summary>On all processors; the pixels do not depend on how many there are.</summary>
    /// <param name="copy">Whether each made pixel is one source pixel.</param>
    public static FillOptions Of(bool copy) => copy
        ? new FillOptions { MaxDegreeOfParallelism = SynthesisTurn.Threads, PatchSize = 1 }
        : new FillOptions { MaxDegreeOfParallelism = SynthesisTurn.Threads };
}
