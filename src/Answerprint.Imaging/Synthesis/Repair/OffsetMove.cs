namespace Answerprint.Imaging.Synthesis.Repair;

/// <summary>The pixels that one offset would take, and what is needed to find them.</summary>
/// <param name="pixels">Missing pixels of the level.</param>
internal sealed class OffsetMove(int pixels)
{
    internal GraphCut Cut { get; } = new();

    /// <summary>For each missing pixel its place among <see cref="Nodes"/>, -1 where it may not change.</summary>
    internal int[] Slots { get; } = new int[pixels];

    /// <summary>The missing pixels that may change.</summary>
    internal List<int> Nodes { get; } = [];

    /// <summary>Those of them that do.</summary>
    internal List<int> Taken { get; } = [];

    internal void Clear()
    {
        Array.Fill(Slots, -1);
        Nodes.Clear();
        Taken.Clear();
    }
}
