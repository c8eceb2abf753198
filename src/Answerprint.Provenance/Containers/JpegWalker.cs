using System.Buffers.Binary;

namespace Answerprint.Provenance.Containers;

/// <summary>Steps through the marker segments of a JPEG file (ITU-T T.81, annex B) and through its entropy-coded data.</summary>
internal sealed class JpegWalker
{
    public const byte App0 = 0xE0;
    public const byte App1 = 0xE1;
    public const byte App11 = 0xEB;
    public const byte StartOfScan = 0xDA;
    public const byte EndOfImage = 0xD9;

    /// <summary>Most marker segments in one file; real files have tens, a long animation of metadata some thousands.</summary>
    public const int MaxSegments = 100_000;

    private const byte StartOfImage = 0xD8;
    private readonly Stream file;
    private readonly byte[] buffer = new byte[64 * 1024];
    private long bufferStart;
    private int bufferLength;
    private int segments;

    public JpegWalker(Stream file)
    {
        this.file = file;
        if (ByteAt(0) != 0xFF || ByteAt(1) != StartOfImage) throw Fault("no start-of-image marker", 0);
    }

    /// <summary>The segment whose marker starts at the offset, fill bytes (section B.1.1.2) passed over.</summary>
    public JpegSegment SegmentAt(long offset)
    {
        if (++segments > MaxSegments) throw Fault($"more than {MaxSegments} marker segments", offset);
        if (ByteAt(offset) != 0xFF) throw Fault("no marker", offset);
        while (ByteAt(offset + 1) == 0xFF) offset++;
        var marker = (byte)ByteAt(offset + 1);
        if (marker == EndOfImage) return new(marker, offset, 2);
        if (marker is 0x00 or 0x01 or StartOfImage or (>= 0xD0 and <= 0xD7)) throw Fault($"marker FF{marker:X2} where a segment is expected", offset);
        var length = (ByteAt(offset + 2) << 8) | ByteAt(offset + 3);
        if (length < 2 || offset + 2 + length > file.Length) throw Fault($"segment FF{marker:X2} of length {length} in a file of {file.Length} bytes", offset);
        return new(marker, offset, 2 + length);
    }

    /// <summary>The offset of the first marker after entropy-coded data that starts at the offset.</summary>
    public long EndOfEntropyCodedData(long offset)
    {
        while (true)
        {
            Fill(offset);
            var found = buffer.AsSpan((int)(offset - bufferStart), bufferLength - (int)(offset - bufferStart)).IndexOf((byte)0xFF);
            if (found < 0)
            {
                offset = bufferStart + bufferLength;
                continue;
            }
            offset += found;
            // FF00 is a data byte and FFD0 to FFD7 restart the decoder: both belong to the scan (section B.1.1.5).
            if (ByteAt(offset + 1) is not (0x00 or (>= 0xD0 and <= 0xD7))) return offset;
            offset += 2;
        }
    }

    public byte[] Read(JpegSegment segment)
    {
        var bytes = new byte[segment.Length];
        file.Position = segment.Start;
        file.ReadExactly(bytes);
        return bytes;
    }

    public static uint UInt32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);

    public static CredentialFormatException Fault(string what, long offset) => new("JPEG", what, offset);

    private int ByteAt(long offset)
    {
        Fill(offset);
        return buffer[(int)(offset - bufferStart)];
    }

    private void Fill(long offset)
    {
        if (offset >= bufferStart && offset < bufferStart + bufferLength) return;
        if (offset >= file.Length) throw Fault("file ends without an end-of-image marker", file.Length);
        file.Position = offset;
        bufferStart = offset;
        bufferLength = file.ReadAtLeast(buffer, 1, throwOnEndOfStream: false);
        if (bufferLength == 0) throw Fault("file ends without an end-of-image marker", offset);
    }
}
