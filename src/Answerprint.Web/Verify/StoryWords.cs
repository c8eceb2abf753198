using System.Globalization;
using System.Text.RegularExpressions;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Provenance.Verification;
using Answerprint.Web.Shell;
using StatusCodes = Answerprint.Provenance.Verification.StatusCodes;

namespace Answerprint.Web.Verify;

/// <summary>The terms of credentials in plain words.</summary>
internal static partial class StoryWords
{
    /// <summary>How the content came to be, by the IPTC vocabulary (or C2PA's own term).</summary>
    public static string Source(string? uri) => uri?[(uri.LastIndexOf('/') + 1)..] switch
    {
        null => "The file does not say how it came to be.",
        "trainedAlgorithmicMedia" => "Made by a generative model that was trained on other material.",
        "algorithmicMedia" => "Made by an algorithm that was not trained on other material.",
        "compositeWithTrainedAlgorithmicMedia" => "A mix, at least one part of which was made by a generative model that was trained on other material.",
        "compositeSynthetic" => "A mix, at least one part of which is synthetic.",
        "compositeCapture" => "A mix of parts that were all captured from life; nothing in it was generated.",
        "composite" => "A mix of parts; what each part is was not stated.",
        "digitalCapture" => "Captured from life by a digital camera.",
        "algorithmicallyEnhanced" => "Captured from life and then changed by an algorithm.",
        "digitalCreation" => "Made by a person with digital tools.",
        "humanEdits" => "Changed or corrected by a person.",
        "screenCapture" => "Captured from a screen.",
        "virtualRecording" => "A recording of a virtual scene.",
        "empty" => "A blank canvas.",
        var other => $"Stated as '{other}', a term that has no plain words here.",
    };

    public static string Action(string action) => action switch
    {
        "c2pa.created" => "Made",
        "c2pa.opened" => "Opened",
        "c2pa.placed" => "Placed in the picture",
        "c2pa.edited" => "Edited",
        "c2pa.cropped" => "Cropped",
        "c2pa.resized" => "Resized",
        "c2pa.converted" => "Converted",
        "c2pa.transcoded" => "Transcoded",
        "c2pa.published" => "Published",
        "c2pa.color_adjustments" => "Colours changed",
        "c2pa.drawing" => "Drawn on",
        "c2pa.filtered" => "Filtered",
        "c2pa.orientation" => "Turned",
        "c2pa.repackaged" => "Repackaged",
        "c2pa.redacted" => "Part of its record removed",
        "c2pa.unknown" => "Something not stated",
        _ => action,
    };

    /// <summary>A time in a credential as people read it; as it stands where it is none.</summary>
    public static string When(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
        ? at.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture) : text;

    /// <summary>What was found out, in a sentence that names the signer.</summary>
    public static string InOneSentence(CredentialReport report) => (report.Outcome, report.Active?.Signer) switch
    {
        (CredentialOutcome.Valid, { } signer) => $"{CommonName(signer.Subject)} signed it; the signature and every hash hold, and the certificate {(report.IsTrusted ? "leads" : "does not lead")} to this studio's root.",
        (CredentialOutcome.Invalid, { } signer) => $"{CommonName(signer.Subject)} signed something here, but this file is not what was signed, or the signature is not good.",
        _ => report.Summary,
    };

    /// <summary>What our own credentials say of an ingredient, in words and to a tenth of a percent; another's as it stands.</summary>
    public static string Ingredient(string description)
    {
        if (OwnIngredient().Match(description) is not { Success: true } own) return description;
        var share = double.Parse(own.Groups["share"].ValueSpan, CultureInfo.InvariantCulture);
        var rights = Enum.TryParse<RightsKind>(own.Groups["rights"].ValueSpan, out var kind) ? Home.Words.Of(kind) : own.Groups["rights"].Value;
        var owner = own.Groups["owner"].Value;
        return string.Create(CultureInfo.InvariantCulture, $"{share:0.#} % of the pixels, owned by {(owner.Length > 0 ? owner : "somebody not stated")}, {char.ToLowerInvariant(rights[0])}{rights[1..]}.");
    }

