using System.Collections.Frozen;
using System.Text;

namespace Answerprint.Platform.Titles.Contracts;

/// <summary>The last part of a title's address: lower-case Latin letters, digits and single hyphens.</summary>
public static class TitleSlug
{
    /// <summary>The most characters that <see cref="From"/> returns; room is left for a year and a number.</summary>
    public const int MaxLength = 120;

    /// <summary>What a name without any Latin letter or digit becomes.</summary>
    public const string Nameless = "title";

    private static readonly FrozenDictionary<char, string> Folded = Fold(
        ("aáàâäãåāăą", "a"), ("æ", "ae"), ("cçćĉċč¢", "c"), ("dďđð", "d"), ("eéèêëēĕėęě", "e"), ("gĝğġģ", "g"), ("hĥħ", "h"),
        ("iíìîïĩīĭįı", "i"), ("jĵ", "j"), ("kķ", "k"), ("lĺļľŀł", "l"), ("nñńņň", "n"), ("oóòôöõøōŏő", "o"), ("œ", "oe"), ("rŕŗř", "r"),
        ("sśŝşš", "s"), ("ß", "ss"), ("tţťŧ", "t"), ("þ", "th"), ("uúùûüũūŭůűų", "u"), ("wŵ", "w"), ("yýÿŷ", "y"), ("zźżž", "z"),
        ("¹", "1"), ("²", "2"), ("³", "3"), ("½", "-1-2"), ("¼", "-1-4"), ("¾", "-3-4"), ("&", "-and-"));

    /// <summary>The slug of a name: folded to Latin letters and digits, apostrophes dropped, everything else a hyphen.</summary>
    public static string From(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var slug = new StringBuilder(Math.Min(name.Length, MaxLength) + 4);
        foreach (var upper in name)
        {
            if (slug.Length >= MaxLength) break;
            var letter = char.ToLowerInvariant(upper);
            if (letter is '\'' or '\u2019' or '\u2018' or '`') continue;
            if (letter is (>= 'a' and <= 'z') or (>= '0' and <= '9')) slug.Append(letter);
            else foreach (var latin in Folded.GetValueOrDefault(letter, "-")) AppendOneHyphen(slug, latin);
        }
        if (slug.Length > MaxLength) slug.Length = MaxLength;
        var text = slug.ToString().Trim('-');
        return text.Length == 0 ? Nameless : text;
    }

    /// <summary>A slug that is not yet taken: the name alone, then with the year, then numbered from 2.</summary>
    /// <param name="name">The title's name.</param>
    /// <param name="year">Its year of release; none where it is not known.</param>
    /// <param name="isTaken">Whether another title has a slug.</param>
    public static string Unique(string name, int? year, Func<string, bool> isTaken)
    {
        ArgumentNullException.ThrowIfNull(isTaken);
        var plain = From(name);
        if (!isTaken(plain)) return plain;
        var stem = year is { } known ? $"{plain}-{known}" : plain;
        if (stem != plain && !isTaken(stem)) return stem;
        for (var number = 2; ; number++)
            if (!isTaken($"{stem}-{number}")) return $"{stem}-{number}";
    }

    private static void AppendOneHyphen(StringBuilder slug, char letter)
    {
        if (letter != '-' || slug.Length == 0 || slug[^1] != '-') slug.Append(letter);
    }

    private static FrozenDictionary<char, string> Fold(params (string Letters, string Latin)[] groups) =>
        groups.SelectMany(group => group.Letters.Select(letter => (letter, group.Latin)))
            .ToFrozenDictionary(pair => pair.letter, pair => pair.Latin);
}
