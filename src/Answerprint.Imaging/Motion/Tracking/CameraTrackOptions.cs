namespace Answerprint.Imaging.Motion.Tracking;

/// <summary>How a shot is followed.</summary>
public sealed class CameraTrackOptions
{
    /// <value>How much each pixel of the reference frame counts, 0 to 255, row-major; 0 is left out, and what lies beyond the frame counts as its edge. Empty for all alike.</value>
    public ReadOnlyMemory<byte> Weights { get; init; }

    /// <value>What the view may do; null to take all eight numbers where they explain more than four.</value>
    public MotionModel? Model { get; init; }

    /// <value>The share of what both frames show that must move alike, 0.05 to 1; default 0.2.</value>
    public double LeastAgreeing { get; init; } = 0.2;

    /// <value>What the motion of a plane may leave unexplained, as a share of the longer side, 0 to 1; default 0.002, which is 4 pixels of 1920.</value>
    public double MostUnexplained { get; init; } = 0.002;

    /// <value>Whether a cut is looked for first; default yes.</value>
    public bool FindsCuts { get; init; } = true;

    /// <value>What chance is made from; default 1.</value>
    public ulong Seed { get; init; } = 1;

    /// <value>Threads, 1 to 256; default 1. The result does not depend on it.</value>
    public int MaxDegreeOfParallelism { get; init; } = 1;

    internal void Check(int pixels)
    {
        if (!Weights.IsEmpty && Weights.Length != pixels)
            throw new ArgumentException($"There are {Weights.Length} weights for {pixels} pixels.");
        Between(LeastAgreeing, 0.05, 1, nameof(LeastAgreeing));
        Between(MostUnexplained, 0, 1, nameof(MostUnexplained));
        Between(MaxDegreeOfParallelism, 1, 256, nameof(MaxDegreeOfParallelism));
    }

    private static void Between(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {least} to {most}.");
    }
}
