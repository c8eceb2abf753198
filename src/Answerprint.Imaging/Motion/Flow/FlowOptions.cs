namespace Answerprint.Imaging.Motion.Flow;

/// <summary>How dense inverse search weighs speed against precision.</summary>
public sealed class FlowOptions
{
    /// <value>Halvings at which the search ends; what is finer is interpolated. 0 to 8; default 1.</value>
    public int FinestScale { get; init; } = 1;

    /// <value>Pixels between patches of 8 x 8, 1 to 8; default 3.</value>
    public int PatchStride { get; init; } = 3;

    /// <value>Most steps of each patch's descent, 2 to 256; default 16.</value>
    public int DescentIterations { get; init; } = 16;

    /// <value>Times that each scale brings the second frame to the first and refines, 0 to 8; default 2. 0 leaves refinement out.</value>
    public int Warps { get; init; } = 2;

    /// <value>Times that a refinement weighs its terms anew, 1 to 100; default 3.</value>
    public int RefinementIterations { get; init; } = 3;

    /// <value>Threads, 1 or more; default 1. The result does not depend on it.</value>
    public int MaxDegreeOfParallelism { get; init; } = 1;

    internal void Check()
    {
        Between(FinestScale, 0, 8, nameof(FinestScale));
        Between(PatchStride, 1, 8, nameof(PatchStride));
        Between(DescentIterations, 2, 256, nameof(DescentIterations));
        Between(Warps, 0, 8, nameof(Warps));
        Between(RefinementIterations, 1, 100, nameof(RefinementIterations));
        Between(MaxDegreeOfParallelism, 1, 256, nameof(MaxDegreeOfParallelism));
    }

    private static void Between(int value, int least, int most, string name)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {least} to {most}.");
    }
}
