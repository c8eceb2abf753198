using System.Text;

namespace Answerprint.Architecture.Tests;

/// <summary>C# without its comments and the contents of its strings and characters, so that only code is searched. Line breaks stay.</summary>
internal static class CSharpText
{
    public static string CodeOf(string text)
    {
        var code = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var end = EndOfPassage(text, i);
            if (end == i)
            {
                code.Append(text[i++]);
                continue;
            }
            code.Append(' ').Append('\n', text.AsSpan(i, end - i).Count('\n'));
            i = end;
        }
        return code.ToString();
    }

    /// <summary>Where the comment, string or character that begins here ends; the same place where none begins.</summary>
    private static int EndOfPassage(string text, int start)
    {
        var rest = text.AsSpan(start);
        if (rest.StartsWith("//")) return After(text, start, "\n") - (text.IndexOf('\n', start) < 0 ? 0 : 1);
        if (rest.StartsWith("/*")) return After(text, start + 2, "*/");
        if (rest[0] == '\'') return EndOfQuoted(text, start + 1, '\'');
        if (rest[0] != '"') return start;
        var quotes = rest.Length - rest.TrimStart('"').Length;
        if (quotes >= 3) return After(text, start + quotes, new string('"', quotes));
        return Before(text, start) ? EndOfVerbatim(text, start + 1) : EndOfQuoted(text, start + 1, '"');
    }

    /// <summary>Whether the quote belongs to <c>@"</c>, <c>$@"</c> or <c>@$"</c>.</summary>
    private static bool Before(string text, int quote) => (quote > 0 && text[quote - 1] == '@') || (quote > 1 && text[quote - 1] == '$' && text[quote - 2] == '@');

    private static int EndOfQuoted(string text, int from, char quote)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == quote || text[i] == '\n') return i + 1;
        }
        return text.Length;
    }

    private static int EndOfVerbatim(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] != '"') continue;
            if (i + 1 < text.Length && text[i + 1] == '"') i++;
            else return i + 1;
        }
        return text.Length;
    }

    private static int After(string text, int from, string mark) => text.IndexOf(mark, from, StringComparison.Ordinal) is var at and >= 0 ? at + mark.Length : text.Length;
}
