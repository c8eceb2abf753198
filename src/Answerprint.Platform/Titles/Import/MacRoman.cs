using System.Collections.Frozen;

namespace Answerprint.Platform.Titles.Import;

/// <summary>
/// Restores letters of the film list, in which bytes of Windows-1252 were once read as Mac OS Roman: <c>LÈon</c> stands for <c>Léon</c>.
/// Both tables are the Unicode consortium's (ROMAN.TXT, CP1252.TXT).
/// </summary>
internal static class MacRoman
{
    // Mac OS Roman, 0x80 to 0xFF in order; 0xF0 (a logo in the private use area) is a space here, which is never looked up.
    private const string Roman =
        "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

    // Windows-1252, 0x80 to 0x9F in order; a space where the table has none. From 0xA0 it is Latin-1.
    private const string Windows = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

    private static readonly FrozenDictionary<char, char> Restored = Pairs().ToFrozenDictionary(pair => pair.Read, pair => pair.Meant);

    /// <summary>The text as it was meant; text in ASCII is as it was.</summary>
    public static string Undo(string text)
    {
        var start = text.AsSpan().IndexOfAnyExceptInRange('\0', '\x7F');
        return start < 0 ? text : string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++) target[i] = Restored.GetValueOrDefault(source[i], source[i]);
        });
    }

    private static IEnumerable<(char Read, char Meant)> Pairs()
    {
        for (var i = 0; i < Roman.Length; i++)
        {
            var meant = i < 0x20 ? Windows[i] : (char)(0x80 + i);
            if (Roman[i] != ' ' && meant != ' ') yield return (Roman[i], meant);
        }
    }
}
