using System.Net.Mail;
using Answerprint.Platform.Accounts.Contracts;

namespace Answerprint.Platform.Accounts;

/// <summary>Limits of the names that people type.</summary>
internal static class NameRules
{
    public const int MaxName = 120;
    public const int MaxProfileName = 60;
    public const int MaxEmail = 254;

    /// <summary>None where the name has 1 to <paramref name="limit"/> printable characters.</summary>
    public static Refusal? CheckName(string name, int limit = MaxName, string field = "name")
    {
        if (string.IsNullOrWhiteSpace(name)) return Refusal.Invalid(field, "Enter a name.");
        if (name.Trim().Length > limit) return Refusal.Invalid(field, $"The name has {name.Trim().Length} characters; the limit is {limit}.");
        return name.Any(char.IsControl) ? Refusal.Invalid(field, "The name has a control character in it.") : null;
    }

    /// <summary>None where the text is one e-mail address (RFC 5321, 4.5.3.1: 254 characters) without a display name.</summary>
    public static Refusal? CheckEmail(string email)
    {
        if (string.IsNullOrWhiteSpace(email)) return Refusal.Invalid("email", "Enter an e-mail address.");
        var text = email.Trim();
        if (text.Length > MaxEmail) return Refusal.Invalid("email", $"The e-mail address has {text.Length} characters; the limit is {MaxEmail}.");
        return MailAddress.TryCreate(text, out var parsed) && parsed.Address == text && !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))
            ? null
            : Refusal.Invalid("email", $"'{Shown(text)}' is not an e-mail address.");
    }

    /// <summary>At most 60 characters of what somebody sent, to be shown back.</summary>
    public static string Shown(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 60), "...");
}
