using System.Runtime.CompilerServices;

namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>The matches of one pixel, nearest first; of equal ones the first found stays first.</summary>
internal readonly unsafe ref struct NeighbourList(int* positions, long* distances, int count)
{
    /// <summary>What a match must be below to enter.</summary>
    internal long Worst
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => distances[count - 1];
    }

    internal int this[int rank] => positions[rank];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Contains(int position) => new ReadOnlySpan<int>(positions, count).Contains(position);

    internal void Insert(int position, long distance)
    {
        int i = count - 1;
        for (; i > 0 && distances[i - 1] > distance; i--)
            (positions[i], distances[i]) = (positions[i - 1], distances[i - 1]);
        (positions[i], distances[i]) = (position, distance);
    }

    internal void Sort()
    {
        for (int n = 1; n < count; n++)
        {
            int position = positions[n], i = n;
            long distance = distances[n];
            for (; i > 0 && distances[i - 1] > distance; i--)
                (positions[i], distances[i]) = (positions[i - 1], distances[i - 1]);
            (positions[i], distances[i]) = (position, distance);
        }
    }
}
