using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Answerprint.Provenance.Signing;

/// <summary>Which certificates may sign claims (C2PA 2.2, section 14.5.1).</summary>
internal static class CertificateProfile
{
    public const string ClaimSigning = "1.3.6.1.4.1.62558.2.1";
    public const string EmailProtection = "1.3.6.1.5.5.7.3.4";
    public const string DocumentSigning = "1.3.6.1.5.5.7.3.36";
    private const string AnyPurpose = "2.5.29.37.0";
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";
    private const string OcspSigning = "1.3.6.1.5.5.7.3.9";
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const int MinRsaBits = 2048;

    // ecdsa-with-SHA256/384/512, sha256/384/512WithRSAEncryption, RSASSA-PSS, Ed25519
    private static readonly string[] SignatureAlgorithms =
    [
        "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4", "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12",
        "1.2.840.113549.1.1.13", "1.2.840.113549.1.1.10", "1.3.101.112",
    ];

    // prime256v1, secp384r1, secp521r1
    private static readonly string[] Curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];

    /// <summary>What keeps the certificate from signing claims, in words, or null when nothing does.</summary>
    public static string? Fault(X509Certificate2 certificate)
    {
        try
        {
            return FaultOf(certificate);
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return "an encoding that cannot be read";
        }
    }

    private static string? FaultOf(X509Certificate2 certificate)
    {
        if (certificate.Version != 3) return $"version {certificate.Version}, not 3";
        if (!SignatureAlgorithms.Contains(certificate.SignatureAlgorithm.Value)) return $"signature algorithm {certificate.SignatureAlgorithm.Value}";
        return KeyFault(certificate) ?? UniqueIdFault(certificate) ?? ExtensionFault(certificate);
    }

    private static string? KeyFault(X509Certificate2 certificate)
    {
        if (certificate.PublicKey.Oid.Value == EcPublicKey)
        {
            if (certificate.PublicKey.EncodedParameters is not { } parameters) return "no named curve";
            var curve = AsnDecoder.ReadObjectIdentifier(parameters.RawData, AsnEncodingRules.DER, out _);
            return Curves.Contains(curve) ? null : $"curve {curve}";
        }
        using var rsa = CoseAlgorithm.RsaKey(certificate);
        return rsa is not null && rsa.KeySize < MinRsaBits ? $"RSA key of {rsa.KeySize} bits" : null;
    }

    private static string? ExtensionFault(X509Certificate2 certificate)
    {
        var basic = certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault();
        if (basic is { CertificateAuthority: true }) return "it is a certificate authority's";
        if (!certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().Any()) return "no authority key identifier";
        var usage = certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();
        if (usage is null) return "no key usage";
        if ((usage.KeyUsages & X509KeyUsageFlags.DigitalSignature) == 0) return "key usage without digital signature";
        if ((usage.KeyUsages & X509KeyUsageFlags.KeyCertSign) != 0) return "key usage with certificate signing";
        var purposes = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(e => e.EnhancedKeyUsages.Cast<Oid>()).Select(o => o.Value).ToList();
        if (purposes.Count == 0) return "no extended key usage";
        if (purposes.Contains(AnyPurpose)) return "extended key usage for any purpose";
        if (purposes.Contains(TimeStamping) || purposes.Contains(OcspSigning)) return "extended key usage for time stamps or OCSP";
        return purposes.Exists(p => p is ClaimSigning or EmailProtection or DocumentSigning) ? null : "extended key usage without claim signing";
    }

    /// <summary>issuerUniqueID [1] and subjectUniqueID [2] of TBSCertificate are not allowed.</summary>
    private static string? UniqueIdFault(X509Certificate2 certificate)
    {
        var body = new AsnReader(certificate.RawDataMemory, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        while (body.HasData)
        {
            if (body.PeekTag() is { TagClass: TagClass.ContextSpecific, TagValue: 1 or 2 }) return "a unique identifier of issuer or subject";
            body.ReadEncodedValue();
        }
        return null;
    }
}
