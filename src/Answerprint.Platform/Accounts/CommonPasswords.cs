using System.Collections.Frozen;
using System.Text;

namespace Answerprint.Platform.Accounts;

/// <summary>The words that guessers try first, alone, repeated, with digits around them or with digits for letters.</summary>
internal static class CommonPasswords
{
    private static readonly FrozenSet<string> Words = new[]
    {
        "password", "passwort", "passw", "pass", "passphrase", "secret", "letmein", "welcome", "iloveyou", "admin", "administrator", "root", "login", "master",
        "changeme", "default", "guest", "test", "testing", "qwerty", "qwertyuiop", "qwertz", "qwertzuiop", "azerty", "azertyuiop", "asdfgh", "asdfghjkl", "zxcvbnm",
        "qazwsx", "qazwsxedc", "abc", "abcdef", "abcdefgh", "abcdefghijkl", "monkey", "dragon", "football", "baseball", "superman", "batman", "starwars", "sunshine",
        "princess", "shadow", "michael", "jordan", "trustno", "freedom", "whatever", "computer", "internet", "hello", "helloworld", "correcthorsebatterystaple",
        "movie", "film", "studio", "netflix", "thisisapassword", "mypassword", "yourpassword", "newpassword", "password123password",
    }.ToFrozenSet();

    public static bool IsCommon(string password)
    {
        var letters = Letters(password);
        return letters.Length == 0 ? IsCountedOut(password) : Words.Contains(letters) || IsRepeatedWord(letters) || IsCountedOut(password);
    }

    /// <summary>Lower-case letters only, where digits and signs that stand for letters count as these, and digits at the ends do not.</summary>
    private static string Letters(string password)
    {
        var trimmed = password.Trim().Trim("0123456789!?.,-_*#+= ".ToCharArray());
        var letters = new StringBuilder(trimmed.Length);
        foreach (var letter in trimmed)
        {
            var plain = letter switch { '0' => 'o', '1' or '!' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', _ => char.ToLowerInvariant(letter) };
            if (char.IsLetter(plain)) letters.Append(plain);
        }
        return letters.ToString();
    }

    private static bool IsRepeatedWord(string letters)
    {
        for (var length = 3; length <= letters.Length / 2; length++)
            if (letters.Length % length == 0 && Words.Contains(letters[..length]) && Repeats(letters, length)) return true;
        return false;
    }

    /// <summary>A piece of at most six characters over and over, or a run up or down the character table.</summary>
    private static bool IsCountedOut(string password)
    {
        for (var length = 1; length <= 6; length++)
            if (Repeats(password, length)) return true;
        var steps = password.Zip(password.Skip(1), (left, right) => right - left).ToList();
        return steps.Count(step => step is 1 or -1 or -9 or 9) >= steps.Count - 1;
    }

    private static bool Repeats(string text, int length)
    {
        for (var i = length; i < text.Length; i++)
            if (text[i] != text[i - length]) return false;
        return text.Length > length;
    }
}
