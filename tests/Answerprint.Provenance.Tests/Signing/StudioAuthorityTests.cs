using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Answerprint.Provenance.Signing;
using Answerprint.Provenance.Tests.Samples;

namespace Answerprint.Provenance.Tests.Signing;

public sealed class StudioAuthorityTests
{
    [Fact]
    public void A_leaf_keeps_to_the_certificate_profile()
    {
        var leaf = Studio.Identity.Leaf;
        Assert.Null(CertificateProfile.Fault(leaf));
        Assert.Equal(X509KeyUsageFlags.DigitalSignature, leaf.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages);
        Assert.Equal(
            [CertificateProfile.ClaimSigning, CertificateProfile.EmailProtection],
            leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(o => o.Value));
        Assert.Equal(Studio.Authority.Root.Subject, leaf.Issuer);
        Assert.Contains("O=Test Studio", leaf.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_cannot_sign_claims() => Assert.Contains("authority", CertificateProfile.Fault(Studio.Authority.Root)!, StringComparison.Ordinal);

    [Fact]
    public void An_authority_and_its_identities_survive_pem()
    {
        using var authority = StudioAuthority.FromPem(Studio.Authority.ExportRootPem(), Studio.Authority.ExportKeyPem());
        var issued = authority.IssueLeaf("Second Signer", Studio.Now);
        using var identity = SigningIdentity.FromPem(issued.ExportChainPem(), ((EcdsaClaimSigner)issued.Signer).ExportKeyPem(), authority.ExportRootPem());
        var output = new MemoryStream();
        ContentCredential.Sign(new MemoryStream(SamplePng.Rgb(8, 8)), output, "image/png", Studio.Simple(), identity, Studio.Now);
        var report = Studio.Verify(output.ToArray());
        Assert.True(report.IsTrusted, report.Summary);
        Assert.Equal(identity.Leaf.SerialNumber, report.Active!.Signer!.SerialNumber);
        Assert.NotEqual(Studio.Identity.Leaf.SerialNumber, identity.Leaf.SerialNumber);
    }

    [Fact]
    public void A_key_that_is_not_the_certificate_s_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Throws<ArgumentException>(() => StudioAuthority.FromPem(Studio.Authority.ExportRootPem(), other.ExportPkcs8PrivateKeyPem()));
        Assert.Throws<ArgumentException>(() => SigningIdentity.FromPem(Studio.Identity.ExportChainPem(), other.ExportPkcs8PrivateKeyPem(), Studio.Authority.ExportRootPem()));
    }

    [Fact]
    public void A_key_on_another_curve_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<ArgumentException>(() => new EcdsaClaimSigner(key));
    }

    [Fact]
    public void A_key_store_can_sign()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signer = new CountingSigner(key);
        var leaf = Studio.Authority.Certify(new PublicKey(key), "Key store", Studio.Now);
        using var identity = new SigningIdentity([leaf], signer, Studio.Roots);
        var output = new MemoryStream();
        ContentCredential.Sign(new MemoryStream(SamplePng.Rgb(8, 8)), output, "image/png", Studio.Simple(), identity, Studio.Now);
        Assert.Equal(1, signer.Signatures);
        Assert.True(Studio.Verify(output.ToArray()).IsTrusted);
    }

    [Theory]
    [InlineData(false, X509KeyUsageFlags.DigitalSignature, "1.3.6.1.5.5.7.3.1", "without claim signing")]
    [InlineData(false, X509KeyUsageFlags.DigitalSignature, "2.5.29.37.0", "any purpose")]
    [InlineData(false, X509KeyUsageFlags.DigitalSignature, "1.3.6.1.5.5.7.3.8", "time stamps")]
    [InlineData(false, X509KeyUsageFlags.KeyEncipherment, "1.3.6.1.5.5.7.3.4", "without digital signature")]
    [InlineData(false, X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, "1.3.6.1.5.5.7.3.4", "certificate signing")]
    [InlineData(true, X509KeyUsageFlags.DigitalSignature, "1.3.6.1.5.5.7.3.4", "authority")]
    public void A_certificate_off_the_profile_may_not_sign(bool isAuthority, X509KeyUsageFlags usage, string purpose, string fault)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=odd", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Studio.Authority.Root, true, false));
        using var certificate = request.CreateSelfSigned(Studio.Now, Studio.Now.AddDays(1));
        Assert.Contains(fault, CertificateProfile.Fault(certificate)!, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SigningIdentity([certificate], new EcdsaClaimSigner(ECDsa.Create(ECCurve.NamedCurves.nistP256)), Studio.Roots));
    }

    private sealed class CountingSigner(ECDsa key) : ClaimSigner
    {
        public int Signatures { get; private set; }

        public override byte[] Sign(ReadOnlySpan<byte> toBeSigned)
        {
            Signatures++;
            return key.SignData(toBeSigned, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }
}
