namespace Answerprint.Platform.Accounts;

/// <summary>The form of an API key: <c>ap_</c> and 43 base-62 digits.</summary>
public static class ApiKeyFormat
{
    /// <summary>What every key begins with, so that a leaked one can be searched for.</summary>
    public const string Prefix = "ap_";

    /// <summary>How many characters of a key are kept to tell keys apart.</summary>
    public const int ShownCharacters = 9;

    /// <summary>Whether the text could be a key.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && Secret.IsWellFormed(text[Prefix.Length..]);

    internal static string New() => Prefix + Secret.New();
}