    [GeneratedRegex(@"^(?<share>\d{1,3}(\.\d{1,4})?) % of the pixels; owner: (?<owner>.{0,400}); rights: (?<rights>[A-Za-z]{1,40})$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex OwnIngredient();

    /// <summary>A kind of file by the name that people know; the media type where there is none.</summary>
    public static string Kind(string mediaType) => mediaType switch
    {
        "image/jpeg" => "JPEG picture",
        "image/png" => "PNG picture",
        "image/tiff" => "TIFF picture",
        "image/webp" => "WebP picture",
        "image/x-exr" => "EXR frame",
        "image/x-dpx" => "DPX frame",
        "video/mp4" => "MP4 video",
        "video/webm" => "WebM video",
        "video/quicktime" => "QuickTime video",
        _ => mediaType,
    };

    public static string Relationship(string? relationship) => relationship switch
    {
        "parentOf" => "the file it was made out of",
        "componentOf" => "a part of it",
        "inputTo" => "an input of the tool that made it",
        _ => "related to it",
    };

    public static (CredentialState State, string Heading, string Meaning) Verdict(CredentialReport report) => report.Outcome switch
    {
        CredentialOutcome.Valid when report.IsTrusted =>
            (CredentialState.Valid, "Signed by this studio, and unchanged since", "The signature, every hash and the chain to this studio's root certificate were checked. What the credential says is this studio's word."),
        CredentialOutcome.Valid =>
            (CredentialState.Valid, "Unchanged since it was signed, by someone this studio does not know", "Signature and hashes hold, so nobody changed the file since. Who signed is not vouched for by this studio's root; judge it by the name below."),
        CredentialOutcome.Invalid => (CredentialState.Invalid, "The credential does not hold", "The file, or what is written about it, is not what was signed. Nothing that it says can be relied on."),
        CredentialOutcome.None => (CredentialState.None, "No credential", "Nothing in this file says how it was made. That alone is no sign of anything: most files carry none, and many programs remove them."),
        _ => (CredentialState.None, "This kind of file cannot be read yet", "Credentials are read in JPEG, PNG and MP4 files so far, so nothing was checked."),
    };

    /// <summary>A finding in plain words; the code stays beside it.</summary>
    public static string Finding(ValidationStatus status) => status.Code switch
    {
        StatusCodes.DataHashMismatch => "The picture's bytes are not the ones that were signed.",
        StatusCodes.SignatureMismatch => "The signature does not fit what it claims to have signed.",
        StatusCodes.AssertionMismatch => "A statement about the file was changed after signing.",
        StatusCodes.AssertionMissing => "A statement that was signed is missing.",
        StatusCodes.CredentialUntrusted => "The signer's certificate does not lead to this studio's root.",
        StatusCodes.OutsideValidity => "The certificate is not valid today.",
        StatusCodes.CredentialInvalid => "The certificate may not sign credentials.",
        StatusCodes.DataHashMatch => "The picture's bytes are the ones that were signed.",
        StatusCodes.SignatureValidated => "The signature holds.",
        StatusCodes.CredentialTrusted => "The signer's certificate leads to this studio's root.",
        StatusCodes.InsideValidity => "The certificate is valid today.",
        StatusCodes.AssertionMatch => "A statement is the one that was signed.",
        StatusCodes.IngredientValidated => "An ingredient's own credential is the one that was taken along.",
        StatusCodes.UnknownProvenance => "An ingredient carries no credential of its own.",
        StatusCodes.OcspSkipped => "Whether the certificate was revoked was not asked online.",
        _ => status.Explanation ?? status.Code,
    };

    /// <summary>The common name within a distinguished name (RFC 4514), or the whole where it has none.</summary>
    public static string CommonName(string subject)
    {
        var at = subject.IndexOf("CN=", StringComparison.Ordinal);
        if (at < 0) return subject;
        var end = subject.IndexOf(',', at);
        return (end < 0 ? subject[(at + 3)..] : subject[(at + 3)..end]).Trim('"', ' ');
    }
}
