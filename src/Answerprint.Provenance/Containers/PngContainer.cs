using System.Buffers.Binary;

namespace Answerprint.Provenance.Containers;

/// <summary>PNG: the store is the data of one caBX chunk, written right after IHDR (C2PA 2.2, section A.3.2).</summary>
internal sealed class PngContainer : AssetContainer
{
    /// <summary>Most chunks in one file.</summary>
    public const int MaxChunks = 1_000_000;

    private const int ChunkOverhead = 12;
    private const int HeaderDataLength = 13;
    private const uint Header = 0x49484452;     // IHDR
    private const uint ImageData = 0x49444154;  // IDAT
    private const uint End = 0x49454E44;        // IEND
    private const uint ManifestStore = 0x63614258; // caBX

    public override ContainerLayout Scan(Stream file)
    {
        var ranges = new List<ByteRange>();
        byte[]? store = null;
        var insertAt = 0L;
        foreach (var (type, range) in Chunks(file))
        {
            if (type == Header) insertAt = range.End;
            if (type != ManifestStore) continue;
            if (range.Length - ChunkOverhead > MaxStoreBytes) throw Fault($"manifest store of {range.Length - ChunkOverhead} bytes, over the limit of {MaxStoreBytes}", range.Start);
            CheckCrc(file, range);
            ranges.Add(range);
            store = ranges.Count == 1 ? ReadData(file, range) : null;
        }
        return new(insertAt, ranges, store);
    }

    public override void CheckComplete(Stream file)
    {
        var images = 0;
        foreach (var (type, range) in Chunks(file))
        {
            CheckCrc(file, range);
            if (type == ImageData) images++;
            if (type == End && images == 0) throw Fault("no image data before IEND", range.Start);
        }
    }

    public override byte[] Wrap(ReadOnlyMemory<byte> store)
    {
        var chunk = new byte[ChunkOverhead + store.Length];
        BinaryPrimitives.WriteUInt32BigEndian(chunk, (uint)store.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4), ManifestStore);
        store.Span.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Append(0, chunk.AsSpan(4, store.Length + 4)));
        return chunk;
    }

    public override long WrappedLength(long storeLength) => storeLength + ChunkOverhead;

    /// <summary>The chunks from IHDR to IEND; what follows IEND belongs to no chunk and is left alone.</summary>
    private static IEnumerable<(uint Type, ByteRange Range)> Chunks(Stream file)
    {
        var head = new byte[8];
        file.Position = 0;
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.AsSpan().SequenceEqual(MediaTypes.PngSignature))
            throw Fault("no PNG signature", 0);
        long position = head.Length;
        for (var count = 0; ; count++)
        {
            if (count > MaxChunks) throw Fault($"more than {MaxChunks} chunks", position);
            if (file.Length - position < ChunkOverhead) throw Fault("file ends without an IEND chunk", file.Length);
            file.Position = position;
            file.ReadExactly(head);
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            var type = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4));
            if (length > int.MaxValue || length > file.Length - position - ChunkOverhead) throw Fault($"chunk of length {length} in a file of {file.Length} bytes", position);
            if ((type == Header) != (count == 0) || (count == 0 && length != HeaderDataLength)) throw Fault("IHDR missing, repeated or not 13 bytes", position);
            var range = new ByteRange(position, length + ChunkOverhead);
            yield return (type, range);
            if (type == End) yield break;
            position = range.End;
        }
    }

    private static byte[] ReadData(Stream file, ByteRange chunk)
    {
        var data = new byte[chunk.Length - ChunkOverhead];
        file.Position = chunk.Start + 8;
        file.ReadExactly(data);
        return data;
    }

    private static void CheckCrc(Stream file, ByteRange chunk)
    {
        var crc = 0u;
        Read(file, new(chunk.Start + 4, chunk.Length - 8), [], bytes => crc = Crc32.Append(crc, bytes.Span));
        var stored = new byte[4];
        file.ReadExactly(stored);
        if (BinaryPrimitives.ReadUInt32BigEndian(stored) != crc) throw Fault($"chunk checksum is not {crc:X8}", chunk.End - 4);
    }

    private static CredentialFormatException Fault(string what, long offset) => new("PNG", what, offset);
}
