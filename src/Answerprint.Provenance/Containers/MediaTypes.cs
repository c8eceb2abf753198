namespace Answerprint.Provenance.Containers;

/// <summary>Media types (IANA) told from a file's first bytes, never from its name.</summary>
public static class MediaTypes
{
    /// <summary>JPEG (ITU-T T.81).</summary>
    public const string Jpeg = "image/jpeg";

    /// <summary>PNG (W3C, third edition).</summary>
    public const string Png = "image/png";

    /// <summary>MP4 (ISO/IEC 14496-14).</summary>
    public const string Mp4 = "video/mp4";

    /// <summary>How many leading bytes decide.</summary>
    public const int HeadLength = 12;

    internal static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The media type that the first bytes (at best <see cref="HeadLength"/>) announce, or null when they announce none that is known here.</summary>
    public static string? Detect(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith<byte>([0xFF, 0xD8, 0xFF])) return Jpeg;
        if (head.StartsWith(PngSignature)) return Png;
        if (head.StartsWith("GIF8"u8)) return "image/gif";
        if (head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8)) return "image/tiff";
        if (head.StartsWith("%PDF-"u8)) return "application/pdf";
        if (head.StartsWith<byte>([0x1A, 0x45, 0xDF, 0xA3])) return "video/webm";
        if (head.Length < HeadLength) return null;
        if (head.StartsWith("RIFF"u8)) return head[8..12] switch
        {
            var form when form.SequenceEqual("WEBP"u8) => "image/webp",
            var form when form.SequenceEqual("WAVE"u8) => "audio/wav",
            _ => null,
        };
        return head[4..8].SequenceEqual("ftyp"u8) ? FromBrand(head[8..12]) : null;
    }

    /// <summary>The media type of a seekable stream by its first bytes; the position is left at the start.</summary>
    public static string? Detect(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> head = stackalloc byte[HeadLength];
        stream.Position = 0;
        var read = stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        stream.Position = 0;
        return Detect(head[..read]);
    }

    private static string FromBrand(ReadOnlySpan<byte> brand)
    {
        if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8)) return "image/avif";
        if (brand.StartsWith("hei"u8) || brand.SequenceEqual("mif1"u8)) return "image/heic";
        if (brand.SequenceEqual("qt  "u8)) return "video/quicktime";
        return brand.StartsWith("M4A"u8) ? "audio/mp4" : Mp4;
    }
}
