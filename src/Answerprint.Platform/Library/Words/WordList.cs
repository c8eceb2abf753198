using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Answerprint.Platform.Library.Words;

/// <summary>
/// The words of a text: runs of letters and digits, in lower case, without accents, English plurals as singulars (the S-stemmer of Harman 1991).
/// A run of letters and digits, such as <c>kodim05</c>, counts whole and in its parts.
/// </summary>
internal static class WordList
{
    /// <summary>Longest word that is kept, in characters; a longer one is cut.</summary>
    public const int MaxLength = 40;

    /// <summary>How many first characters a word is looked up by.</summary>
    public const int PrefixLength = 3;

    private const int MaxText = 20_000;

    private static readonly FrozenDictionary<char, string> Folded = Fold(
        ("áàâäãåāăą", "a"), ("æ", "ae"), ("çćĉċč", "c"), ("ďđð", "d"), ("éèêëēĕėęě", "e"), ("ĝğġģ", "g"), ("ĥħ", "h"), ("íìîïĩīĭįı", "i"), ("ĵ", "j"), ("ķ", "k"), ("ĺļľŀł", "l"),
        ("ñńņň", "n"), ("óòôöõøōŏő", "o"), ("œ", "oe"), ("ŕŗř", "r"), ("śŝşšș", "s"), ("ß", "ss"), ("ţťŧț", "t"), ("þ", "th"), ("úùûüũūŭůűų", "u"), ("ŵ", "w"), ("ýÿŷ", "y"), ("źżž", "z"));

    public static IEnumerable<string> Of(string text)
    {
        if (string.IsNullOrEmpty(text)) yield break;
        foreach (var run in Runs(Plain(text.Length > MaxText ? text[..MaxText] : text)))
        {
            yield return Singular(Cut(run));
            if (!run.Any(char.IsDigit) || run.All(char.IsDigit)) continue;
            foreach (var part in Parts(run)) yield return Singular(Cut(part));
        }
    }

    public static string PrefixOf(string word) => word.Length > PrefixLength ? word[..PrefixLength] : word;

    private static string Cut(string word) => word.Length > MaxLength ? word[..MaxLength] : word;

    /// <summary>Lower case Latin letters without their marks; what is not well-formed UTF-16 becomes a gap. The program runs without ICU, so it folds by its own table.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var lower = Rune.ToLowerInvariant(rune);
            if (lower == Rune.ReplacementChar) plain.Append(' ');
            else if (lower.IsBmp && Folded.TryGetValue((char)lower.Value, out var latin)) plain.Append(latin);
            else if (Rune.GetUnicodeCategory(lower) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)) plain.Append(lower.ToString());
        }
        return plain.ToString();
    }

    private static IEnumerable<string> Runs(string text)
    {
        var run = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                run.Append(rune.ToString());
            }
            else if (run.Length > 0)
            {
                yield return run.ToString();
                run.Clear();
            }
        }
        if (run.Length > 0) yield return run.ToString();
    }

    private static IEnumerable<string> Parts(string run)
    {
        for (var start = 0; start < run.Length;)
        {
            var end = start + 1;
            while (end < run.Length && char.IsDigit(run[end]) == char.IsDigit(run[start])) end++;
            yield return run[start..end];
            start = end;
        }
    }

    private static string Singular(string word)
    {
        if (word.Length < 4 || word[^1] != 's') return word;
        if (word.EndsWith("ies", StringComparison.Ordinal)) return word[^4] is 'e' or 'a' ? word : word[..^3] + "y";
        if (word.EndsWith("es", StringComparison.Ordinal)) return word[^3] is 'a' or 'e' or 'o' ? word : word[..^1];
        return word[^2] is 'u' or 's' ? word : word[..^1];
    }

    private static FrozenDictionary<char, string> Fold(params (string Letters, string Latin)[] groups) =>
        groups.SelectMany(group => group.Letters.Select(letter => (letter, group.Latin))).ToFrozenDictionary(pair => pair.letter, pair => pair.Latin);
}
