using Answerprint.Provenance.Claims;

namespace Answerprint.Provenance.Verification;

/// <summary>Checks one manifest by itself: its claim, signature and assertions, not its bytes in a file nor its ingredients' manifests.</summary>
internal sealed class ClaimVerifier(ManifestStore store, SignatureVerifier signatures, IReadOnlySet<string> redacted)
{
    /// <summary>Records the findings; the claim is null when it cannot be read.</summary>
    public (Claim? Claim, ReportedSigner? Signer) Verify(Manifest manifest, StatusLog log)
    {
        var url = manifest.Uri(AssertionLabels.ClaimV2);
        if (manifest.Claims.Count != 1)
        {
            log.Fail(manifest.Claims.Count == 0 ? StatusCodes.ClaimMissing : StatusCodes.ClaimMultiple, url);
            return (null, null);
        }
        Claim? claim;
        try
        {
            claim = store.ReadClaim(manifest);
        }
        catch (CredentialFormatException e)
        {
            log.Fail(StatusCodes.ClaimCborInvalid, url, e.Message);
            return (null, null);
        }
        if (claim is null || !HasRequiredFields(claim))
        {
            log.Fail(StatusCodes.ClaimMalformed, url);
            if (claim is null) return (null, null);
        }
        var signer = signatures.Verify(store, claim, log);
        new AssertionVerifier(store, redacted).Verify(claim, log);
        CheckKinds(claim, log);
        ActionVerifier.Verify(store, claim, log);
        return (claim, signer);
    }

    private static bool HasRequiredFields(Claim claim)
    {
        var map = claim.Map;
        if (string.IsNullOrEmpty(map["instanceID"]?.AsText) || map["signature"]?.AsText is null || claim.Assertions.Count == 0) return false;
        return claim.Version == 1 ? map["claim_generator"]?.AsText is not null : map["claim_generator_info"]?["name"]?.AsText is not null;
    }

    /// <summary>The assertions that a standard, or an update, manifest must or must not have (section 15.10.1).</summary>
    private static void CheckKinds(Claim claim, StatusLog log)
    {
        var url = claim.Manifest.Uri();
        var bindings = claim.Assertions.Count(a => AssertionLabels.IsHardBinding(a.Label));
        var ingredients = IngredientAssertion.Of(claim).ToList();
        var parents = ingredients.Count(i => i.Relationship == "parentOf");
        if (claim.Manifest.IsUpdate)
        {
            if (ingredients.Count != 1 || parents != 1) log.Fail(StatusCodes.UpdateWrongParents, url);
            if (claim.Assertions.Any(a => a.Label.StartsWith(AssertionLabels.HashPrefix, StringComparison.Ordinal) || a.Label.StartsWith("c2pa.thumbnail", StringComparison.Ordinal)))
                log.Fail(StatusCodes.UpdateInvalid, url);
            return;
        }
        if (bindings == 0) log.Fail(StatusCodes.HardBindingsMissing, url);
        if (bindings > 1) log.Fail(StatusCodes.MultipleHardBindings, url);
        if (parents > 1) log.Fail(StatusCodes.MultipleParents, url);
    }
}
