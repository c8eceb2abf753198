namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>For each patch of the output, by its top left pixel, the best patches found so far, best first.</summary>
internal sealed class NeighbourLists
{
    internal NeighbourLists(int width, int height, int count)
    {
        (Width, Height, Count) = (width, height, count);
        Positions = new int[checked(width * height * count)];
        Distances = new int[Positions.Length];
    }

    /// <summary>Patches in a row of the output.</summary>
    internal int Width { get; }

    /// <summary>Rows of patches.</summary>
    internal int Height { get; }

    /// <summary>Neighbours of each patch.</summary>
    internal int Count { get; }

    /// <summary>Row times the atlas' width plus column of a patch's top left pixel; -1 for none.</summary>
    internal int[] Positions { get; }

    internal int[] Distances { get; }
}
