namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>How hard one level is worked on.</summary>
internal sealed class LevelTuning
{
    /// <summary>Sigma of every step in thousandths, falling; the last step takes nearly one patch each.</summary>
    internal int[] Schedule { get; init; } = [1000, 889, 778, 667, 556, 444, 333, 222, 111, 1];

    /// <summary>Neighbours kept where a level is searched whole.</summary>
    internal int WholeCount { get; init; } = 16;

    /// <summary>Neighbours kept elsewhere.</summary>
    internal int Count { get; init; } = 4;

    /// <summary>Search passes a step.</summary>
    internal int Passes { get; init; } = 1;

    /// <summary>Random places a patch tries in a pass.</summary>
    internal int RandomTries { get; init; } = 3;

    /// <summary>Share of each step's noise that is drawn anew, in hundredths; the rest is what the estimate implies.</summary>
    internal int FreshPercent { get; init; }

    /// <summary>Deviation of the fold's window in hundredths of half a patch.</summary>
    internal int SpreadPercent { get; init; } = 20;
}
