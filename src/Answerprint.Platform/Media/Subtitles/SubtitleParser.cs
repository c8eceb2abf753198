using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Media.Subtitles;

/// <summary>Reads SubRip and WebVTT line by line; forgiving of numbering and spacing, strict about size.</summary>
internal static class SubtitleParser
{
    private const int MaxCueCharacters = 8192;

    public static MediaResult<SubtitleDocument> Parse(ReadOnlySpan<byte> bytes, string name, MediaLimits limits)
    {
        if (bytes.IsEmpty) return new MediaError(MediaErrorKind.Empty, $"{name} is empty.");
        if (bytes.Length > limits.MaxSubtitleBytes)
            return new MediaError(MediaErrorKind.LimitExceeded, $"{name} has {bytes.Length} bytes; {limits.MaxSubtitleBytes} are allowed for subtitles.", nameof(MediaLimits.MaxSubtitleBytes));
        var (text, encoding) = TextDecoding.Decode(bytes);
        var vtt = text.StartsWith("WEBVTT", StringComparison.Ordinal) && (text.Length == 6 || text[6] is ' ' or '\t' or '\n' or '\r');
        var cues = new List<SubtitleCue>();
        var (skipped, seen) = (0, 0);
        var lines = new LineReader(text);
        string? previous = null;
        while (lines.Next() is { } line)
        {
            if (vtt && previous is null or "" && (line.StartsWith("NOTE", StringComparison.Ordinal) || line is "STYLE" or "REGION"))
            {
                _ = lines.Block();
            }
            else if (CueTiming.TryParse(line, out var start, out var end, out var settings))
            {
                if (++seen > limits.MaxSubtitleCues)
                    return new MediaError(MediaErrorKind.LimitExceeded, $"{name} has more than {limits.MaxSubtitleCues} cues.", nameof(MediaLimits.MaxSubtitleCues));
                var raw = lines.Block();
                if (raw.Length > MaxCueCharacters) return new MediaError(MediaErrorKind.Corrupt, $"{name} has a cue of {raw.Length} characters at {start}.");
                var markup = CueMarkup.Clean(raw);
                // SubRip's {\an7} to {\an9} mean the top of the picture.
                if (settings.Length == 0 && Top(raw)) settings = "line:0";
                if (end <= start || markup.Length == 0) skipped++;
                else cues.Add(new SubtitleCue(start, end, markup, settings));
                line = "";
            }

            previous = line;
        }

        if (cues.Count == 0) return new MediaError(MediaErrorKind.NotMedia, $"{name} is text, but holds no subtitles.");
        return new SubtitleDocument(vtt ? "vtt" : "srt", encoding, [.. cues.OrderBy(cue => cue.Start)], skipped);
    }

    private static bool Top(string raw) =>
        raw.Contains("{\\an7}", StringComparison.Ordinal) || raw.Contains("{\\an8}", StringComparison.Ordinal) || raw.Contains("{\\an9}", StringComparison.Ordinal);

    private sealed class LineReader(string text)
    {
        private int at;

        public string? Next()
        {
            if (at >= text.Length) return null;
            var end = text.AsSpan(at).IndexOfAny('\r', '\n');
            var line = end < 0 ? text[at..] : text.Substring(at, end);
            at = end < 0 ? text.Length : at + end + (text[at + end] == '\r' && at + end + 1 < text.Length && text[at + end + 1] == '\n' ? 2 : 1);
            return line.Trim().Trim('\uFEFF');
        }

        /// <summary>The lines up to the next empty one, or up to a timing line where a writer left the empty one out.</summary>
        public string Block()
        {
            var lines = new List<string>();
            while (true)
            {
                var mark = at;
                if (Next() is not { Length: > 0 } line) break;
                if (CueTiming.TryParse(line, out _, out _, out _))
                {
                    at = mark;
                    if (lines.Count > 0 && int.TryParse(lines[^1], out _)) lines.RemoveAt(lines.Count - 1);
                    break;
                }

                lines.Add(line);
            }

            return string.Join('\n', lines);
        }
    }
}
