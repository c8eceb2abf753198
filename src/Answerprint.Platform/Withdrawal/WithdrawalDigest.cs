using System.Security.Cryptography;
using System.Text;

namespace Answerprint.Platform.Withdrawal;

/// <summary>One hash that stands in the audit for all assets of a withdrawal, however many.</summary>
internal static class WithdrawalDigest
{
    /// <summary>SHA-256 of the ids in lower case, in ordinal order, each followed by a line feed.</summary>
    public static string Of(IEnumerable<Guid> ids) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(ids.Select(id => $"{id:D}\n").Order(StringComparer.Ordinal)))));
}
