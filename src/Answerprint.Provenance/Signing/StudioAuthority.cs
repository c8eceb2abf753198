using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Answerprint.Provenance.Signing;

/// <summary>A studio's own certificate authority: a self-signed P-256 root that issues the certificates which sign its releases (RFC 5280; C2PA 2.2, section 14.5.1).</summary>
public sealed class StudioAuthority : IDisposable
{
    /// <summary>How long a new root is valid.</summary>
    public static readonly TimeSpan RootValidity = TimeSpan.FromDays(25 * 365.25);

    /// <summary>How long a new leaf is valid unless stated: without time stamps, a credential can be verified only as long as its leaf is valid.</summary>
    public static readonly TimeSpan LeafValidity = TimeSpan.FromDays(10 * 365.25);

    /// <summary>Certificates start a little early, so that a verifier whose clock is behind accepts them.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private const int SerialBytes = 16;
    private readonly ECDsa key;

    private StudioAuthority(X509Certificate2 root, ECDsa key)
    {
        Root = root;
        this.key = key;
    }

    /// <summary>The root certificate.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>Makes a new authority with a new key.</summary>
    /// <param name="organisation">The studio's name, not empty.</param>
    /// <param name="now">When it is made.</param>
    public static StudioAuthority Create(string organisation, DateTimeOffset now)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(organisation);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name(organisation, $"{organisation} Content Credentials Root"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var start = now - ClockSkew;
        var root = request.Create(request.SubjectName, X509SignatureGenerator.CreateForECDsa(key), start, start + RootValidity, Serial(request.PublicKey, start));
        return new(root, key);
    }

    /// <summary>Loads an authority from the PEM text that <see cref="ExportRootPem"/> and <see cref="ExportKeyPem"/> gave.</summary>
    /// <exception cref="CryptographicException">A text holds no certificate or key.</exception>
    /// <exception cref="ArgumentException">The key is not the root's.</exception>
    public static StudioAuthority FromPem(string rootPem, string keyPem)
    {
        var root = X509Certificate2.CreateFromPem(rootPem);
        var key = ECDsa.Create();
        key.ImportFromPem(keyPem);
        if (!root.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo()))
            throw new ArgumentException("The key is not the one that the root certifies.", nameof(keyPem));
        return new(root, key);
    }

    /// <summary>Issues a certificate with a new key.</summary>
    /// <param name="commonName">Who signs, for example "Answerprint Claim Signer", not empty.</param>
    /// <param name="now">When it is issued.</param>
    /// <param name="validity">How long it is valid, cut to the root's end; null for <see cref="LeafValidity"/>.</param>
    public SigningIdentity IssueLeaf(string commonName, DateTimeOffset now, TimeSpan? validity = null)
    {
        var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var leaf = Certify(new PublicKey(leafKey), commonName, now, validity);
        return new([leaf], new EcdsaClaimSigner(leafKey), [Root]);
    }

    /// <summary>Certifies a P-256 key that lives elsewhere, for a <see cref="ClaimSigner"/> over a key store.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <param name="commonName">Who signs, not empty.</param>
    /// <param name="now">When it is issued.</param>
    /// <param name="validity">How long it is valid, cut to the root's end; null for <see cref="LeafValidity"/>.</param>
    public X509Certificate2 Certify(PublicKey publicKey, string commonName, DateTimeOffset now, TimeSpan? validity = null)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        ArgumentException.ThrowIfNullOrWhiteSpace(commonName);
        var organisation = Root.SubjectName.EnumerateRelativeDistinguishedNames().FirstOrDefault(n => n.GetSingleElementType().Value == OrganisationOid)?.GetSingleElementValue();
        var request = new CertificateRequest(Name(organisation ?? commonName, commonName), publicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        // Claim signing is the purpose; e-mail protection is what readers of earlier versions of the specification look for (section 14.4.1).
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(CertificateProfile.ClaimSigning), new Oid(CertificateProfile.EmailProtection)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(publicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Root, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var start = now - ClockSkew;
        if (start < Root.NotBefore) start = Root.NotBefore;
        var end = start + (validity ?? LeafValidity);
        if (end > Root.NotAfter) end = Root.NotAfter;
        return request.Create(Root.SubjectName, X509SignatureGenerator.CreateForECDsa(key), start, end, Serial(publicKey, start));
    }

    /// <summary>The root certificate as PEM text; give it to whoever is to trust the studio.</summary>
    public string ExportRootPem() => Root.ExportCertificatePem() + "\n";

    /// <summary>The root's private key as PKCS #8 PEM; keep it where only the program can read it.</summary>
    public string ExportKeyPem() => key.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>Releases the key and the certificate.</summary>
    public void Dispose()
    {
        key.Dispose();
        Root.Dispose();
    }

    private const string OrganisationOid = "2.5.4.10";

    private static X500DistinguishedName Name(string organisation, string commonName)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddOrganizationName(organisation);
        name.AddCommonName(commonName);
        return name.Build();
    }

    /// <summary>A serial that no other certificate of this issuer has, since no other has the key and the moment: positive, 16 bytes (RFC 5280, section 4.1.2.2).</summary>
    private static byte[] Serial(PublicKey publicKey, DateTimeOffset start)
    {
        byte[] identity = [.. publicKey.ExportSubjectPublicKeyInfo(), .. BitConverter.GetBytes(start.UtcTicks)];
        var serial = SHA256.HashData(identity)[..SerialBytes];
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }
}
