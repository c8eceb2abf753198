using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Answerprint.Imaging.Synthesis.Fields;

/// <summary>
/// How often the pixels of each source patch are used: for every centre the sum, over the pixels of its patch, of the target patches that
/// cover them. It is kept as that sum, so that a look is one load and an exchange of a match adds a small pyramid twice. Where no patch may
/// be chosen the value is <see cref="Refused"/> or more.
/// </summary>
internal sealed unsafe class OccupancyMap
{
    internal const int Refused = 0x5000_0000;

    private readonly int[] memory;
    private readonly int[] pyramid;
    private readonly int* step;
    private readonly int reach;
    private readonly int stride;
    private readonly int blockShift;
    private readonly bool[] touched;

    internal OccupancyMap(PatchSources sources)
    {
        stride = sources.Sheet.Stride;
        reach = sources.PatchSize - 1;
        int padding = reach * (stride + 1) + 64;
        Length = stride * sources.Sheet.Height;
        memory = GC.AllocateUninitializedArray<int>(Length + 2 * padding, pinned: true);
        memory.AsSpan().Fill(Refused);
        sources.FillAllowed(memory.AsSpan(padding, Length), Refused);
        Values = (int*)Unsafe.AsPointer(ref memory[padding]);
        int span = 2 * reach + 1;
        Row = (span + 15) & ~15;
        pyramid = GC.AllocateArray<int>(Row * span, pinned: true);
        step = (int*)Unsafe.AsPointer(ref pyramid[0]);
        for (int dy = -reach; dy <= reach; dy++)
            for (int dx = -reach; dx <= reach; dx++)
                pyramid[(dy + reach) * Row + dx + reach] = (sources.PatchSize - Math.Abs(dy)) * (sources.PatchSize - Math.Abs(dx));
        // A patch touches at most two neighbouring blocks.
        blockShift = 32 - int.LeadingZeroCount(Math.Max(1023, 2 * reach * (stride + 1) + 2 * Row));
        touched = new bool[((Length + 2 * padding) >> blockShift) + 1];
        Padding = padding;
    }

    /// <summary>Values by position; positions a patch outside the sheet may be read.</summary>
    internal int* Values { get; }

    internal int Length { get; }

    private int Padding { get; }

    private int Row { get; }

    /// <summary>Counts the patch of one match in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(int position)
    {
        int* to = Values + position - reach * (stride + 1);
        int* from = step;
        for (int y = 0; y <= 2 * reach; y++, to += stride, from += Row)
        {
            if (Vector512.IsHardwareAccelerated && Row == 16)
                (Vector512.Load(to) + Vector512.Load(from)).Store(to);
            else
                for (int x = 0; x < Row; x += 8)
                    (Vector256.Load(to + x) + Vector256.Load(from + x)).Store(to + x);
        }
    }

    /// <summary>Takes the patch of one match out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Remove(int position)
    {
        int* to = Values + position - reach * (stride + 1);
        int* from = step;
        for (int y = 0; y <= 2 * reach; y++, to += stride, from += Row)
        {
            if (Vector512.IsHardwareAccelerated && Row == 16)
                (Vector512.Load(to) - Vector512.Load(from)).Store(to);
            else
                for (int x = 0; x < Row; x += 8)
                    (Vector256.Load(to + x) - Vector256.Load(from + x)).Store(to + x);
        }
    }

    /// <summary>Notes that the surroundings of a position differ from the other lanes' maps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Touch(int position)
    {
        int first = position + Padding - reach * (stride + 1);
        touched[first >> blockShift] = true;
        touched[(first + 2 * reach * (stride + 1) + Row) >> blockShift] = true;
    }

    /// <summary>Gives all maps the changes of each since they were last the same. Sums do not depend on the order.</summary>
    /// <param name="maps">The lanes' maps.</param>
    /// <param name="common">What all were when they were last the same; becomes what they are now.</param>
    /// <param name="part">Which of the parts that threads share.</param>
    /// <param name="parts">How many parts there are.</param>
    internal static void Merge(OccupancyMap[] maps, OccupancyMap common, int part, int parts)
    {
        int blocks = common.touched.Length, size = 1 << common.blockShift;
        for (int block = part; block < blocks; block += parts)
        {
            bool any = false;
            foreach (OccupancyMap map in maps)
                any |= map.touched[block];
            if (!any)
                continue;
            int start = block * size, length = Math.Min(size, common.memory.Length - start);
            Span<int> sum = common.memory.AsSpan(start, length);
            MergeBlock(maps, sum, start, block);
            foreach (OccupancyMap map in maps)
            {
                sum.CopyTo(map.memory.AsSpan(start, length));
                map.touched[block] = false;
            }
        }
    }

    internal void CopyFrom(OccupancyMap other)
    {
        other.memory.AsSpan().CopyTo(memory);
        touched.AsSpan().Clear();
    }

    private static void MergeBlock(OccupancyMap[] maps, Span<int> sum, int start, int block)
    {
        fixed (int* to = sum)
        {
            int i = 0;
            for (; i + 8 <= sum.Length; i += 8)
            {
                Vector256<int> old = Vector256.Load(to + i), now = old;
                foreach (OccupancyMap map in maps)
                    if (map.touched[block])
                        now += Vector256.LoadUnsafe(ref map.memory[start + i]) - old;
                now.Store(to + i);
            }
            for (; i < sum.Length; i++)
            {
                int old = to[i], now = old;
                foreach (OccupancyMap map in maps)
                    if (map.touched[block])
                        now += map.memory[start + i] - old;
                to[i] = now;
            }
        }
    }
}
