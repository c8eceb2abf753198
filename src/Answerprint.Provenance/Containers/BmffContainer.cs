using System.Buffers.Binary;
using System.Security.Cryptography;
using Answerprint.Provenance.Cbor;
using Answerprint.Provenance.Claims;

namespace Answerprint.Provenance.Containers;

/// <summary>MP4 in one piece: the store is in a uuid box right after ftyp, and what lies behind it is found at its new place (C2PA 2.2, section A.5).</summary>
internal sealed class BmffContainer : AssetContainer
{
    private const int MaxPurposeLength = 32;

    // Length, type, extended type, version and flags, "manifest", and the place of a Merkle tree that there is none of.
    private const int Overhead = 8 + 16 + 4 + 9 + 8;

    /// <summary>The extended type of C2PA's box.</summary>
    public static ReadOnlySpan<byte> ExtendedType => [0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81];

    public override ContainerLayout Scan(Stream file)
    {
        var boxes = TopLevel(file);
        var carriers = boxes.Where(box => IsCarrier(file, box)).ToList();
        foreach (var box in carriers)
            if (box.Range.Length > MaxStoreBytes + Overhead + MaxPurposeLength) throw BmffBoxes.Fault($"manifest box of {box.Range.Length} bytes, over the limit of {MaxStoreBytes}", box.Range.Start);
        return new(boxes[0].Range.End, [.. carriers.Select(box => box.Range)], carriers.Count == 1 ? ReadStore(file, carriers[0]) : null);
    }

    public override void CheckComplete(Stream file)
    {
        var boxes = TopLevel(file);
        if (boxes.Count(box => box.Type == "moov") != 1 || !boxes.Exists(box => box.Type == "mdat")) throw BmffBoxes.Fault("not one moov and an mdat", 0);
        if (boxes.FirstOrDefault(box => box.Type is "moof" or "sidx" or "mfra" or "meta") is { Type: { } type } other) throw BmffBoxes.Fault($"{type} box: only an MP4 in one piece can be signed", other.Range.Start);
        // Also finds out whether the samples that are told of are there.
        var samples = boxes.Where(box => box.Type == "mdat").ToList();
        foreach (var _ in BmffChunkOffsets.Moved(file, Movie(boxes), at => samples.Exists(box => box.Range.Start <= at && at <= box.Range.End) ? at : throw BmffBoxes.Fault($"samples at {at}, outside of mdat", at)))
        {
        }
    }

    public override byte[] Wrap(ReadOnlyMemory<byte> store)
    {
        var box = new byte[Overhead + store.Length];
        BinaryPrimitives.WriteUInt32BigEndian(box, (uint)box.Length);
        "uuid"u8.CopyTo(box.AsSpan(4));
        ExtendedType.CopyTo(box.AsSpan(8));
        "manifest\0"u8.CopyTo(box.AsSpan(28));
        store.Span.CopyTo(box.AsSpan(Overhead));
        return box;
    }

    public override long WrappedLength(long storeLength) => storeLength + Overhead;

    public override IReadOnlyList<Gap> Gaps(Stream file, ContainerLayout layout, long carriedLength) =>
        [.. base.Gaps(file, layout, carriedLength).Concat(BmffChunkOffsets.Moved(file, Movie(TopLevel(file)), at => Place(at, layout, carriedLength))).OrderBy(gap => gap.Range.Start)];

    public override (string Label, CborValue Data) Binding(long start, long length, byte[] hash) => (AssertionLabels.BmffHash, AssertionWriter.BmffHash(hash));

    public override byte[] BindingHash(Stream file, ContainerLayout layout, long carriedLength)
    {
        var gaps = Gaps(file, layout, carriedLength);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var box in TopLevel(file).Where(box => box.Type is not ("ftyp" or "mfra") && !layout.StoreRanges.Contains(box.Range)))
            AppendBox(hash, file, box, Place(box.Range.Start, layout, carriedLength), gaps);
        return hash.GetHashAndReset();
    }

    /// <summary>A box of the top level, as the binding takes it: its place in the file, then all of it.</summary>
    public static void AppendBox(IncrementalHash hash, Stream file, BmffBox box, long place, IReadOnlyList<Gap> gaps)
    {
        Span<byte> offset = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(offset, place);
        hash.AppendData(offset);
        ReadOver(file, box.Range, gaps, bytes => hash.AppendData(bytes.Span));
    }

    /// <exception cref="CredentialFormatException">The file does not begin with ftyp, or a box is malformed.</exception>
    public static List<BmffBox> TopLevel(Stream file)
    {
        var boxes = BmffBoxes.Read(file, new ByteRange(0, file.Length));
        return boxes is [{ Type: "ftyp" }, ..] ? boxes : throw BmffBoxes.Fault("no ftyp box at the start", 0);
    }

    /// <summary>Whether a box is C2PA's.</summary>
    public static bool IsCarrier(Stream file, BmffBox box)
    {
        if (box.Type != "uuid" || box.Content.Length < 16) return false;
        var type = new byte[16];
        file.Position = box.Content.Start;
        file.ReadExactly(type);
        return type.AsSpan().SequenceEqual(ExtendedType);
    }

    private static BmffBox Movie(List<BmffBox> boxes) => boxes.Find(box => box.Type == "moov") is { Type: not null } movie ? movie : throw BmffBoxes.Fault("no moov box", 0);

    /// <summary>Where a byte of the file lies once stores are taken out and a new one is in.</summary>
    private static long Place(long at, ContainerLayout layout, long carriedLength) =>
        at - layout.StoreRanges.Where(range => range.End <= at).Sum(range => range.Length) + (at >= layout.InsertAt ? carriedLength : 0);

    private static byte[]? ReadStore(Stream file, BmffBox box)
    {
        var content = new byte[box.Content.Length - 16];
        file.Position = box.Content.Start + 16;
        file.ReadExactly(content);
        var purpose = content.AsSpan(Math.Min(4, content.Length));
        var end = purpose[..Math.Min(purpose.Length, MaxPurposeLength)].IndexOf((byte)0);
        // None of this is bound to the signature, so it has to be what it always is.
        if (content.AsSpan(0, Math.Min(4, content.Length)).IndexOfAnyExcept((byte)0) >= 0) throw BmffBoxes.Fault("C2PA box of an unknown version", box.Range.Start);
        if (end < 0 || purpose.Length < end + 9) throw BmffBoxes.Fault("C2PA box without purpose", box.Range.Start);
        if (!purpose[..end].SequenceEqual("manifest"u8)) throw BmffBoxes.Fault($"C2PA box for '{System.Text.Encoding.ASCII.GetString(purpose[..end])}', which has no reader yet", box.Range.Start);
        if (purpose.Slice(end + 1, 8).IndexOfAnyExcept((byte)0) >= 0) throw BmffBoxes.Fault("C2PA box with a Merkle tree, which has no reader yet", box.Range.Start);
        var store = purpose[(end + 9)..];
        if (!StartsManifestStore(store)) throw BmffBoxes.Fault("C2PA box without a manifest store", box.Range.Start);
        var length = BinaryPrimitives.ReadUInt32BigEndian(store);
        // What fills the box up behind its store is nobody's statement.
        return length <= store.Length && store[(int)length..].IndexOfAnyExcept((byte)0) < 0 ? store[..(int)length].ToArray() : throw BmffBoxes.Fault($"manifest store of {length} bytes in {store.Length}", box.Range.Start);
    }
}
