using System.Text;

namespace Answerprint.Platform.Media.Subtitles;

/// <summary>Finds out the encoding of a text: a byte order mark decides, then zero bytes (UTF-16), then whether it is valid UTF-8.</summary>
internal static class TextDecoding
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static (string Text, string Encoding) Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return (Encoding.UTF8.GetString(bytes[3..]), "utf-8");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return (Encoding.Unicode.GetString(bytes[2..]), "utf-16");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return (Encoding.BigEndianUnicode.GetString(bytes[2..]), "utf-16");
        var (even, odd) = Zeros(bytes[..Math.Min(bytes.Length, 4096)]);
        // Numbers, times and line ends alone make a good part of the characters ASCII.
        if (odd * 4 > Math.Min(bytes.Length, 4096) / 2 && even == 0) return (Encoding.Unicode.GetString(bytes), "utf-16");
        if (even * 4 > Math.Min(bytes.Length, 4096) / 2 && odd == 0) return (Encoding.BigEndianUnicode.GetString(bytes), "utf-16");
        try
        {
            return (StrictUtf8.GetString(bytes), "utf-8");
        }
        catch (DecoderFallbackException)
        {
            return (Encoding.Latin1.GetString(bytes), "iso-8859-1");
        }
    }

    private static (int Even, int Odd) Zeros(ReadOnlySpan<byte> bytes)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != 0) continue;
            if ((i & 1) == 0) even++;
            else odd++;
        }

        return (even, odd);
    }
}
