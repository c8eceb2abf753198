using System.Buffers.Binary;
using System.Text;

namespace Answerprint.Platform.Media.Probing;

/// <summary>Tells formats apart by their published magic numbers, from the first bytes of a file.</summary>
internal static class SignatureReader
{
    /// <summary>How many bytes are worth reading before asking.</summary>
    public const int HeadBytes = 4096;

    private static readonly (string Magic, int Offset, FileSignature Signature)[] Magics =
    [
        ("\u00FF\u00D8\u00FF", 0, FileSignature.Jpeg),
        ("\u0089PNG\r\n\u001A\n", 0, FileSignature.Png),
        ("GIF87a", 0, FileSignature.Gif),
        ("GIF89a", 0, FileSignature.Gif),
        ("II*\0", 0, FileSignature.Tiff),
        ("MM\0*", 0, FileSignature.Tiff),
        ("II+\0", 0, FileSignature.Tiff),
        ("MM\0+", 0, FileSignature.Tiff),
        ("v/1\u0001", 0, FileSignature.Exr),
        ("SDPX", 0, FileSignature.Dpx),
        ("XPDS", 0, FileSignature.Dpx),
        ("\u0080*_\u00D7", 0, FileSignature.Cineon),
        ("\u00D7_*\u0080", 0, FileSignature.Cineon),
        ("\0\0\0\fjP  ", 0, FileSignature.Jpeg2000),
        ("\u00FFO\u00FFQ", 0, FileSignature.Jpeg2000),
        ("8BPS", 0, FileSignature.Psd),
        ("#?RADIANCE", 0, FileSignature.RadianceHdr),
        ("\u0001\u00DA", 0, FileSignature.Sgi),
        ("\u001AE\u00DF\u00A3", 0, FileSignature.Matroska),
        ("OggS", 0, FileSignature.OtherVideo),
        ("\0\0\u0001\u00BA", 0, FileSignature.OtherVideo),
        ("\0\0\u0001\u00B3", 0, FileSignature.OtherVideo),
        ("\0\0\0\u0001g", 0, FileSignature.OtherVideo),
        ("\0\0\0\u0001@\u0001", 0, FileSignature.OtherVideo),
        ("\u0006\u000E+4", 0, FileSignature.OtherVideo),
        ("0&\u00B2u", 0, FileSignature.OtherVideo),
        ("FLV\u0001", 0, FileSignature.OtherVideo),
        ("YUV4MPEG2", 0, FileSignature.OtherVideo),
        ("DKIF", 0, FileSignature.OtherVideo),
        ("nut/multimedia container", 0, FileSignature.OtherVideo),
        (".RMF", 0, FileSignature.OtherVideo),
        ("\u001F\u0007\0", 0, FileSignature.OtherVideo),
        ("fLaC", 0, FileSignature.Audio),
        ("ID3", 0, FileSignature.Audio),
        ("caff", 0, FileSignature.Audio),
        (".snd", 0, FileSignature.Audio),
        ("riff.\u0091", 0, FileSignature.Audio),
        ("\u000Bw", 0, FileSignature.Audio),
        ("%PDF", 0, FileSignature.Document),
        ("PK\u0003\u0004", 0, FileSignature.Document),
        ("\u007FELF", 0, FileSignature.Document),
        ("MZ", 0, FileSignature.Document),
        ("\u001F\u008B", 0, FileSignature.Document),
        ("WEBP", 8, FileSignature.WebP),
        ("AVI ", 8, FileSignature.Avi),
        ("WAVE", 8, FileSignature.Audio),
        ("AIFF", 8, FileSignature.Audio),
        ("AIFC", 8, FileSignature.Audio),
    ];

    public static FileSignature Read(ReadOnlySpan<byte> head)
    {
        foreach (var (magic, offset, signature) in Magics)
            if (Matches(head, magic, offset) && Plausible(head, signature, offset)) return signature;
        if (IsoMedia(head) is { } iso) return iso;
        if (IsTransportStream(head, 0, 188) || IsTransportStream(head, 4, 192)) return FileSignature.OtherVideo;
        if (IsPnm(head)) return FileSignature.Pnm;
        if (IsBmp(head)) return FileSignature.Bmp;
        return IsMpegAudio(head) ? FileSignature.Audio : OfText(head);
    }

