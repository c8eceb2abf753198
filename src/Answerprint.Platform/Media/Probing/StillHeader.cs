using System.Buffers.Binary;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Media.Probing;

/// <summary>Reads the size that a JPEG, PNG, WebP or GIF states, before any decoder sees the file.</summary>
internal static class StillHeader
{
    /// <summary>Null when the stated size is within limits and the header makes sense.</summary>
    public static MediaError? Check(ReadOnlySpan<byte> bytes, FileSignature signature, MediaLimits limits, string name)
    {
        var size = signature switch
        {
            FileSignature.Png => Png(bytes),
            FileSignature.Gif => Gif(bytes),
            FileSignature.WebP => WebP(bytes),
            _ => Jpeg(bytes),
        };
        if (size is not var (width, height) || width == 0 || height == 0)
            return new MediaError(MediaErrorKind.Corrupt, $"{name} has no readable header: its size is not stated.");
        return OverLimit(width, height, limits, name);
    }

    public static MediaError? OverLimit(long width, long height, MediaLimits limits, string name)
    {
        if (width > limits.MaxSide || height > limits.MaxSide)
            return new MediaError(MediaErrorKind.LimitExceeded, $"{name} states {width} x {height} pixels; a side may have {limits.MaxSide}.", nameof(MediaLimits.MaxSide));
        return width * height > limits.MaxPixels
            ? new MediaError(MediaErrorKind.LimitExceeded, $"{name} states {width} x {height} pixels; {limits.MaxPixels} are allowed.", nameof(MediaLimits.MaxPixels))
            : null;
    }

    private static (long Width, long Height)? Png(ReadOnlySpan<byte> b) => b.Length >= 24 && b.Slice(12, 4).SequenceEqual("IHDR"u8)
        ? (BinaryPrimitives.ReadUInt32BigEndian(b[16..]), BinaryPrimitives.ReadUInt32BigEndian(b[20..]))
        : null;

    private static (long Width, long Height)? Gif(ReadOnlySpan<byte> b) => b.Length >= 13
        ? (BinaryPrimitives.ReadUInt16LittleEndian(b[6..]), BinaryPrimitives.ReadUInt16LittleEndian(b[8..]))
        : null;

    private static (long Width, long Height)? WebP(ReadOnlySpan<byte> b)
    {
        if (b.Length < 30) return null;
        var chunk = b.Slice(12, 4);
        if (chunk.SequenceEqual("VP8X"u8))
            return (1 + (b[24] | (b[25] << 8) | (b[26] << 16)), 1 + (b[27] | (b[28] << 8) | (b[29] << 16)));
        if (chunk.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(b[21..]);
            return (1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF));
        }

        return chunk.SequenceEqual("VP8 "u8)
            ? (BinaryPrimitives.ReadUInt16LittleEndian(b[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(b[28..]) & 0x3FFF)
            : null;
    }

    // Walks the marker segments to the start of frame; each step moves forward, so the walk ends with the bytes.
    private static (long Width, long Height)? Jpeg(ReadOnlySpan<byte> b)
    {
        var at = 2;
        while (at + 9 < b.Length)
        {
            if (b[at] != 0xFF) return null;
            var marker = b[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return (BinaryPrimitives.ReadUInt16BigEndian(b[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(b[(at + 5)..]));
            if (marker is 0xD9 or 0xDA) return null;
            at += 2 + (marker is 0x01 or (>= 0xD0 and <= 0xD8) ? 0 : Math.Max(2, (int)BinaryPrimitives.ReadUInt16BigEndian(b[(at + 2)..])));
        }

        return null;
    }
}
