using System.IO.Compression;

namespace Answerprint.Imaging.Attribution;

/// <summary>Packs and unpacks planes of bytes.</summary>
/// <remarks>
/// Run-length form: a control byte c below 128 is followed by c + 1 literal bytes; 128 to 254 by one byte that repeats c - 126 times;
/// 255 by a length as unsigned LEB128 and one byte that repeats so often.
/// </remarks>
internal static class PlaneCodec
{
    private const int MaxLiterals = 128;
    private const int MaxShortRun = 128;
    private const byte LongRun = 255;

    internal static byte[] Encode(ReadOnlySpan<byte> plane, int width, PlaneEncoding encoding)
    {
        if (encoding == PlaneEncoding.Raw)
            return plane.ToArray();
        var filtered = new byte[plane.Length];
        plane[..width].CopyTo(filtered);
        for (int i = width; i < plane.Length; i++)
            filtered[i] = (byte)(plane[i] - plane[i - width]);
        using var packed = new MemoryStream();
        if (encoding == PlaneEncoding.RunLength)
        {
            Pack(filtered, packed);
            return packed.ToArray();
        }
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(filtered);
        return packed.ToArray();
    }

    /// <summary>Fills the plane, exactly.</summary>
    /// <exception cref="AttributionFormatException">The bytes are damaged, too few or too many.</exception>
    internal static void Decode(ReadOnlySpan<byte> packed, Span<byte> plane, int width, PlaneEncoding encoding)
    {
        switch (encoding)
        {
            case PlaneEncoding.Raw:
                if (packed.Length != plane.Length)
                    throw new AttributionFormatException($"A raw plane of {plane.Length} bytes has {packed.Length}.");
                packed.CopyTo(plane);
                return;
            case PlaneEncoding.RunLength:
                Unpack(packed, plane);
                break;
            case PlaneEncoding.Deflate:
                Inflate(packed, plane);
                break;
            default:
                throw new AttributionFormatException($"Plane encoding {(int)encoding} is unknown.");
        }
        for (int row = width; row < plane.Length; row += width)
            PlaneRows.Add(plane.Slice(row, Math.Min(width, plane.Length - row)), plane.Slice(row - width, width));
    }

    private static void Pack(ReadOnlySpan<byte> data, MemoryStream packed)
    {
        int literals = 0;
        for (int i = 0; i < data.Length;)
        {
            int run = RunAt(data[i..]);
            // A run of two inside literals costs more than it saves.
            if (run < 3)
            {
                i += run;
                literals += run;
                continue;
            }
            FlushLiterals(data.Slice(i - literals, literals), packed);
            literals = 0;
            WriteRun(data[i], run, packed);
            i += run;
        }
        FlushLiterals(data[^literals..], packed);
    }

    private static int RunAt(ReadOnlySpan<byte> data)
    {
        int end = data.IndexOfAnyExcept(data[0]);
        return end < 0 ? data.Length : end;
    }

    private static void FlushLiterals(ReadOnlySpan<byte> literals, MemoryStream packed)
    {
        while (literals.Length > 0)
        {
            int count = Math.Min(MaxLiterals, literals.Length);
            packed.WriteByte((byte)(count - 1));
            packed.Write(literals[..count]);
            literals = literals[count..];
        }
    }

    private static void WriteRun(byte value, int length, MemoryStream packed)
    {
        if (length <= MaxShortRun)
        {
            packed.WriteByte((byte)(length + 126));
        }
        else
        {
            packed.WriteByte(LongRun);
            for (uint rest = (uint)length; ; rest >>= 7)
            {
                packed.WriteByte((byte)(rest < 0x80 ? rest : rest | 0x80));
                if (rest < 0x80)
                    break;
            }
        }
        packed.WriteByte(value);
    }

    private static void Unpack(ReadOnlySpan<byte> packed, Span<byte> plane)
    {
        int from = 0, to = 0;
        while (from < packed.Length)
        {
            int control = packed[from++];
            long count = control < 128 ? control + 1 : control < LongRun ? control - 126 : ReadLength(packed, ref from);
            if (count > plane.Length - to)
                throw new AttributionFormatException($"A plane of {plane.Length} bytes runs over its end.");
            int needed = control < 128 ? (int)count : 1;
            if (needed > packed.Length - from)
                throw new AttributionFormatException("A plane ends in the middle of a run.");
            if (control < 128)
                packed.Slice(from, needed).CopyTo(plane[to..]);
            else
                plane.Slice(to, (int)count).Fill(packed[from]);
            from += needed;
            to += (int)count;
        }
        if (to != plane.Length)
            throw new AttributionFormatException($"A plane of {plane.Length} bytes ends after {to}.");
    }

    private static long ReadLength(ReadOnlySpan<byte> packed, ref int from)
    {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            if (from >= packed.Length)
                break;
            byte part = packed[from++];
            value |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
        throw new AttributionFormatException("The length of a run is damaged.");
    }

    private static void Inflate(ReadOnlySpan<byte> packed, Span<byte> plane)
    {
        using var source = new MemoryStream(packed.ToArray());
        using var inflate = new DeflateStream(source, CompressionMode.Decompress);
        try
        {
            inflate.ReadExactly(plane);
            if (inflate.ReadByte() >= 0)
                throw new AttributionFormatException($"A plane has more than {plane.Length} bytes.");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new AttributionFormatException("A deflated plane is damaged.", e);
        }
    }
}
