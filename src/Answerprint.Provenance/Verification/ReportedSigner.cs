namespace Answerprint.Provenance.Verification;

/// <summary>The certificate that signed a claim.</summary>
/// <param name="Subject">Distinguished name of who signed.</param>
/// <param name="Issuer">Distinguished name of who issued the certificate.</param>
/// <param name="SerialNumber">Serial number in hexadecimal.</param>
/// <param name="Algorithm">Signature algorithm, for example "ES256".</param>
/// <param name="NotBefore">Start of validity.</param>
/// <param name="NotAfter">End of validity.</param>
public sealed record ReportedSigner(string Subject, string Issuer, string SerialNumber, string Algorithm, DateTimeOffset NotBefore, DateTimeOffset NotAfter);
