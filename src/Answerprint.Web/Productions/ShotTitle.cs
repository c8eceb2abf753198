namespace Answerprint.Web.Productions;

/// <summary>What a shot is called where people read: the first sentence of what is seen, if it is short.</summary>
internal static class ShotTitle
{
    private const int Longest = 64;
    private const int FewestWords = 2;

    /// <summary>The title; empty where the description begins with a long sentence, with a single word, or is none.</summary>
    public static string Of(string description)
    {
        var first = description.Trim()[..EndOfFirst(description.Trim())].Trim();
        return first.Length <= Longest && first.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= FewestWords ? first : "";
    }

    /// <summary>What of a description the title does not say already.</summary>
    public static string Rest(string description) => description.Trim()[Of(description).Length..].TrimStart('.', ';', '\r', '\n', ' ');

    /// <summary>A full stop ends a sentence where a space or nothing follows it: 3.5 mm is no end.</summary>
    private static int EndOfFirst(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (text[i] is '\n' or ';' || (text[i] == '.' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])))) return i;
        return text.Length;
    }
}
