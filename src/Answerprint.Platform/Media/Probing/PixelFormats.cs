namespace Answerprint.Platform.Media.Probing;

/// <summary>What FFmpeg's pixel format names say.</summary>
internal static class PixelFormats
{
    /// <summary>Bits a sample: the number before "le" or "be", with the exceptions that name bits of a whole pixel.</summary>
    public static int BitDepth(string name)
    {
        if (name.StartsWith("rgb48", StringComparison.Ordinal) || name.StartsWith("rgba64", StringComparison.Ordinal)
            || name.StartsWith("bgr48", StringComparison.Ordinal) || name.StartsWith("bgra64", StringComparison.Ordinal)) return 16;
        if (name.Contains("f32", StringComparison.Ordinal)) return 32;
        if (name.StartsWith("p010", StringComparison.Ordinal) || name.StartsWith("p210", StringComparison.Ordinal)) return 10;
        if (name.StartsWith("p016", StringComparison.Ordinal) || name.StartsWith("p216", StringComparison.Ordinal)) return 16;
        if (!name.EndsWith("le", StringComparison.Ordinal) && !name.EndsWith("be", StringComparison.Ordinal)) return 8;
        var digits = name[..^2];
        var start = digits.Length;
        while (start > 0 && char.IsAsciiDigit(digits[start - 1])) start--;
        return int.TryParse(digits.AsSpan(start), out var bits) && bits is >= 8 and <= 32 ? bits : 8;
    }

    /// <summary>Whether samples are red, green and blue rather than luma and chroma.</summary>
    public static bool IsRgb(string name) =>
        name.StartsWith("rgb", StringComparison.Ordinal) || name.StartsWith("bgr", StringComparison.Ordinal) || name.StartsWith("gbr", StringComparison.Ordinal)
        || name is "argb" or "abgr" or "0rgb" or "0bgr" or "pal8";
}
