using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Media.Probing;

/// <summary>Checks that a file is as long as its outermost structure says, which decoders do not: they play what there is.</summary>
internal static class ContainerStructure
{
    private const int MaxBoxes = 100_000;

    public static MediaError? Check(Stream file, FileSignature signature, string name) => signature switch
    {
        FileSignature.IsoMedia => Boxes(file, name),
        FileSignature.Matroska => Segment(file, name),
        FileSignature.Avi => Riff(file, name),
        FileSignature.Png => Chunks(file, name),
        _ => null,
    };

    private static MediaError Short(string name, long stated, long length) =>
        new(MediaErrorKind.Truncated, $"{name} ends at byte {length}, but states {stated} bytes.");

    // ISO/IEC 14496-12, 4.2: size, type; size 1 is followed by 64 bits, size 0 reaches to the end.
    private static MediaError? Boxes(Stream file, string name)
    {
        Span<byte> head = stackalloc byte[16];
        var hasIndex = false;
        long at = 0;
        for (var boxes = 0; at < file.Length && boxes < MaxBoxes; boxes++)
        {
            file.Position = at;
            if (file.ReadAtLeast(head, 8, throwOnEndOfStream: false) is var read && read < 8) return Short(name, at + 8, file.Length);
            long size = BinaryPrimitives.ReadUInt32BigEndian(head);
            hasIndex |= Encoding.ASCII.GetString(head.Slice(4, 4)) == "moov";
            if (size == 0) break;
            if (size == 1 && read == 16) size = BinaryPrimitives.ReadInt64BigEndian(head[8..]);
            if (size < 8) return new MediaError(MediaErrorKind.Corrupt, $"{name} has a box of {size} bytes at byte {at}.");
            if (size > file.Length - at) return Short(name, size > long.MaxValue - at ? long.MaxValue : at + size, file.Length);
            at += size;
        }

        return hasIndex ? null : new MediaError(MediaErrorKind.Truncated, $"{name} ends before its index (moov).");
    }

    // RFC 8794: the EBML header, then a Segment whose size may be unknown (all ones).
    private static MediaError? Segment(Stream file, string name)
    {
        file.Position = 4;
        if (ReadSize(file) is not { } header) return Short(name, 12, file.Length);
        var at = file.Position + header;
        if (at > file.Length - 5) return Short(name, at + 5, file.Length);
        file.Position = at;
        Span<byte> id = stackalloc byte[4];
        file.ReadExactly(id);
        if (BinaryPrimitives.ReadUInt32BigEndian(id) != 0x18538067) return null;
        return ReadSize(file) is { } size && size != long.MaxValue && size > file.Length - file.Position
            ? Short(name, file.Position + size, file.Length)
            : null;
    }

    private static long? ReadSize(Stream file)
    {
        var first = file.ReadByte();
        if (first <= 0) return null;
        var bytes = BitOperations.LeadingZeroCount((uint)first) - 23;
        long value = first & ((1 << (8 - bytes)) - 1);
        var unknown = value == (1 << (8 - bytes)) - 1;
        for (var i = 1; i < bytes; i++)
        {
            var next = file.ReadByte();
            if (next < 0) return null;
            unknown &= next == 0xFF;
            value = (value << 8) | (uint)next;
        }

        return unknown ? long.MaxValue : value;
    }

    private static MediaError? Riff(Stream file, string name)
    {
        Span<byte> head = stackalloc byte[8];
        file.Position = 0;
        if (file.ReadAtLeast(head, 8, throwOnEndOfStream: false) < 8) return Short(name, 8, file.Length);
        var stated = 8L + BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        return stated > file.Length && stated < uint.MaxValue ? Short(name, stated, file.Length) : null;
    }

    private static MediaError? Chunks(Stream file, string name)
    {
        Span<byte> head = stackalloc byte[8];
        long at = 8;
        for (var chunks = 0; chunks < MaxBoxes; chunks++)
        {
            file.Position = at;
            if (file.ReadAtLeast(head, 8, throwOnEndOfStream: false) < 8) return Short(name, at + 12, file.Length);
            var end = at + 12 + BinaryPrimitives.ReadUInt32BigEndian(head);
            if (end > file.Length) return Short(name, end, file.Length);
            if (head[4..].SequenceEqual("IEND"u8)) return null;
            at = end;
        }

        return new MediaError(MediaErrorKind.Corrupt, $"{name} has more than {MaxBoxes} chunks.");
    }
}
