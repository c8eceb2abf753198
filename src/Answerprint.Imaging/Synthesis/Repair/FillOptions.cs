namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>How a hole is filled.</summary>
public sealed class FillOptions
{
    /// <value>
    /// Pixels a side of the patches that are averaged where pieces meet, odd, 1 to 15; 1 copies every pixel from one source pixel. Default 5.
    /// Inside a piece the average is the source pixel itself, so grain is kept.
    /// </value>
    public int PatchSize { get; init; } = 5;

    /// <value>How many offsets compete, 1 to 200; default 60.</value>
    public int Offsets { get; init; } = 60;

    /// <value>
    /// What it costs to take a pixel from another row, 0 to 100,000, for a whole height of the searched part; default 0. Of a view with ground and sky: what stands at one height stands there elsewhere too.
    /// </value>
    public int RowCost { get; init; }

    /// <value>Threads, 1 to 256; default 1. The result does not depend on it.</value>
    public int MaxDegreeOfParallelism { get; init; } = 1;

    internal void Check()
    {
        if (PatchSize is < 1 or > 15 || PatchSize % 2 == 0)
            throw new ArgumentException($"A patch of {PatchSize} pixels is not odd and 1 to 15.");
        if (Offsets is < 1 or > 200)
            throw new ArgumentException($"{Offsets} offsets are not 1 to 200.");
        if (RowCost is < 0 or > 100_000)
            throw new ArgumentException($"A cost of {RowCost} for another row is not 0 to 100,000.");
        if (MaxDegreeOfParallelism is < 1 or > 256)
            throw new ArgumentException($"{MaxDegreeOfParallelism} threads are not 1 to 256.");
    }
}
