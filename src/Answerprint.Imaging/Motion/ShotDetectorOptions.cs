namespace Answerprint.Imaging.Motion;

/// <summary>What counts as a shot boundary; the defaults suit films at 24 to 60 frames a second.</summary>
public sealed class ShotDetectorOptions
{
    /// <value>Evidence that a cut needs between calm frames, 0 to 1500; default 800. Less finds more cuts, and more that are none.</value>
    public int CutThreshold { get; init; } = 800;

    /// <value>Longest dissolve or fade in frames, 8 to 240; default 96.</value>
    public int LongestTransition { get; init; } = 96;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(CutThreshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CutThreshold, 1500);
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestTransition, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LongestTransition, 240);
    }
}
