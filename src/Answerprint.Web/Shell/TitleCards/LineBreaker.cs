namespace Answerprint.Web.Shell.TitleCards;

/// <summary>Breaks a title into lines so that the widest line is as narrow as it can be.</summary>
internal static class LineBreaker
{
    private const int LongestUnbrokenWord = 16;

    /// <summary>Words of a title; one that is too long for any line is cut with a hyphen.</summary>
    public static IReadOnlyList<string> Words(string title, int longest = LongestUnbrokenWord)
    {
        var words = new List<string>();
        foreach (var word in title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = word;
            while (rest.Length > longest)
            {
                var cut = Cut(rest, longest);
                words.Add(rest[..cut] + "-");
                rest = rest[cut..];
            }
            words.Add(rest);
        }
        return words.Count == 0 ? ["?"] : words;
    }

    /// <summary>The lines of the balanced break into <paramref name="count"/> lines, 1 to the number of words.</summary>
    public static IReadOnlyList<string> Break(IReadOnlyList<string> words, int count, Face face)
    {
        var n = words.Count;
        var best = new double[count + 1, n + 1];
        var from = new int[count + 1, n + 1];
        for (var end = 1; end <= n; end++)
        {
            best[1, end] = face.Width(Join(words, 0, end));
        }
        for (var line = 2; line <= count; line++)
        {
            for (var end = line; end <= n; end++)
            {
                best[line, end] = double.MaxValue;
                for (var start = line - 1; start < end; start++)
                {
                    var widest = Math.Max(best[line - 1, start], face.Width(Join(words, start, end)));
                    if (widest < best[line, end])
                    {
                        best[line, end] = widest;
                        from[line, end] = start;
                    }
                }
            }
        }
        var lines = new string[count];
        for (int line = count, end = n; line >= 1; line--)
        {
            var start = line == 1 ? 0 : from[line, end];
            lines[line - 1] = Join(words, start, end);
            end = start;
        }
        return lines;
    }

    private static string Join(IReadOnlyList<string> words, int start, int end) => string.Join(' ', words.Skip(start).Take(end - start));

    // Never between the halves of a surrogate pair, and with a tail long enough to read as a word.
    private static int Cut(string word, int longest)
    {
        var pieces = (word.Length + longest - 1) / longest;
        var cut = (word.Length + pieces - 1) / pieces;
        return char.IsLowSurrogate(word[cut]) ? cut - 1 : cut;
    }
}
