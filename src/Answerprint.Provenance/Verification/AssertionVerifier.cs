using Answerprint.Provenance.Claims;
using Answerprint.Provenance.Jumbf;

namespace Answerprint.Provenance.Verification;

/// <summary>Checks that the assertions are exactly those of the claim, unchanged, and that references inside them hold (C2PA 2.2, section 15.10.3).</summary>
internal sealed class AssertionVerifier(ManifestStore store, IReadOnlySet<string> redacted)
{
    public void Verify(Claim claim, StatusLog log)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var assertion in claim.Assertions)
        {
            var url = claim.Manifest.Uri(AssertionLabels.Assertions, assertion.Label);
            if (!listed.Add(assertion.Label)) log.Fail(StatusCodes.ClaimMalformed, url, "listed twice");
            else if (redacted.Contains(url)) CheckRedacted(assertion, url, log);
            else if (assertion.Box is null) log.Fail(store.Resolve(assertion.Reference.Url, claim.Manifest) is null ? StatusCodes.AssertionMissing : StatusCodes.AssertionOutside, url);
            else CheckContent(claim, assertion, assertion.Box, url, log);
        }
        foreach (var box in claim.Manifest.AssertionStore?.Children ?? [])
        {
            if (!listed.Contains(box.Label)) log.Fail(StatusCodes.AssertionUndeclared, claim.Manifest.Uri(AssertionLabels.Assertions, box.Label));
        }
        foreach (var uri in claim.Redacted)
        {
            if (uri.StartsWith(claim.Manifest.Uri() + "/", StringComparison.Ordinal) || !uri.StartsWith(ManifestStore.UriPrefix + "/", StringComparison.Ordinal))
                log.Fail(StatusCodes.SelfRedacted, uri);
        }
    }

    private static void CheckRedacted(AssertionReference assertion, string url, StatusLog log)
    {
        if (AssertionLabels.IsActions(assertion.Label)) log.Fail("assertion.action.redacted", url);
        else if (AssertionLabels.IsHardBinding(assertion.Label)) log.Fail("assertion.dataHash.redacted", url);
        else if (assertion.Box is { } box && box.Contents.Any(c => c.Payload.Span.IndexOfAnyExcept((byte)0) >= 0)) log.Fail(StatusCodes.NotRedacted, url);
    }

    private void CheckContent(Claim claim, AssertionReference assertion, JumbfSuperBox box, string url, StatusLog log)
    {
        if (!Matches(assertion.Reference, claim.Algorithm, box, url, StatusCodes.AssertionMismatch, log)) return;
        log.Success(StatusCodes.AssertionMatch, url);
        if (box.Content(JumbfTypes.Cbor) is not null && assertion.Data is null)
        {
            log.Fail(StatusCodes.AssertionCborInvalid, url);
            return;
        }
        foreach (var reference in ReferencesIn(assertion)) CheckReference(claim, reference, url, log);
    }

    /// <summary>The hashed URIs of the standard assertions, except those that lead to ingredient manifests.</summary>
    private static IEnumerable<HashedUri> ReferencesIn(AssertionReference assertion)
    {
        if (assertion.Data is not { } data) yield break;
        if (AssertionLabels.IsIngredient(assertion.Label))
        {
            if (HashedUri.From(data["thumbnail"]) is { } thumbnail) yield return thumbnail;
            if (HashedUri.From(data["data"]) is { } content) yield return content;
        }
        else if (AssertionLabels.IsActions(assertion.Label))
        {
            foreach (var action in data["actions"]?.AsArray ?? [])
            {
                foreach (var ingredient in ActionVerifier.Ingredients(action)) yield return ingredient;
            }
        }
    }

    private void CheckReference(Claim claim, HashedUri reference, string url, StatusLog log)
    {
        if (!reference.Url.StartsWith(ManifestStore.UriPrefix, StringComparison.Ordinal)) return; // external data is not fetched
        if (store.Resolve(reference.Url, claim.Manifest) is not { } box)
        {
            if (!redacted.Contains(reference.Url)) log.Fail(StatusCodes.ReferenceMissing, url, reference.Url);
            return;
        }
        Matches(reference, claim.Algorithm, box, url, StatusCodes.ReferenceMismatch, log);
    }

    private static bool Matches(HashedUri reference, string? claimAlgorithm, JumbfSuperBox box, string url, string mismatch, StatusLog log)
    {
        if (HashedUri.AlgorithmName(reference.Algorithm ?? claimAlgorithm) is not { } algorithm)
        {
            log.Fail(StatusCodes.AlgorithmUnsupported, url, reference.Algorithm ?? claimAlgorithm);
            return false;
        }
        if (reference.Hash is { } hash && hash.Span.SequenceEqual(box.Hash(algorithm))) return true;
        log.Fail(mismatch, url, reference.Url);
        return false;
    }
}
