using System.Security.Cryptography;
using Answerprint.Provenance.Cbor;
using Answerprint.Provenance.Jumbf;

namespace Answerprint.Provenance.Claims;

/// <summary>A claim of version 1 or 2 as read, with the assertions that it lists (C2PA 2.2, section 10.2).</summary>
internal sealed record Claim(Manifest Manifest, int Version, CborValue Map, ReadOnlyMemory<byte> Encoded, IReadOnlyList<AssertionReference> Assertions)
{
    /// <summary>Most assertions in one claim.</summary>
    public const int MaxAssertions = 5000;

    private readonly Dictionary<HashAlgorithmName, byte[]> hashes = [];

    public string? Algorithm => Map["alg"]?.AsText;

    public IReadOnlyList<string> Redacted => Map["redacted_assertions"]?.AsArray?.Select(v => v.AsText).OfType<string>().ToList() ?? [];

    /// <summary>The hash of the claim's bytes, kept because many ingredients may ask for it.</summary>
    public ReadOnlySpan<byte> HashEncoded(HashAlgorithmName algorithm)
    {
        if (!hashes.TryGetValue(algorithm, out var hash)) hashes[algorithm] = hash = CryptographicOperations.HashData(algorithm, Encoded.Span);
        return hash;
    }

    /// <summary>Reads the claim of a manifest that has exactly one.</summary>
    /// <exception cref="CredentialFormatException">The claim is not well-formed CBOR, or lists too much.</exception>
    public static Claim? Read(ManifestStore store, Manifest manifest, CborBudget budget)
    {
        var box = manifest.Claims[0];
        if (box.Content(JumbfTypes.Cbor) is not { } encoded) return null;
        var map = CborReader.Read(encoded, budget);
        if (map.AsMap is null) return null;
        var version = box.Label switch { AssertionLabels.ClaimV1 => 1, AssertionLabels.ClaimV2 => 2, _ => 0 };
        if (version == 0) return null;
        var assertions = new List<AssertionReference>();
        foreach (var field in version == 1 ? ["assertions"] : new[] { "created_assertions", "gathered_assertions" })
        {
            foreach (var item in map[field]?.AsArray ?? [])
            {
                if (HashedUri.From(item) is not { } reference) return null;
                if (assertions.Count == MaxAssertions) throw new CredentialFormatException("claim", $"more than {MaxAssertions} assertions", 0);
                assertions.Add(ReadAssertion(store, manifest, reference, budget));
            }
        }
        return new(manifest, version, map, encoded, assertions);
    }

    private static AssertionReference ReadAssertion(ManifestStore store, Manifest manifest, HashedUri reference, CborBudget budget)
    {
        var label = reference.Url[(reference.Url.LastIndexOfAny(['/', '=']) + 1)..];
        var box = store.Resolve(reference.Url, manifest);
        // An assertion of another manifest is none of this claim's.
        if (box is not null && !ReferenceEquals(manifest.AssertionStore?.Child(label), box)) box = null;
        CborValue? data = null;
        try
        {
            if (box?.Content(JumbfTypes.Cbor) is { } encoded) data = CborReader.Read(encoded, budget);
        }
        catch (CredentialFormatException)
        {
            // Reported by the assertion check, which sees a CBOR box without data.
        }
        return new(reference, label, box, data);
    }
}
