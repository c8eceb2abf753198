namespace Answerprint.Imaging.GreyBox.Dressing;

/// <summary>How a look is made.</summary>
public sealed class LookOptions
{
    /// <value>Width in pixels, 16 to 8192; default 1280.</value>
    public int Width { get; init; } = 1280;

    /// <value>Height in pixels, 16 to 8192; default 720.</value>
    public int Height { get; init; } = 720;

    /// <value>What chance is made from; default 1.</value>
    public ulong Seed { get; init; } = 1;

    /// <value>Whether the textures stop one halving early and edges stay rough, to be quick; default no.</value>
    public bool Draft { get; init; }

    /// <value>Threads, 1 or more; default 1. The pixels do not depend on it.</value>
    public int MaxDegreeOfParallelism { get; init; } = 1;
}
