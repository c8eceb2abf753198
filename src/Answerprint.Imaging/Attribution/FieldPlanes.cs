using System.Numerics;
using System.Runtime.InteropServices;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Attribution;

/// <summary>
/// Positions are stored as offsets from the output pixel, modulo 65,536: what was copied in one piece has one offset, and runs of equal
/// bytes take no room. Pixels without a match have offset 0.
/// </summary>
internal static class FieldPlanes
{
    internal static void ToOffsets(AttributionField field, PixelRect region, Span<ushort> columns, Span<ushort> rows)
    {
        for (int y = 0, i = 0; y < region.Height; y++)
        {
            for (int x = 0; x < region.Width; x++, i++)
            {
                bool none = field.Sources[i] == AttributionField.None;
                columns[i] = none ? (ushort)0 : (ushort)(field.Columns[i] - region.X - x);
                rows[i] = none ? (ushort)0 : (ushort)(field.Rows[i] - region.Y - y);
            }
        }
    }

    /// <summary>Turns offsets into positions in place; pixels without a match get a position that means nothing.</summary>
    internal static void FromOffsets(Span<ushort> columns, Span<ushort> rows, PixelRect region)
    {
        var ramp = new ushort[region.Width];
        for (int x = 0; x < ramp.Length; x++)
            ramp[x] = (ushort)(region.X + x);
        for (int y = 0; y < region.Height; y++)
        {
            Add(columns.Slice(y * region.Width, region.Width), ramp);
            Add(rows.Slice(y * region.Width, region.Width), (ushort)(region.Y + y));
        }
    }

    /// <summary>Fills a plane of 16-bit values from the planes of its low and high bytes.</summary>
    /// <exception cref="AttributionFormatException">The bytes are damaged, too few or too many.</exception>
    internal static void Read(PlaneRows lows, PlaneRows highs, Span<ushort> values, int width)
    {
        byte[] low = new byte[width], high = new byte[width];
        for (int at = 0; at < values.Length; at += width)
        {
            bool changed = lows.Next(low) | highs.Next(high);
            if (changed || at == 0)
                Join(low, high, values.Slice(at, width));
            else
                values.Slice(at - width, width).CopyTo(values[at..]);
        }
        lows.End();
        highs.End();
    }

    private static void Join(ReadOnlySpan<byte> low, ReadOnlySpan<byte> high, Span<ushort> values)
    {
        int i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            Span<Vector<ushort>> wide = MemoryMarshal.Cast<ushort, Vector<ushort>>(values);
            for (; i + Vector<byte>.Count <= values.Length; i += Vector<byte>.Count)
            {
                Vector.Widen(new Vector<byte>(low[i..]), out Vector<ushort> low0, out Vector<ushort> low1);
                Vector.Widen(new Vector<byte>(high[i..]), out Vector<ushort> high0, out Vector<ushort> high1);
                int at = i / Vector<ushort>.Count;
                wide[at] = low0 | Vector.ShiftLeft(high0, 8);
                wide[at + 1] = low1 | Vector.ShiftLeft(high1, 8);
            }
        }
        for (; i < values.Length; i++)
            values[i] = (ushort)(low[i] | high[i] << 8);
    }

    private static void Add(Span<ushort> values, ReadOnlySpan<ushort> amounts)
    {
        int i = 0;
        for (; i + Vector<ushort>.Count <= values.Length; i += Vector<ushort>.Count)
            (new Vector<ushort>(values[i..]) + new Vector<ushort>(amounts[i..])).CopyTo(values[i..]);
        for (; i < values.Length; i++)
            values[i] += amounts[i];
    }

    private static void Add(Span<ushort> values, ushort amount)
    {
        int i = 0;
        var wide = new Vector<ushort>(amount);
        for (; i + Vector<ushort>.Count <= values.Length; i += Vector<ushort>.Count)
            (new Vector<ushort>(values[i..]) + wide).CopyTo(values[i..]);
        for (; i < values.Length; i++)
            values[i] += amount;
    }
}
