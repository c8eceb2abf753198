namespace Answerprint.Imaging.Synthesis.Guided;

/// <summary>How the output is made of the field.</summary>
public enum GuidedMode
{
    /// <summary>Each pixel is the mean of what all patches over it say, rounded down.</summary>
    Blend,

    /// <summary>Each pixel is one source pixel, bit for bit: the centre of its patch's match.</summary>
    Copy,
}

/// <summary>How to synthesise; the names and defaults are those of EbSynth where it has them.</summary>
public sealed class GuidedOptions
{
    /// <value>How much the style counts, 0 or more; default 1, shared by its channels.</value>
    public double StyleWeight { get; init; } = 1;

    /// <value>How much each guide counts, shared by its channels; missing ones count 1 / number of guides.</value>
    public IReadOnlyList<double?> GuideWeights { get; init; } = [];

    /// <value>What it costs to use a source pixel more than its share, 0 or more; default 3500.</value>
    public double Uniformity { get; init; } = 3500;

    /// <value>Width and height of a patch, odd, 3 to 63; default 5.</value>
    public int PatchSize { get; init; } = 5;

    /// <value>Most levels of the pyramid, 1 or more; default as many as leave each side 2 x <see cref="PatchSize"/> + 1 pixels.</value>
    public int PyramidLevels { get; init; } = int.MaxValue;

    /// <value>How often each level searches and votes, 1 or more; default 6.</value>
    public int SearchVoteIterations { get; init; } = 6;

    /// <value>Passes of each search, 1 or more; default 3, and 2 at the finest level.</value>
    public int? PatchMatchIterations { get; init; }

    /// <value>A pixel that a vote changed by less is not searched again, 0 to 255; default 3.</value>
    public int StopThreshold { get; init; } = 3;

    /// <value>How the output is made; default blend.</value>
    public GuidedMode Mode { get; init; } = GuidedMode.Blend;

    /// <value>What the random numbers are made from; default 0.</value>
    public ulong Seed { get; init; }

    /// <value>Threads, 1 or more; default 1. The result does not depend on it.</value>
    public int MaxDegreeOfParallelism { get; init; } = 1;
}
