namespace Answerprint.Platform.Library.Contracts;

/// <summary>How a tag is written: so that the same word typed twice is one tag.</summary>
public static class Tag
{
    /// <summary>Longest tag, in characters.</summary>
    public const int MaxLength = 60;

    /// <summary>Most tags of an asset.</summary>
    public const int MostOnAsset = 60;

    /// <summary>Normalises what someone typed: lower case, single spaces.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="tag">The tag; empty where there is none.</param>
    /// <returns>Whether 1 to 60 characters without commas and control characters are left.</returns>
    public static bool TryParse(string? text, out string tag)
    {
        tag = "";
        if (text is null || text.Length > 8 * MaxLength || !IsWellFormed(text)) return false;
        var words = text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        tag = string.Join(' ', words);
        if (tag.Length is > 0 and <= MaxLength && !tag.Any(c => char.IsControl(c) || c == ',')) return true;
        tag = "";
        return false;
    }

    /// <summary>The tags in a list with commas.</summary>
    /// <param name="text">Such as <c>velvet, night</c>.</param>
    /// <param name="problem">Which one is no tag; empty where all are.</param>
    public static IReadOnlyList<string> ParseList(string? text, out string problem)
    {
        problem = "";
        var tags = new List<string>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (TryParse(part, out var tag)) tags.Add(tag);
            else if (problem.Length == 0) problem = $"'{(part.Length > MaxLength ? part[..MaxLength] + "..." : part)}' is no tag: 1 to {MaxLength} characters are.";
        }
        return [.. tags.Distinct(StringComparer.Ordinal)];
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }
}
