namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>How matches are looked for.</summary>
public enum FieldStrategy
{
    /// <summary>Propagation and random search (Barnes et al., SIGGRAPH 2009): fast, nearly right. See docs/patents.md.</summary>
    PatchMatch,

    /// <summary>A tree over patch sums with exact bounds: slower, always the nearest. Uses nothing of PatchMatch.</summary>
    SumTree,
}

/// <summary>How to search a field. The result is the same for any number of threads.</summary>
public sealed class FieldOptions
{
    /// <value>How matches are looked for; default PatchMatch.</value>
    public FieldStrategy Strategy { get; init; } = FieldStrategy.PatchMatch;

    /// <value>Matches of each pixel, 1 to <see cref="FieldLimits.MaxNeighbours"/>; default 1.</value>
    public int Neighbours { get; init; } = 1;

    /// <value>Passes over the target, 0 or more; default 5. The tree needs one and makes one.</value>
    public int Passes { get; init; } = 5;

    /// <value>
    /// How much it costs to use a source more than its share, 0 or more; default 0. The cost of a match is its distance plus this times the
    /// mean number of uses of its patch's pixels over the number when all are used alike (EbSynth's uniformity). Only with one neighbour.
    /// </value>
    public double Uniformity { get; init; }

    /// <value>Random matches tried for a pixel in each pass, halving the radius from the widest; default all down to one pixel.</value>
    public int MaxRandomTries { get; init; } = int.MaxValue;

    /// <value>What the random numbers are made from; default 0.</value>
    public ulong Seed { get; init; }

    /// <value>Threads, 1 or more; default 1.</value>
    public int MaxDegreeOfParallelism { get; init; } = 1;

    /// <value>One byte a target pixel, row by row, 0 where nothing is searched; empty for all.</value>
    public ReadOnlyMemory<byte> TargetMask { get; init; }

    /// <value>A field to start from (and to keep outside the mask); default random matches.</value>
    public NearestNeighbourField? Initial { get; init; }
}