    private static bool Matches(ReadOnlySpan<byte> head, string magic, int offset)
    {
        if (head.Length < offset + magic.Length) return false;
        for (var i = 0; i < magic.Length; i++)
            if (head[offset + i] != magic[i]) return false;
        return true;
    }

    // Names at offset 8 stand in a chunk of a known outer name.
    private static bool Plausible(ReadOnlySpan<byte> head, FileSignature signature, int offset) => offset != 8 || signature switch
    {
        FileSignature.WebP or FileSignature.Avi => Matches(head, "RIFF", 0),
        _ => Matches(head, "RIFF", 0) || Matches(head, "RF64", 0) || Matches(head, "FORM", 0),
    };

    private static FileSignature? IsoMedia(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12) return null;
        var name = Encoding.ASCII.GetString(head.Slice(4, 4));
        if (name is "moov" or "mdat" or "wide" or "free" or "skip" or "pnot") return FileSignature.IsoMedia;
        if (name != "ftyp") return null;
        return Encoding.ASCII.GetString(head.Slice(8, 4)) is "heic" or "heix" or "mif1" or "avif" or "heim" or "heis"
            ? FileSignature.Heif
            : FileSignature.IsoMedia;
    }

    private static bool IsTransportStream(ReadOnlySpan<byte> head, int start, int packet)
    {
        var seen = 0;
        for (var at = start; at < head.Length; at += packet, seen++)
            if (head[at] != 0x47) return false;
        return seen >= 3;
    }

    private static bool IsPnm(ReadOnlySpan<byte> head) =>
        head.Length > 3 && head[0] == 'P' && head[1] is >= (byte)'1' and <= (byte)'6' && head[2] is (byte)'\n' or (byte)' ' or (byte)'\r';

    private static bool IsBmp(ReadOnlySpan<byte> head) =>
        head.Length > 18 && head[0] == 'B' && head[1] == 'M' && BinaryPrimitives.ReadInt32LittleEndian(head[14..]) is 12 or 40 or 52 or 56 or 64 or 108 or 124;

    private static bool IsMpegAudio(ReadOnlySpan<byte> head) =>
        head.Length > 4 && head[0] == 0xFF && (head[1] & 0xE0) == 0xE0 && (head[1] & 0x18) != 0x08 && (head[2] & 0xF0) != 0xF0;

    private static FileSignature OfText(ReadOnlySpan<byte> head)
    {
        var text = DecodeText(head);
        if (text is null) return FileSignature.Unknown;
        var start = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (start.StartsWith("#EXTM3U", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("ffconcat", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("[playlist]", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("file ", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("v=0", StringComparison.Ordinal)
            || text.Contains("<MPD", StringComparison.OrdinalIgnoreCase)) return FileSignature.Playlist;
        if (text.Contains("<svg", StringComparison.OrdinalIgnoreCase)) return FileSignature.Svg;
        return start.StartsWith('<') || start.StartsWith("%!PS", StringComparison.Ordinal) || start.StartsWith("#!", StringComparison.Ordinal)
            ? FileSignature.Document
            : FileSignature.Text;
    }

    /// <summary>The head as text, or null when it holds bytes that no text has.</summary>
    private static string? DecodeText(ReadOnlySpan<byte> head)
    {
        if (head.Length >= 2 && head[0] == 0xFF && head[1] == 0xFE) return Encoding.Unicode.GetString(head);
        if (head.Length >= 2 && head[0] == 0xFE && head[1] == 0xFF) return Encoding.BigEndianUnicode.GetString(head);
        foreach (var b in head)
            if (b < 0x20 && b is not ((byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'\f')) return null;
        return Encoding.Latin1.GetString(head);
    }
}
