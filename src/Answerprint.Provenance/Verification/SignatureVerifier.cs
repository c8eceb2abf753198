using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Answerprint.Provenance.Claims;
using Answerprint.Provenance.Jumbf;
using Answerprint.Provenance.Signing;

namespace Answerprint.Provenance.Verification;

/// <summary>Checks a claim's signature, the certificate behind it and its chain (C2PA 2.2, sections 13.2, 14 and 15.7).</summary>
internal sealed class SignatureVerifier(X509Certificate2Collection roots, DateTimeOffset now)
{
    /// <summary>Records the findings and returns who signed, when the certificate can be read.</summary>
    public ReportedSigner? Verify(ManifestStore store, Claim claim, StatusLog log)
    {
        var manifest = claim.Manifest;
        var url = manifest.Uri(AssertionLabels.Signature);
        var box = claim.Map["signature"]?.AsText is { } uri ? store.Resolve(uri, manifest) : null;
        if (box is null || !ReferenceEquals(box, manifest.Signature) || box.Content(JumbfTypes.Cbor) is not { } encoded)
        {
            log.Fail(StatusCodes.SignatureMissing, url);
            return null;
        }
        CoseSign1? message;
        string? fault;
        try
        {
            (message, fault) = CoseSign1.Read(encoded);
        }
        catch (CredentialFormatException e)
        {
            (message, fault) = (null, e.Message);
        }
        if (message is null)
        {
            log.Fail(StatusCodes.SignatureMismatch, url, fault);
            return null;
        }
        return VerifyMessage(message, claim.Encoded, url, log);
    }

    private ReportedSigner? VerifyMessage(CoseSign1 message, ReadOnlyMemory<byte> claim, string url, StatusLog log)
    {
        var chain = new List<X509Certificate2>(message.Chain.Count);
        try
        {
            foreach (var der in message.Chain) chain.Add(X509CertificateLoader.LoadCertificate(der.Span));
            if (!chain[0].RawDataMemory.Span.SequenceEqual(message.Chain[0].Span)) throw new CryptographicException("The certificate is not exactly one DER value.");
            CheckCredential(chain, url, log);
            CheckSignature(message, claim, chain[0], url, log);
            CheckPadding(message, url, log);
            return new(chain[0].Subject, chain[0].Issuer, chain[0].SerialNumber, CoseAlgorithm.Name(message.Algorithm), chain[0].NotBefore.ToUniversalTime(), chain[0].NotAfter.ToUniversalTime());
        }
        catch (CryptographicException e)
        {
            log.Fail(StatusCodes.CredentialInvalid, url, e.Message);
            return null;
        }
        finally
        {
            foreach (var certificate in chain) certificate.Dispose();
        }
    }

    private void CheckCredential(List<X509Certificate2> chain, string url, StatusLog log)
    {
        if (CertificateProfile.Fault(chain[0]) is { } fault) log.Fail(StatusCodes.CredentialInvalid, url, fault);
        var trustFault = TrustFault(chain);
        if (trustFault is null) log.Success(StatusCodes.CredentialTrusted, url);
        else log.Fail(StatusCodes.CredentialUntrusted, url, trustFault);
        if (now >= chain[0].NotBefore && now <= chain[0].NotAfter) log.Success(StatusCodes.InsideValidity, url);
        else log.Fail(StatusCodes.OutsideValidity, url, $"valid from {chain[0].NotBefore:u} to {chain[0].NotAfter:u}, verified at {now:u}");
        log.Inform(StatusCodes.OcspSkipped, url, "revocation is not checked");
    }

    /// <summary>Path validation by the framework (RFC 5280, section 6) against the given roots only; nothing is downloaded.</summary>
    private string? TrustFault(List<X509Certificate2> chain)
    {
        if (roots.Count == 0) return "no roots were given";
        using var path = new X509Chain();
        path.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        path.ChainPolicy.CustomTrustStore.AddRange(roots);
        path.ChainPolicy.ExtraStore.AddRange(chain.Skip(1).ToArray());
        path.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        path.ChainPolicy.DisableCertificateDownloads = true;
        path.ChainPolicy.VerificationTime = now.UtcDateTime;
        path.ChainPolicy.VerificationTimeIgnored = false;
        try
        {
            if (path.Build(chain[0])) return null;
            return string.Join("; ", path.ChainStatus.Select(s => s.StatusInformation.Trim()).Distinct());
        }
        finally
        {
            foreach (var element in path.ChainElements) element.Certificate.Dispose();
        }
    }

    private static void CheckSignature(CoseSign1 message, ReadOnlyMemory<byte> claim, X509Certificate2 leaf, string url, StatusLog log)
    {
        var toBeSigned = CoseSign1.ToBeSigned(message.Protected, claim);
        switch (CoseAlgorithm.Verify(message.Algorithm, leaf, toBeSigned, message.Signature.Span))
        {
            case true:
                log.Success(StatusCodes.SignatureValidated, url);
                break;
            case false:
                log.Fail(StatusCodes.SignatureMismatch, url);
                break;
            default:
                log.Fail(StatusCodes.AlgorithmUnsupported, url, $"{CoseAlgorithm.Name(message.Algorithm)} with this key has no verifier here");
                break;
        }
    }

    /// <summary>The unprotected header is not signed: it may hold zeros as padding, time stamps and revocation values, and nothing else that could speak.</summary>
    private static void CheckPadding(CoseSign1 message, string url, StatusLog log)
    {
        foreach (var (key, value) in message.Unprotected.AsMap!)
        {
            if (key.AsText is "pad" or "pad2" && value.AsBytes is { } pad && pad.Span.IndexOfAnyExcept((byte)0) < 0) continue;
            if (key.AsText is "sigTst" or "sigTst2" or "rVals" or "x5chain" || key.AsInt64 == 33) continue;
            log.Fail(StatusCodes.SignatureMismatch, url, "unsigned data in the signature box");
        }
    }
}
