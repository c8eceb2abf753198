using System.Globalization;

namespace Answerprint.Platform.Media.Subtitles;

/// <summary>Reads "00:01:02,345 --> 00:01:04,000 settings": comma or point, hours optional.</summary>
internal static class CueTiming
{
    public static bool TryParse(ReadOnlySpan<char> line, out TimeSpan start, out TimeSpan end, out string settings)
    {
        end = default;
        start = default;
        settings = "";
        var arrow = line.IndexOf("-->");
        if (arrow < 0 || !TryTime(line[..arrow].Trim(), out start)) return false;
        var rest = line[(arrow + 3)..].Trim();
        var space = rest.IndexOfAny(' ', '\t');
        if (!TryTime(space < 0 ? rest : rest[..space], out end)) return false;
        if (space >= 0) settings = Settings(rest[space..]);
        return true;
    }

    private static bool TryTime(ReadOnlySpan<char> text, out TimeSpan time)
    {
        time = default;
        var point = text.IndexOfAny(',', '.');
        var milliseconds = 0;
        if (point >= 0)
        {
            var digits = text[(point + 1)..];
            if (digits.Length is < 1 or > 3 || !Number(digits, out milliseconds)) return false;
            for (var i = digits.Length; i < 3; i++) milliseconds *= 10;
            text = text[..point];
        }

        Span<Range> ranges = stackalloc Range[4];
        var parts = text.Split(ranges, ':');
        if (parts is < 2 or > 3) return false;
        var hours = 0;
        if (parts == 3 && (!Number(text[ranges[0]], out hours) || hours > 999)) return false;
        if (!Number(text[ranges[parts - 2]], out var minutes) || minutes > 59) return false;
        if (!Number(text[ranges[parts - 1]], out var seconds) || seconds > 59) return false;
        time = new TimeSpan(0, hours, minutes, seconds, milliseconds);
        return true;
    }

    private static bool Number(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    // Only the five settings of WebVTT, with values of harmless characters; SubRip's X1:... coordinates are dropped.
    private static string Settings(ReadOnlySpan<char> text)
    {
        var kept = new List<string>();
        foreach (var part in text.ToString().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || part[..colon] is not ("vertical" or "line" or "position" or "size" or "align")) continue;
            if (part.Length <= 40 && part.AsSpan(colon + 1).IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789.,-%".AsSpan()) < 0) kept.Add(part);
        }

        return string.Join(' ', kept);
    }
}
