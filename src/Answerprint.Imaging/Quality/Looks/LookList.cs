namespace Answerprint.Imaging.Quality.Looks;

/// <summary>One look near another.</summary>
/// <param name="Index">Its place in the list.</param>
/// <param name="Distance">See <see cref="Look.DistanceTo"/>.</param>
/// <param name="IsMirrored">Whether it is nearer to the mirrored picture.</param>
public readonly record struct NearLook(int Index, int Distance, bool IsMirrored);

/// <summary>Looks one after the other in memory, searched exactly: every one is compared. Not safe for writing from several threads.</summary>
public sealed class LookList
{
    private const int Block = 1_024;
    private byte[] bytes = new byte[Block * Look.Size];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Appends a look; its index is the count before.</summary>
    public void Add(Look look)
    {
        if ((Count + 1) * (long)Look.Size > bytes.Length)
            Array.Resize(ref bytes, checked(bytes.Length * 2));
        look.Bytes.CopyTo(bytes.AsSpan(Count++ * Look.Size));
    }

    /// <summary>Puts another look in a place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public void Replace(int index, Look look)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        look.Bytes.CopyTo(bytes.AsSpan(index * Look.Size));
    }

    /// <summary>A look.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public Look this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return Look.FromBytes(bytes.AsSpan(index * Look.Size, Look.Size).ToArray());
        }
    }

    /// <summary>The nearest, nearest first; of two as near the one added first.</summary>
    /// <param name="look">What they should be near to.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="mirrored">Whether to look for the mirrored picture too.</param>
    public IReadOnlyList<NearLook> Nearest(Look look, int count, bool mirrored = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        Look other = mirrored ? look.Mirrored() : look;
        // The worst of those kept is on top, so that most are dismissed by one comparison.
        var kept = new PriorityQueue<NearLook, (int Distance, int Index)>(Comparer<(int Distance, int Index)>.Create((a, b) => b.CompareTo(a)));
        Span<int> straight = stackalloc int[Block], turned = stackalloc int[Block];
        for (int start = 0; start < Count; start += Block)
        {
            int length = Math.Min(Block, Count - start);
            ReadOnlySpan<byte> many = bytes.AsSpan(start * Look.Size, length * Look.Size);
            LookDistance.ToAll(look.Bytes, many, straight[..length]);
            if (mirrored)
                LookDistance.ToAll(other.Bytes, many, turned[..length]);
            for (int i = 0; i < length; i++)
            {
                bool isMirrored = mirrored && turned[i] < straight[i];
                int distance = isMirrored ? turned[i] : straight[i];
                if (kept.Count == count && distance >= kept.Peek().Distance)
                    continue;
                kept.Enqueue(new NearLook(start + i, distance, isMirrored), (distance, start + i));
                if (kept.Count > count)
                    kept.Dequeue();
            }
        }
        return [.. kept.UnorderedItems.Select(item => item.Element).OrderBy(near => near.Distance).ThenBy(near => near.Index)];
    }
}
