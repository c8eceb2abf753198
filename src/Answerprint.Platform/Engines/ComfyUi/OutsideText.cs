using System.Text;
using System.Text.Json;

namespace Answerprint.Platform.Engines.ComfyUi;

/// <summary>Texts that came from a workflow or a server, made fit to be shown: no control characters, one line, bounded.</summary>
internal static class OutsideText
{
    /// <summary>A sentence of at most <paramref name="max"/> characters.</summary>
    public static string Clean(string? text, int max = ComfyUiLimits.MaxSentence)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var clean = new StringBuilder(Math.Min(text.Length, max));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= max) return clean.Append('…').ToString();
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ') clean.Append(' ');
            }
            else if (rune.Value is not (>= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069))
            {
                // What turns the direction of writing around could make a sentence read as another.
                clean.Append(rune);
            }
        }
        return clean.ToString().TrimEnd();
    }

    /// <summary>The text of a JSON property, cleaned; empty where it is none.</summary>
    public static string Of(JsonElement element, string property, int max = ComfyUiLimits.MaxSentence) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? Clean(TextOf(value), max) : "";

    /// <summary>The text of a JSON string exactly; null where it is none or holds half a character.</summary>
    public static string? TextOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
