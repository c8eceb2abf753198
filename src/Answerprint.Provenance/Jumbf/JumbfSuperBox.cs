using System.Security.Cryptography;

namespace Answerprint.Provenance.Jumbf;

/// <summary>A JUMBF superbox (ISO/IEC 19566-5): a description box, then content boxes or further superboxes.</summary>
/// <param name="Code">Four-character code of the C2PA type UUID, or null when the UUID is of another family.</param>
/// <param name="Label">The label, unique among siblings when URIs are to resolve.</param>
/// <param name="Bytes">The whole box with its 8-byte header.</param>
/// <param name="Children">Superboxes inside, in order.</param>
/// <param name="Contents">Content boxes inside, in order.</param>
internal sealed record JumbfSuperBox(
    string? Code, string Label, ReadOnlyMemory<byte> Bytes, IReadOnlyList<JumbfSuperBox> Children, IReadOnlyList<JumbfBox> Contents)
{
    public const int HeaderLength = 8;

    // Hashes and labels are kept: a hostile store can refer to one large box, or search one long row of boxes, thousands of times.
    private readonly Dictionary<HashAlgorithmName, byte[]> hashes = [];
    private readonly Lazy<Dictionary<string, JumbfSuperBox?>> byLabel = new(() => IndexByLabel(Children));

    /// <summary>What a hashed URI covers: the box without its header (C2PA 2.2, section 8.4.2.3).</summary>
    public ReadOnlySpan<byte> Hash(HashAlgorithmName algorithm)
    {
        if (!hashes.TryGetValue(algorithm, out var hash))
            hashes[algorithm] = hash = CryptographicOperations.HashData(algorithm, Bytes.Span[HeaderLength..]);
        return hash;
    }

    /// <summary>The only child with the label; null when there is none, or more than one (section 8.4.1: ambiguous is unresolved).</summary>
    public JumbfSuperBox? Child(string label) => byLabel.Value.GetValueOrDefault(label);

    /// <summary>The payload of the only content box when it has the type, otherwise null.</summary>
    public ReadOnlyMemory<byte>? Content(string type) => Contents.Count == 1 && Contents[0].Type == type ? Contents[0].Payload : default(ReadOnlyMemory<byte>?);

    private static Dictionary<string, JumbfSuperBox?> IndexByLabel(IReadOnlyList<JumbfSuperBox> children)
    {
        var index = new Dictionary<string, JumbfSuperBox?>(children.Count, StringComparer.Ordinal);
        foreach (var child in children) index[child.Label] = index.ContainsKey(child.Label) ? null : child;
        return index;
    }
}
