using System.Security.Cryptography;
using Answerprint.Provenance.Cbor;

namespace Answerprint.Provenance.Claims;

/// <summary>A reference within a manifest store and the hash of what it refers to (C2PA 2.2, section 8.4.2).</summary>
internal sealed record HashedUri(string Url, ReadOnlyMemory<byte>? Hash, string? Algorithm)
{
    public const string DefaultAlgorithm = "sha256";

    public static HashedUri? From(CborValue? value) =>
        value?["url"]?.AsText is { } url ? new(url, HashOf(value["hash"]), value["alg"]?.AsText) : null;

    /// <summary>A byte string, or the array of byte values that some writers of version 1 claims left behind.</summary>
    private static ReadOnlyMemory<byte>? HashOf(CborValue? value)
    {
        if (value?.AsArray is not { Count: <= 64 } numbers) return value?.AsBytes;
        return numbers.All(n => n.AsInt64 is >= 0 and <= 255) ? numbers.Select(n => (byte)n.AsInt64!.Value).ToArray() : default(ReadOnlyMemory<byte>?);
    }

    public CborValue ToCbor() => CborValue.Map(("url", CborValue.Text(Url)), ("hash", CborValue.Bytes(Hash!.Value)), ("alg", CborValue.Text(Algorithm)));

    /// <summary>The framework's name of a C2PA hash algorithm (section 13.1), or null when it is missing or not allowed.</summary>
    public static HashAlgorithmName? AlgorithmName(string? algorithm) => algorithm switch
    {
        "sha256" => HashAlgorithmName.SHA256,
        "sha384" => HashAlgorithmName.SHA384,
        "sha512" => HashAlgorithmName.SHA512,
        _ => null,
    };
}
