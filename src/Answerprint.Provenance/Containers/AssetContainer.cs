using System.Security.Cryptography;
using Answerprint.Provenance.Cbor;
using Answerprint.Provenance.Claims;
using Answerprint.Provenance.Jumbf;

namespace Answerprint.Provenance.Containers;

/// <summary>A file format that carries a manifest store; each format is one subclass.</summary>
internal abstract class AssetContainer
{
    /// <summary>Largest manifest store read or written: 32 MiB holds hundreds of generations with thumbnails.</summary>
    public const int MaxStoreBytes = 32 * 1024 * 1024;

    private const int CopyBufferBytes = 128 * 1024;

    /// <summary>The container of a media type, or null when there is no reader for it.</summary>
    public static AssetContainer? For(string? mediaType) => mediaType switch
    {
        MediaTypes.Jpeg => new JpegContainer(),
        MediaTypes.Png => new PngContainer(),
        MediaTypes.Mp4 => new BmffContainer(),
        _ => null,
    };

    /// <summary>Finds the manifest store and the place for one; reads headers only.</summary>
    /// <exception cref="CredentialFormatException">The structure up to the image data, or a store, is malformed.</exception>
    public abstract ContainerLayout Scan(Stream file);

    /// <summary>Walks the whole file, so that nothing truncated or damaged is ever signed.</summary>
    /// <exception cref="CredentialFormatException">The file ends early or is malformed.</exception>
    public abstract void CheckComplete(Stream file);

    /// <summary>The bytes that carry a store in this format.</summary>
    public abstract byte[] Wrap(ReadOnlyMemory<byte> store);

    /// <summary>The length of <see cref="Wrap"/>'s result for a store of the length; never decreases with it.</summary>
    public abstract long WrappedLength(long storeLength);

    /// <summary>What of the file is left out, or other, in the signed one: the stores that it carries, unless a format has more; in order.</summary>
    /// <param name="file">The file.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="carriedLength">Bytes that the new store takes.</param>
    public virtual IReadOnlyList<Gap> Gaps(Stream file, ContainerLayout layout, long carriedLength) => [.. layout.StoreRanges.Select(range => new Gap(range, null))];

    /// <summary>The assertion that binds a manifest to the file.</summary>
    /// <param name="start">Where the carried store starts in the new file.</param>
    /// <param name="length">Its length.</param>
    /// <param name="hash">What <see cref="BindingHash"/> gave.</param>
    public virtual (string Label, CborValue Data) Binding(long start, long length, byte[] hash) => (AssertionLabels.DataHash, AssertionWriter.DataHash(start, length, hash));

    /// <summary>SHA-256 of the signed file as its binding takes it: without the store, unless a format has it otherwise.</summary>
    public virtual byte[] BindingHash(Stream file, ContainerLayout layout, long carriedLength)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Read(file, new(0, file.Length), layout.StoreRanges, bytes => hash.AppendData(bytes.Span));
        return hash.GetHashAndReset();
    }

    /// <summary>Feeds the bytes of a range of the file to a sink, in order, without the excluded ranges.</summary>
    public static void Read(Stream file, ByteRange range, IEnumerable<ByteRange> excluded, Action<ReadOnlyMemory<byte>> sink) =>
        ReadOver(file, range, excluded.Select(gap => new Gap(gap, null)), sink);

    /// <summary>Feeds the bytes of a range of the file to a sink, in order, with what stands in the gaps instead of what was there.</summary>
    public static void ReadOver(Stream file, ByteRange range, IEnumerable<Gap> gaps, Action<ReadOnlyMemory<byte>> sink)
    {
        var position = range.Start;
        foreach (var (gap, instead) in gaps)
        {
            if (gap.End <= position || gap.Start >= range.End) continue;
            ReadRun(file, position, Math.Min(gap.Start, range.End), sink);
            if (instead is { } other) sink(other);
            position = Math.Max(position, gap.End);
        }
        ReadRun(file, position, range.End, sink);
    }

    /// <summary>True when the box that starts these bytes is a C2PA manifest store: a superbox whose description has its type UUID.</summary>
    protected static bool StartsManifestStore(ReadOnlySpan<byte> box) =>
        box.Length >= 32 && box[4..8].SequenceEqual("jumb"u8) && box[12..16].SequenceEqual("jumd"u8)
        && JumbfTypes.Code(box[16..32]) == JumbfTypes.ManifestStore;

    private static void ReadRun(Stream file, long start, long end, Action<ReadOnlyMemory<byte>> sink)
    {
        if (start >= end) return;
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(CopyBufferBytes);
        try
        {
            file.Position = start;
            for (var left = end - start; left > 0;)
            {
                var read = file.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
                if (read == 0) throw new CredentialFormatException("file", $"{left} bytes missing", end - left);
                sink(buffer.AsMemory(0, read));
                left -= read;
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
