using System.Buffers.Binary;
using Answerprint.Provenance.Jumbf;

namespace Answerprint.Provenance.Containers;

/// <summary>JPEG: the store lies in contiguous APP11 segments (C2PA 2.2, section A.3.1; ISO/IEC 19566-5, D.2).</summary>
internal sealed class JpegContainer : AssetContainer
{
    // Marker, length, common identifier "JP", box instance number (2 bytes), packet sequence number (4 bytes).
    private const int SegmentHeader = JpegSegment.HeaderLength + 2 + 2 + 4;
    private const int BoxHeader = JumbfSuperBox.HeaderLength;
    private const ushort BoxInstance = 0x0211;

    /// <summary>What is left of the largest segment (2 + 65,535 bytes) for box bytes.</summary>
    private const int MaxBoxBytes = 2 + ushort.MaxValue - SegmentHeader;

    public override ContainerLayout Scan(Stream file)
    {
        var walker = new JpegWalker(file);
        var ranges = new List<ByteRange>();
        byte[]? store = null;
        long insertAt = 2, position = 2;
        var leading = true;
        while (true)
        {
            var segment = walker.SegmentAt(position);
            if (segment.Marker is JpegWalker.StartOfScan or JpegWalker.EndOfImage) break;
            // JFIF and Exif want their segments first, so the store goes after the run of APP0 and APP1 that opens the file.
            leading &= segment.Marker is JpegWalker.App0 or JpegWalker.App1;
            if (leading) insertAt = segment.End;
            position = segment.End;
            if (segment.Marker != JpegWalker.App11) continue;
            if (ReadStore(walker, segment) is not { } found) continue;
            ranges.Add(new(segment.Start, found.End - segment.Start));
            store = ranges.Count == 1 ? found.Store : null;
            position = found.End;
        }
        return new(insertAt, ranges, store);
    }

    public override void CheckComplete(Stream file)
    {
        var walker = new JpegWalker(file);
        var scans = 0;
        for (long position = 2; ;)
        {
            var segment = walker.SegmentAt(position);
            if (segment.Marker == JpegWalker.EndOfImage)
            {
                if (scans == 0) throw JpegWalker.Fault("no scan before the end of the image", segment.Start);
                return;
            }
            position = segment.End;
            if (segment.Marker != JpegWalker.StartOfScan) continue;
            scans++;
            position = walker.EndOfEntropyCodedData(position);
        }
    }

    public override byte[] Wrap(ReadOnlyMemory<byte> store)
    {
        var wrapped = new byte[WrappedLength(store.Length)];
        var output = wrapped.AsSpan();
        var header = store.Span[..BoxHeader];
        var rest = store.Span[BoxHeader..];
        for (uint sequence = 1; sequence == 1 || !rest.IsEmpty; sequence++)
        {
            var part = rest[..Math.Min(rest.Length, MaxBoxBytes - BoxHeader)];
            var length = SegmentHeader + BoxHeader + part.Length;
            output[0] = 0xFF;
            output[1] = JpegWalker.App11;
            BinaryPrimitives.WriteUInt16BigEndian(output[2..], (ushort)(length - 2));
            "JP"u8.CopyTo(output[4..]);
            BinaryPrimitives.WriteUInt16BigEndian(output[6..], BoxInstance);
            BinaryPrimitives.WriteUInt32BigEndian(output[8..], sequence);
            header.CopyTo(output[SegmentHeader..]);
            part.CopyTo(output[(SegmentHeader + BoxHeader)..]);
            output = output[length..];
            rest = rest[part.Length..];
        }
        return wrapped;
    }

    public override long WrappedLength(long storeLength)
    {
        var body = storeLength - BoxHeader;
        const int perSegment = MaxBoxBytes - BoxHeader;
        var segments = Math.Max(1, (body + perSegment - 1) / perSegment);
        return body + (segments * (SegmentHeader + BoxHeader));
    }

    /// <summary>The store whose first segment this is and the end of its last, or null when the segment starts none.</summary>
    private static (byte[] Store, long End)? ReadStore(JpegWalker walker, JpegSegment first)
    {
        var bytes = walker.Read(first);
        if (!IsBoxSegment(bytes) || JpegWalker.UInt32(bytes.AsSpan(8)) != 1 || !StartsManifestStore(bytes.AsSpan(SegmentHeader))) return null;
        var length = JpegWalker.UInt32(bytes.AsSpan(SegmentHeader));
        if (length > MaxStoreBytes) throw JpegWalker.Fault($"manifest store of {length} bytes, over the limit of {MaxStoreBytes}", first.Start);
        var store = new MemoryStream();
        store.Write(bytes.AsSpan(SegmentHeader));
        var segment = first;
        for (uint sequence = 2; store.Length < length; sequence++)
        {
            segment = walker.SegmentAt(segment.End);
            if (segment.Marker != JpegWalker.App11) throw JpegWalker.Fault($"manifest store ends after {store.Length} of {length} bytes", segment.Start);
            var next = walker.Read(segment);
            // The same instance, the next packet, the same box header again: anything else is another box, or a hiding place.
            if (!IsBoxSegment(next) || JpegWalker.UInt32(next.AsSpan(8)) != sequence || !next.AsSpan(4, 4).SequenceEqual(bytes.AsSpan(4, 4))
                || !next.AsSpan(SegmentHeader, BoxHeader).SequenceEqual(bytes.AsSpan(SegmentHeader, BoxHeader)))
                throw JpegWalker.Fault($"segment {sequence} of the manifest store does not continue it", segment.Start);
            store.Write(next.AsSpan(SegmentHeader + BoxHeader));
        }
        if (store.Length != length) throw JpegWalker.Fault($"manifest store of {length} bytes in segments that hold {store.Length}", first.Start);
        return (store.ToArray(), segment.End);
    }

    private static bool IsBoxSegment(ReadOnlySpan<byte> segment) =>
        segment.Length > SegmentHeader + BoxHeader && segment[4..6].SequenceEqual("JP"u8);
}
