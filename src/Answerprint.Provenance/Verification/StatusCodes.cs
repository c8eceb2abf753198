namespace Answerprint.Provenance.Verification;

/// <summary>Standard status codes (C2PA 2.2, section 15.2.2) that this verifier gives.</summary>
public static class StatusCodes
{
    /// <summary>The hash of an assertion, or of what an assertion refers to, is the declared one.</summary>
    public const string AssertionMatch = "assertion.hashedURI.match";

    /// <summary>The asset's bytes are the ones that were signed.</summary>
    public const string DataHashMatch = "assertion.dataHash.match";

    /// <summary>The boxes of the file are those that were signed.</summary>
    public const string BmffHashMatch = "assertion.bmffHash.match";

    /// <summary>The claim signature verifies.</summary>
    public const string SignatureValidated = "claimSignature.validated";

    /// <summary>The moment of verification lies within the signing certificate's validity.</summary>
    public const string InsideValidity = "claimSignature.insideValidity";

    /// <summary>The signing certificate chains to a given root.</summary>
    public const string CredentialTrusted = "signingCredential.trusted";

    /// <summary>The ingredient's manifest is the one that was taken along.</summary>
    public const string IngredientValidated = "ingredient.manifest.validated";

    /// <summary>The ingredient's claim signature is the one that was taken along; its manifest was redacted since.</summary>
    public const string IngredientSignatureValidated = "ingredient.claimSignature.validated";

    /// <summary>The ingredient has no manifest.</summary>
    public const string UnknownProvenance = "ingredient.unknownProvenance";

    /// <summary>The binding leaves out more of the asset than the manifest store.</summary>
    public const string AdditionalExclusions = "assertion.dataHash.additionalExclusionsPresent";

    /// <summary>No online check of revocation was made.</summary>
    public const string OcspSkipped = "signingCredential.ocsp.skipped";

    /// <summary>An error without a code of its own.</summary>
    public const string GeneralError = "general.error";

    /// <summary>A hash or signature algorithm is missing or not supported here.</summary>
    public const string AlgorithmUnsupported = "algorithm.unsupported";

    /// <summary>The manifest has no claim.</summary>
    public const string ClaimMissing = "claim.missing";

    /// <summary>The manifest has more than one claim.</summary>
    public const string ClaimMultiple = "claim.multiple";

    /// <summary>The claim is not well-formed CBOR.</summary>
    public const string ClaimCborInvalid = "claim.cbor.invalid";

    /// <summary>The claim lacks a required field.</summary>
    public const string ClaimMalformed = "claim.malformed";

    /// <summary>Nothing binds the manifest to the asset.</summary>
    public const string HardBindingsMissing = "claim.hardBindings.missing";

    /// <summary>More than one assertion binds the manifest to the asset.</summary>
    public const string MultipleHardBindings = "assertion.multipleHardBindings";

    /// <summary>The claim's signature is not in its manifest.</summary>
    public const string SignatureMissing = "claimSignature.missing";

    /// <summary>The claim signature does not verify.</summary>
    public const string SignatureMismatch = "claimSignature.mismatch";

    /// <summary>The moment of verification lies outside the signing certificate's validity.</summary>
    public const string OutsideValidity = "claimSignature.outsideValidity";

    /// <summary>The certificate may not sign claims, or cannot be read.</summary>
    public const string CredentialInvalid = "signingCredential.invalid";

    /// <summary>The signing certificate chains to none of the given roots.</summary>
    public const string CredentialUntrusted = "signingCredential.untrusted";

    /// <summary>An assertion that the claim lists is not there.</summary>
    public const string AssertionMissing = "assertion.missing";

    /// <summary>An assertion is not the one that was signed.</summary>
    public const string AssertionMismatch = "assertion.hashedURI.mismatch";

    /// <summary>An assertion that the claim lists is in another manifest.</summary>
    public const string AssertionOutside = "assertion.outsideManifest";

    /// <summary>An assertion is in the manifest but not in the claim.</summary>
    public const string AssertionUndeclared = "assertion.undeclared";

    /// <summary>A standard assertion is not well-formed CBOR.</summary>
    public const string AssertionCborInvalid = "assertion.cbor.invalid";

    /// <summary>A claim redacts one of its own assertions.</summary>
    public const string SelfRedacted = "assertion.selfRedacted";

    /// <summary>A redacted assertion still has content.</summary>
    public const string NotRedacted = "assertion.notRedacted";

    /// <summary>An actions assertion breaks a rule.</summary>
    public const string ActionMalformed = "assertion.action.malformed";

    /// <summary>An action lacks the ingredient that it needs.</summary>
    public const string ActionIngredientMismatch = "assertion.action.ingredientMismatch";

    /// <summary>An ingredient assertion breaks a rule.</summary>
    public const string IngredientMalformed = "assertion.ingredient.malformed";

    /// <summary>A reference inside an assertion leads nowhere.</summary>
    public const string ReferenceMissing = "hashedURI.missing";

    /// <summary>What a reference inside an assertion leads to is not what was signed.</summary>
    public const string ReferenceMismatch = "hashedURI.mismatch";

    /// <summary>The data hash assertion breaks a rule.</summary>
    public const string DataHashMalformed = "assertion.dataHash.malformed";

    /// <summary>The asset's bytes are not the ones that were signed.</summary>
    public const string DataHashMismatch = "assertion.dataHash.mismatch";

    /// <summary>The boxes of the file are not those that were signed.</summary>
    public const string BmffHashMismatch = "assertion.bmffHash.mismatch";

    /// <summary>More than one ingredient is the parent.</summary>
    public const string MultipleParents = "manifest.multipleParents";

    /// <summary>An update manifest has not exactly one parent.</summary>
    public const string UpdateWrongParents = "manifest.update.wrongParents";

    /// <summary>An update manifest holds what it may not.</summary>
    public const string UpdateInvalid = "manifest.update.invalid";

    /// <summary>An ingredient's manifest is not in the store.</summary>
    public const string IngredientManifestMissing = "ingredient.manifest.missing";

    /// <summary>An ingredient's manifest is not the one that was taken along.</summary>
    public const string IngredientManifestMismatch = "ingredient.manifest.mismatch";

    /// <summary>An ingredient's claim signature is not in the store.</summary>
    public const string IngredientSignatureMissing = "ingredient.claimSignature.missing";

    /// <summary>An ingredient's claim signature is not the one that was taken along.</summary>
    public const string IngredientSignatureMismatch = "ingredient.claimSignature.mismatch";
}
