using System.Text;

namespace Answerprint.Platform.Media.Subtitles;

/// <summary>Reduces what SubRip and WebVTT writers put into text to three tags that mean the same everywhere.</summary>
internal static class CueMarkup
{
    private const int MaxDepth = 16;

    /// <summary>Cleans one cue's text; the result is balanced and holds no other tags than b, i and u.</summary>
    public static string Clean(string raw)
    {
        var output = new StringBuilder(raw.Length);
        var open = new Stack<char>();
        for (var i = 0; i < raw.Length;)
        {
            var c = raw[i];
            if (c == '<' && TagEnd(raw, i) is { } end)
            {
                Tag(raw.AsSpan(i + 1, end - i - 1), output, open);
                i = end + 1;
            }
            else if (c == '{' && i + 1 < raw.Length && raw[i + 1] == '\\' && raw.IndexOf('}', i) is > 0 and var close)
            {
                i = close + 1;
            }
            else if (c == '&' && Entity(raw, i) is var (text, length))
            {
                Escape(text, output);
                i += length;
            }
            else
            {
                if (c >= ' ' || c == '\n') Escape(c, output);
                i++;
            }
        }

        while (open.Count > 0) output.Append("</").Append(open.Pop()).Append('>');
        return string.Join('\n', output.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    public static string ToPlain(string markup)
    {
        var output = new StringBuilder(markup.Length);
        for (var i = 0; i < markup.Length; i++)
        {
            if (markup[i] == '<')
            {
                i = markup.IndexOf('>', i) is >= 0 and var end ? end : markup.Length;
            }
            else if (markup[i] == '&' && Entity(markup, i) is var (text, length))
            {
                output.Append(text);
                i += length - 1;
            }
            else
            {
                output.Append(markup[i]);
            }
        }

        return output.ToString();
    }

    // "a < b" is text: a tag starts with a letter, a slash, a digit (a WebVTT time) or a dot.
    private static int? TagEnd(string raw, int start) =>
        start + 1 < raw.Length && (char.IsAsciiLetterOrDigit(raw[start + 1]) || raw[start + 1] is '/' or '.')
        && raw.IndexOf('>', start) is > 0 and var end ? end : null;

    private static void Tag(ReadOnlySpan<char> tag, StringBuilder output, Stack<char> open)
    {
        var closing = tag[0] == '/';
        var name = closing ? tag[1..] : tag;
        // "<i.loud>" is WebVTT's i with a class.
        var end = name.IndexOfAny(" .\t\n");
        if (end >= 0) name = name[..end];
        if (name.Length != 1 || char.ToLowerInvariant(name[0]) is not ('b' or 'i' or 'u') and var _) return;
        var letter = char.ToLowerInvariant(name[0]);
        if (!closing)
        {
            if (open.Contains(letter) || open.Count >= MaxDepth) return;
            open.Push(letter);
            output.Append('<').Append(letter).Append('>');
            return;
        }

        if (!open.Contains(letter)) return;
        // Crossed tags are closed in the order that nesting asks for.
        char last;
        do
        {
            last = open.Pop();
            output.Append("</").Append(last).Append('>');
        }
        while (last != letter);
    }

    private static (char Text, int Length)? Entity(string raw, int at)
    {
        foreach (var (name, text) in (ReadOnlySpan<(string, char)>)[("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&nbsp;", '\u00A0'), ("&lrm;", '\u200E'), ("&rlm;", '\u200F')])
            if (string.CompareOrdinal(raw, at, name, 0, name.Length) == 0) return (text, name.Length);
        return null;
    }

    private static void Escape(char c, StringBuilder output)
    {
        if (c == '&') output.Append("&amp;");
        else if (c == '<') output.Append("&lt;");
        else if (c == '>') output.Append("&gt;");
        else output.Append(c);
    }
}
