using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Answerprint.Provenance.Signing;

/// <summary>Who signs: a leaf certificate with the intermediates above it, the key behind it, and the roots under which its own earlier work is judged.</summary>
public sealed class SigningIdentity : IDisposable
{
    /// <summary>Puts an identity together and takes over the signer.</summary>
    /// <param name="chain">The leaf first, then intermediates; never the root (C2PA 2.2, section 14.5).</param>
    /// <param name="signer">The key of the leaf.</param>
    /// <param name="roots">Trust anchors for the ingredients of what is signed; usually the studio's root.</param>
    /// <exception cref="ArgumentException">The leaf cannot sign claims; the message says why.</exception>
    public SigningIdentity(IReadOnlyList<X509Certificate2> chain, ClaimSigner signer, X509Certificate2Collection roots)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(roots);
        if (chain.Count == 0) throw new ArgumentException("The chain is empty.", nameof(chain));
        if (CertificateProfile.Fault(chain[0]) is { } fault) throw new ArgumentException($"The leaf cannot sign claims: {fault}.", nameof(chain));
        Chain = chain;
        Signer = signer;
        Roots = roots;
    }

    /// <summary>The leaf, then the intermediates.</summary>
    public IReadOnlyList<X509Certificate2> Chain { get; }

    /// <summary>The certificate that signs.</summary>
    public X509Certificate2 Leaf => Chain[0];

    /// <summary>Trust anchors for the ingredients of what is signed.</summary>
    public X509Certificate2Collection Roots { get; }

    internal ClaimSigner Signer { get; }

    /// <summary>An identity from PEM text: the chain (leaf first), the leaf's P-256 key (PKCS #8 or SEC 1), and the root.</summary>
    /// <exception cref="CryptographicException">A text holds no certificate or key.</exception>
    /// <exception cref="ArgumentException">The leaf cannot sign claims, or the key is not the leaf's.</exception>
    public static SigningIdentity FromPem(string chainPem, string keyPem, string rootPem)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(chainPem);
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(rootPem);
        var key = ECDsa.Create();
        key.ImportFromPem(keyPem);
        using var certified = chain.Count > 0 ? chain[0].GetECDsaPublicKey() : null;
        if (certified is null || !certified.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo()))
            throw new ArgumentException("The key is not the one that the leaf certifies.", nameof(keyPem));
        return new([.. chain], new EcdsaClaimSigner(key), roots);
    }

    /// <summary>The chain as PEM text, leaf first.</summary>
    public string ExportChainPem() => string.Join('\n', Chain.Select(c => c.ExportCertificatePem())) + "\n";

    /// <summary>Releases the key.</summary>
    public void Dispose() => Signer.Dispose();
}
