namespace Answerprint.Imaging.GreyBox.Segments;

/// <summary>How a segment map is dressed.</summary>
public sealed class SegmentLookOptions
{
    /// <value>How many metres wide what the map shows is, 0.005 to 500; default 10. References have their size from it.</value>
    public double MetresWide { get; init; } = 10;

    /// <value>How far things keep the place within their region that they have in the reference, 0 (anywhere) to 1; default 0.2.</value>
    public double KeepPlaces { get; init; } = 0.2;

    /// <value>What chance is made from; default 1.</value>
    public ulong Seed { get; init; } = 1;

    /// <value>Threads, 1 or more; default 1. The pixels do not depend on it.</value>
    public int MaxDegreeOfParallelism { get; init; } = 1;
}
