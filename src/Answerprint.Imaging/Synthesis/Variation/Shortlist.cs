namespace Answerprint.Imaging.Synthesis.Variation;

/// <summary>The nearest few of what is offered, nearest first; of equally near ones the one offered first.</summary>
internal ref struct Shortlist(Span<int> positions, Span<int> distances)
{
    private readonly Span<int> positions = positions;
    private readonly Span<int> distances = distances;
    private int count;

    /// <summary>A candidate must be nearer than this.</summary>
    internal readonly int Limit => count < positions.Length ? int.MaxValue : distances[count - 1];

    internal void Clear() => count = 0;

    internal readonly bool Has(int position) => positions[..count].Contains(position);

    internal void OfferNew(int position, int distance)
    {
        if (distance >= Limit)
            return;
        int place = count < positions.Length ? count++ : count - 1;
        while (place > 0 && distances[place - 1] > distance)
        {
            positions[place] = positions[place - 1];
            distances[place] = distances[place - 1];
            place--;
        }
        positions[place] = position;
        distances[place] = distance;
    }

    internal readonly void CopyTo(NeighbourLists lists, int patch)
    {
        int first = patch * lists.Count;
        for (int i = 0; i < lists.Count; i++)
        {
            lists.Positions[first + i] = i < count ? positions[i] : -1;
            lists.Distances[first + i] = i < count ? distances[i] : int.MaxValue;
        }
    }
}
