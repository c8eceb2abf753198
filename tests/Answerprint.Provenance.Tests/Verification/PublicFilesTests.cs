using System.Security.Cryptography.X509Certificates;
using Answerprint.Provenance.Tests.Samples;
using Answerprint.Provenance.Verification;

namespace Answerprint.Provenance.Tests.Verification;

/// <summary>Files that others signed, or tampered with, and what has to come out.</summary>
public sealed class PublicFilesTests
{
    private static readonly (string File, CredentialOutcome Outcome, bool Trusted, string? Code)[] Expected =
    [
        ("es256-edit.jpg", CredentialOutcome.Valid, true, null),
        ("es256-gen.jpg", CredentialOutcome.Valid, true, null),
        ("es256-gen.png", CredentialOutcome.Valid, true, null),
        ("private-ca.jpg", CredentialOutcome.Valid, false, StatusCodes.CredentialUntrusted),
        ("es256-gen.mp4", CredentialOutcome.Valid, true, null),
        // A binding that leaves out parts of boxes.
        ("video1.mp4", CredentialOutcome.Invalid, false, StatusCodes.GeneralError),
        ("video1_no_manifest.mp4", CredentialOutcome.None, false, null),
        ("public-testfiles/adobe-20220124-A.jpg", CredentialOutcome.None, false, null),
        ("public-testfiles/adobe-20220124-C.jpg", CredentialOutcome.Valid, true, null),
        ("public-testfiles/adobe-20220124-CA.jpg", CredentialOutcome.Valid, true, null),
        ("public-testfiles/adobe-20220124-CAI.jpg", CredentialOutcome.Valid, true, null),
        ("public-testfiles/adobe-20220124-CAICA.jpg", CredentialOutcome.Valid, true, null),
        ("public-testfiles/adobe-20220124-CICA.jpg", CredentialOutcome.Valid, true, null),
        // The tampered manifest is an ingredient's, and its faults are acknowledged by the claim that took it in.
        ("public-testfiles/adobe-20220124-CIE-sig-CA.jpg", CredentialOutcome.Valid, true, null),
        ("public-testfiles/adobe-20220124-E-dat-CA.jpg", CredentialOutcome.Invalid, false, StatusCodes.DataHashMismatch),
        ("public-testfiles/adobe-20220124-E-sig-CA.jpg", CredentialOutcome.Invalid, false, StatusCodes.SignatureMismatch),
        ("public-testfiles/adobe-20220124-XCA.jpg", CredentialOutcome.Invalid, false, StatusCodes.DataHashMismatch),
        // No time stamp, and a certificate that was good for one year.
        ("public-testfiles/nikon-20221019-building.jpeg", CredentialOutcome.Invalid, false, StatusCodes.OutsideValidity),
    ];

    [SharedDataFact]
    public void Every_public_file_comes_out_as_expected()
    {
        var wrong = new List<string>();
        foreach (var (file, outcome, trusted, code) in Expected)
        {
            var report = Verify(file, Studio.Now.AddDays(2));
            if (report.Outcome != outcome || report.IsTrusted != trusted || (code is not null && !report.Statuses.Any(s => s.Code == code && s.Kind == StatusKind.Failure)))
                wrong.Add($"{file}: {report.Outcome} trusted={report.IsTrusted} {report.Summary} {string.Join(", ", report.Statuses.Where(s => s.Kind == StatusKind.Failure))}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [SharedDataFact]
    public void A_camera_file_is_valid_while_its_certificate_was()
    {
        var report = Verify("public-testfiles/nikon-20221019-building.jpeg", new(2022, 10, 19, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal(CredentialOutcome.Valid, report.Outcome);
        Assert.False(report.IsTrusted);
    }

    [SharedDataFact]
    public void What_others_say_is_read()
    {
        var generated = Verify("es256-gen.jpg", Studio.Now).Active!;
        Assert.EndsWith("/trainedAlgorithmicMedia", generated.DigitalSourceType, StringComparison.Ordinal);
        Assert.Equal("inputTo", Assert.Single(generated.Ingredients).Relationship);
        Assert.Equal("ref-studio", generated.Generator!.Name);
        var disclosed = Verify("private-ca.jpg", Studio.Now.AddDays(2)).Active!;
        Assert.Equal("House Diffusion", Assert.Single(disclosed.AiDisclosures).ModelName);
        var composed = Verify("public-testfiles/adobe-20220124-CAICA.jpg", Studio.Now);
        Assert.Equal(1, composed.Active!.ClaimVersion);
        Assert.Equal(["parentOf", "componentOf"], composed.Active.Ingredients.Select(i => i.Relationship));
        Assert.True(composed.Manifests.Count > 1);
    }

    private static CredentialReport Verify(string file, DateTimeOffset now)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(SharedData.Path("data", "c2pa", "certs", "test_cert_root_bundle.pem"));
        using var stream = File.OpenRead(SharedData.Path(["data", "c2pa", .. file.Split('/')]));
        return ContentCredential.Verify(stream, roots, now);
    }
}
