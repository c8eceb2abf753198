using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Answerprint.Platform.Accounts;

/// <summary>Secrets that are shown once and kept only as their SHA-256: 43 base-62 digits carry 256 bits.</summary>
internal static class Secret
{
    public const int Length = 43;
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static readonly SearchValues<char> DigitSet = SearchValues.Create(Digits);

    public static string New() => RandomNumberGenerator.GetString(Digits, Length);

    public static string Sha256(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Whether the text could be one; spares the database what cannot.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text) => text.Length == Length && !text.ContainsAnyExcept(DigitSet);
}
