using Answerprint.Provenance.Cbor;
using Answerprint.Provenance.Jumbf;

namespace Answerprint.Provenance.Claims;

/// <summary>A manifest store: the manifests in the order written, the last being the active one (C2PA 2.2, sections 11.1.4.2 and 15.5.1).</summary>
internal sealed class ManifestStore
{
    public const string UriPrefix = "self#jumbf=";

    /// <summary>Most manifests in one store.</summary>
    public const int MaxManifests = 250;

    private readonly JumbfSuperBox root;
    private readonly CborBudget budget = new();
    private readonly Dictionary<Manifest, (Claim? Claim, CredentialFormatException? Fault)> claims = new(ReferenceEqualityComparer.Instance);

    private ManifestStore(JumbfSuperBox root, IReadOnlyList<Manifest> manifests)
    {
        this.root = root;
        Manifests = manifests;
    }

    public IReadOnlyList<Manifest> Manifests { get; }

    public Manifest Active => Manifests[^1];

    /// <summary>Reads a store.</summary>
    /// <exception cref="CredentialFormatException">The bytes are no well-formed store, or go over a limit.</exception>
    public static ManifestStore Read(ReadOnlyMemory<byte> encoded)
    {
        var root = JumbfReader.Read(encoded);
        if (root.Code != JumbfTypes.ManifestStore || root.Label != AssertionLabels.Store) throw new CredentialFormatException("JUMBF", "superbox that is no manifest store", 0);
        if (root.Children.Any(c => c.Code == "c2cm")) throw new CredentialFormatException("JUMBF", "compressed manifest, which has no reader yet,", 0);
        var manifests = root.Children.Where(c => c.Code is JumbfTypes.Manifest or JumbfTypes.UpdateManifest).Select(c => new Manifest(c)).ToList();
        if (manifests.Count is 0 or > MaxManifests) throw new CredentialFormatException("JUMBF", $"store of {manifests.Count} manifests, not 1 to {MaxManifests},", 0);
        CheckContents(root);
        foreach (var manifest in manifests)
        {
            CheckContents(manifest.Box);
            if (manifest.AssertionStore is { } assertions) CheckContents(assertions);
        }
        return new(root, manifests);
    }

    /// <summary>The claim of a manifest that has exactly one, read once; null when its form is wrong.</summary>
    /// <exception cref="CredentialFormatException">The claim is not well-formed CBOR, or over a limit.</exception>
    public Claim? ReadClaim(Manifest manifest)
    {
        if (!claims.TryGetValue(manifest, out var read))
        {
            try
            {
                read = (Claim.Read(this, manifest, budget), null);
            }
            catch (CredentialFormatException e)
            {
                read = (null, e);
            }
            claims[manifest] = read;
        }
        return read.Fault is null ? read.Claim : throw read.Fault;
    }

    public Manifest? Find(string label)
    {
        var box = root.Child(label);
        return box is null ? null : Manifests.FirstOrDefault(m => ReferenceEquals(m.Box, box));
    }

    /// <summary>What a JUMBF URI leads to from within a manifest; null when it leads nowhere, or to more than one box.</summary>
    public JumbfSuperBox? Resolve(string uri, Manifest from)
    {
        if (!uri.StartsWith(UriPrefix, StringComparison.Ordinal)) return null;
        var path = uri[UriPrefix.Length..].Split('/');
        var box = from.Box;
        var next = 0;
        if (path[0].Length == 0)
        {
            if (path.Length < 2 || path[1] != root.Label) return null;
            box = root;
            next = 2;
        }
        for (; next < path.Length && box is not null; next++) box = box.Child(path[next]);
        return box;
    }

    /// <summary>The manifest that a JUMBF URI names, or null.</summary>
    public Manifest? ResolveManifest(string uri, Manifest from) =>
        Resolve(uri, from) is { } box ? Manifests.FirstOrDefault(m => ReferenceEquals(m.Box, box)) : null;

    /// <summary>Beside superboxes, the structural boxes may hold zero-filled free boxes and nothing else: no signature covers what lies here.</summary>
    private static void CheckContents(JumbfSuperBox box)
    {
        foreach (var content in box.Contents)
        {
            if (content.Type is not ("free" or "skip") || content.Payload.Span.IndexOfAnyExcept((byte)0) >= 0)
                throw new CredentialFormatException("JUMBF", $"content box '{content.Type}' directly in '{box.Label}'", 0);
        }
    }
}
