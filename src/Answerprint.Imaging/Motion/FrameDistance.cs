using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace Answerprint.Imaging.Motion;

/// <summary>How unlike two frames are, in structure (after motion and brightness are explained away) and in colour; integers only.</summary>
/// <param name="Structure">Share of block contrast that no small displacement explains, 0 same to 1000 unrelated.</param>
/// <param name="Colour">Share of cells that would have to change colour bin, 0 to 1000.</param>
internal readonly record struct FrameDistance(int Structure, int Colour)
{
    internal const int Whole = 1000;

    private const int BlockWidth = 8;
    private const int BlockHeight = 9;
    private const int BlockCells = BlockWidth * BlockHeight;
    private const int SearchX = 8;
    private const int SearchY = 5;

    // Below this mean deviation (in codes) a block is flat: its differences are noise.
    private const int FlatDeviation = 3;

    // A flat block has no structure to compare; a change of brightness by so many codes, beyond that of the whole frame, makes it another one.
    private const int FlatChange = 24;

    internal static FrameDistance Between(FrameSignature first, FrameSignature second) =>
        new(StructureBetween(first.Luma, second.Luma), ColourBetween(first.Histogram, second.Histogram));

    private static int ColourBetween(ReadOnlySpan<ushort> first, ReadOnlySpan<ushort> second)
    {
        int common = 0;
        for (int bin = 0; bin < first.Length; bin++)
            common += Math.Min(first[bin], second[bin]);
        return (FrameSignature.Cells - common) * Whole / FrameSignature.Cells;
    }

    private static int StructureBetween(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        long residual = 0, contrast = 0;
        int offset = MedianDifference(first, second);
        Span<byte> block = stackalloc byte[BlockCells];
        for (int top = 0; top < FrameSignature.Rows; top += BlockHeight)
        {
            for (int left = 0; left < FrameSignature.Columns; left += BlockWidth)
            {
                int deviation = Take(second, left, top, block);
                int floor = Math.Max(deviation, FlatDeviation * BlockCells);
                int weight = deviation < floor ? FlatDeviation * BlockCells / FlatChange : 0;
                residual += Math.Min(floor, BestMatch(first, left, top, block, offset, weight));
                contrast += floor;
            }
        }
        return (int)(residual * Whole / contrast);
    }

    /// <summary>Copies a block; the answer is the sum of absolute deviations from its mean.</summary>
    private static int Take(ReadOnlySpan<byte> luma, int left, int top, Span<byte> block)
    {
        int sum = 0, deviation = 0;
        for (int y = 0; y < BlockHeight; y++)
        {
            ReadOnlySpan<byte> row = luma.Slice((top + y) * FrameSignature.Columns + left, BlockWidth);
            row.CopyTo(block[(y * BlockWidth)..]);
            foreach (byte value in row)
                sum += value;
        }
        int mean = (sum + BlockCells / 2) / BlockCells;
        foreach (byte value in block)
            deviation += Math.Abs(value - mean);
        return deviation;
    }

    /// <summary>How much brighter the first frame is than the second, in most cells.</summary>
    private static int MedianDifference(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Span<int> counts = stackalloc int[511];
        counts.Clear();
        for (int i = 0; i < first.Length; i++)
            counts[first[i] - second[i] + 255]++;
        int below = 0, difference = 0;
        while ((below += counts[difference]) * 2 < first.Length)
            difference++;
        return difference - 255;
    }

    /// <summary>
    /// Smallest sum of absolute differences, mean difference removed, over displacements that stay in the frame; a mean difference other
    /// than the frame's adds to it by weight.
    /// </summary>
    private static int BestMatch(ReadOnlySpan<byte> luma, int left, int top, ReadOnlySpan<byte> block, int offset, int weight)
    {
        int best = int.MaxValue;
        int x0 = Math.Max(0, left - SearchX), x1 = Math.Min(FrameSignature.Columns - BlockWidth, left + SearchX);
        int y0 = Math.Max(0, top - SearchY), y1 = Math.Min(FrameSignature.Rows - BlockHeight, top + SearchY);
        Span<short> difference = stackalloc short[BlockCells];
        for (int y = y0; y <= y1; y++)
        {
            for (int x = x0; x <= x1; x++)
                best = Math.Min(best, Match(luma, x, y, block, difference, offset, weight));
        }
        return best;
    }

    /// <summary>One row of a block is eight lanes of 16 bits; a lane adds nine differences of at most 510, so none overflows.</summary>
    private static int Match(ReadOnlySpan<byte> luma, int left, int top, ReadOnlySpan<byte> block, Span<short> difference, int offset, int weight)
    {
        Vector128<short> sums = Vector128<short>.Zero;
        for (int y = 0; y < BlockHeight; y++)
        {
            Vector128<short> row = Widen(luma.Slice((top + y) * FrameSignature.Columns + left, BlockWidth));
            Vector128<short> lanes = row - Widen(block.Slice(y * BlockWidth, BlockWidth));
            lanes.CopyTo(difference.Slice(y * BlockWidth, BlockWidth));
            sums += lanes;
        }
        int sum = Add(sums), mean = (sum >= 0 ? sum + BlockCells / 2 : sum - BlockCells / 2) / BlockCells;
        Vector128<short> centre = Vector128.Create((short)mean), totals = Vector128<short>.Zero;
        for (int y = 0; y < BlockHeight; y++)
            totals += Vector128.Abs(Vector128.Create<short>(difference.Slice(y * BlockWidth, BlockWidth)) - centre);
        return Add(totals) + weight * Math.Abs(mean - offset);
    }

    private static Vector128<short> Widen(ReadOnlySpan<byte> row) =>
        Vector128.WidenLower(Vector128.CreateScalar(BinaryPrimitives.ReadInt64LittleEndian(row)).AsByte()).AsInt16();

    private static int Add(Vector128<short> lanes)
    {
        (Vector128<int> low, Vector128<int> high) = Vector128.Widen(lanes);
        return Vector128.Sum(low + high);
    }
}
