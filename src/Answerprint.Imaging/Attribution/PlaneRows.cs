using System.Numerics;

namespace Answerprint.Imaging.Attribution;

/// <summary>
/// Reads a packed plane row by row into one buffer that holds the row above: a row that does not differ from it costs nothing, and the
/// plane need not be held whole.
/// </summary>
internal ref struct PlaneRows
{
    private readonly PlaneEncoding encoding;
    private ReadOnlySpan<byte> rest;
    private long pending;
    private bool literal;
    private byte repeated;

    /// <exception cref="AttributionFormatException">The bytes are damaged, too few or too many.</exception>
    internal PlaneRows(ReadOnlySpan<byte> packed, int width, int height, PlaneEncoding encoding)
    {
        rest = packed;
        this.encoding = encoding;
        if (encoding == PlaneEncoding.RunLength)
            return;
        var plane = new byte[width * height];
        PlaneCodec.Decode(packed, plane, width, encoding);
        rest = plane;
        this.encoding = PlaneEncoding.Raw;
    }

    /// <summary>Turns the row above (zeros before the first) into the next row; says whether they differ.</summary>
    internal bool Next(Span<byte> row)
    {
        if (!literal && repeated == 0 && pending >= row.Length)
        {
            pending -= row.Length;
            return false;
        }
        if (encoding == PlaneEncoding.Raw)
        {
            rest[..row.Length].CopyTo(row);
            rest = rest[row.Length..];
            return true;
        }
        for (int at = 0; at < row.Length;)
        {
            if (pending == 0)
                Control();
            int count = (int)Math.Min(pending, row.Length - at);
            Span<byte> part = row.Slice(at, count);
            if (literal)
            {
                Add(part, rest[..count]);
                rest = rest[count..];
            }
            else if (repeated != 0)
            {
                foreach (ref byte value in part)
                    value += repeated;
            }
            at += count;
            pending -= count;
        }
        return true;
    }

    internal readonly void End()
    {
        if (pending != 0 || rest.Length != 0)
            throw new AttributionFormatException("A plane runs over its end.");
    }

    private void Control()
    {
        int control = Take();
        literal = control < 128;
        pending = literal ? control + 1 : control < 255 ? control - 126 : Length();
        if (pending == 0 || literal && pending > rest.Length)
            throw new AttributionFormatException("A plane ends in the middle of a run.");
        repeated = literal ? (byte)0 : Take();
    }

    private long Length()
    {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            byte part = Take();
            value |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
        throw new AttributionFormatException("The length of a run is damaged.");
    }

    private byte Take()
    {
        if (rest.IsEmpty)
            throw new AttributionFormatException("A plane ends too early.");
        byte value = rest[0];
        rest = rest[1..];
        return value;
    }

    internal static void Add(Span<byte> row, ReadOnlySpan<byte> amounts)
    {
        int i = 0;
        for (; i + Vector<byte>.Count <= row.Length; i += Vector<byte>.Count)
            (new Vector<byte>(row[i..]) + new Vector<byte>(amounts[i..])).CopyTo(row[i..]);
        for (; i < row.Length; i++)
            row[i] += amounts[i];
    }
}
