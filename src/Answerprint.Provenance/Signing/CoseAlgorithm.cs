using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Answerprint.Provenance.Signing;

/// <summary>The signature algorithms that C2PA allows, by COSE number (C2PA 2.2, section 13.2.1; RFC 9053).</summary>
internal static class CoseAlgorithm
{
    private const string RsaPssKey = "1.2.840.113549.1.1.10";

    /// <summary>The algorithm's name, or its number in words for one that C2PA does not allow.</summary>
    public static string Name(long algorithm) => algorithm switch
    {
        -7 => "ES256",
        -35 => "ES384",
        -36 => "ES512",
        -37 => "PS256",
        -38 => "PS384",
        -39 => "PS512",
        -8 => "EdDSA",
        _ => $"COSE algorithm {algorithm}",
    };

    /// <summary>Whether the signature verifies; null when the framework has no verifier for the algorithm with this key (EdDSA).</summary>
    public static bool? Verify(long algorithm, X509Certificate2 certificate, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        HashAlgorithmName? hash = algorithm switch
        {
            -7 or -37 => HashAlgorithmName.SHA256,
            -35 or -38 => HashAlgorithmName.SHA384,
            -36 or -39 => HashAlgorithmName.SHA512,
            _ => null,
        };
        if (hash is not { } name) return null;
        if (algorithm >= -36)
        {
            using var ecdsa = certificate.GetECDsaPublicKey();
            return ecdsa?.VerifyData(data, signature, name, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        using var rsa = RsaKey(certificate);
        return rsa?.VerifyData(data, signature, name, RSASignaturePadding.Pss);
    }

    /// <summary>The RSA key of a certificate; the framework's own accessor passes over keys that are marked for PSS only (RFC 8017, id-RSASSA-PSS).</summary>
    public static RSA? RsaKey(X509Certificate2 certificate)
    {
        if (certificate.PublicKey.Oid.Value != RsaPssKey) return certificate.GetRSAPublicKey();
        var rsa = RSA.Create();
        rsa.ImportRSAPublicKey(certificate.PublicKey.EncodedKeyValue.RawData, out _);
        return rsa;
    }
}
