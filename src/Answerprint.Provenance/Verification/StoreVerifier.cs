using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Answerprint.Provenance.Claims;

namespace Answerprint.Provenance.Verification;

/// <summary>Checks a manifest store without its file: the active manifest and, through its ingredients, every manifest that it leans on (C2PA 2.2, section 15.11).</summary>
internal sealed class StoreVerifier
{
    private readonly ManifestStore store;
    private readonly ClaimVerifier claims;
    private readonly HashSet<string> redacted;
    private readonly HashSet<string> redactedManifests;
    private readonly Dictionary<string, (Claim? Claim, ReportedSigner? Signer, StatusLog Log)> verified = new(StringComparer.Ordinal);
    private readonly HashSet<string> visited = new(StringComparer.Ordinal);

    public StoreVerifier(ManifestStore store, X509Certificate2Collection roots, DateTimeOffset now)
    {
        this.store = store;
        redacted = FindRedactions(store);
        redactedManifests = redacted.Select(ManifestLabel).OfType<string>().ToHashSet(StringComparer.Ordinal);
        claims = new ClaimVerifier(store, new SignatureVerifier(roots, now), redacted);
    }

    /// <summary>Findings about the active manifest, and failures of the bonds between manifests anywhere in the lineage.</summary>
    public StatusLog Log { get; } = new();

    public List<IngredientFinding> Ingredients { get; } = [];

    public Claim? Active => verified[store.Active.Label].Claim;

    public void Verify()
    {
        var active = store.Active;
        var (claim, signer) = claims.Verify(active, Log);
        verified[active.Label] = (claim, signer, Log);
        visited.Add(active.Label);
        if (store.Find(active.Label) is null) Log.Fail(StatusCodes.GeneralError, active.Uri(), "two manifests with one label");
        if (claim is not null) Descend(claim);
    }

    /// <summary>The claim and signer of a manifest, checked at most once however often it is an ingredient.</summary>
    public (Claim? Claim, ReportedSigner? Signer, StatusLog Log) Examine(Manifest manifest)
    {
        if (verified.TryGetValue(manifest.Label, out var known)) return known;
        var log = new StatusLog();
        var (claim, signer) = claims.Verify(manifest, log);
        return verified[manifest.Label] = (claim, signer, log);
    }

    private void Descend(Claim root)
    {
        var pending = new Stack<(Claim Claim, StatusLog Log, AcknowledgedFailures? Acknowledged)>();
        pending.Push((root, Log, null));
        while (pending.TryPop(out var work))
        {
            foreach (var ingredient in IngredientAssertion.Of(work.Claim))
            {
                var url = work.Claim.Manifest.Uri(AssertionLabels.Assertions, ingredient.Assertion.Label);
                CheckForm(ingredient, url, work.Log);
                if (ingredient.ActiveManifest is not { } reference)
                {
                    if (ingredient.Relationship != "inputTo") work.Log.Inform(StatusCodes.UnknownProvenance, url);
                    continue;
                }
                var known = new AcknowledgedFailures(ingredient, work.Acknowledged);
                var target = store.ResolveManifest(reference.Url, work.Claim.Manifest);
                CheckBond(work.Claim, ingredient, reference, target, url, known);
                if (target is null) continue;
                var (claim, _, log) = Examine(target);
                Ingredients.Add(new(url, ingredient, target, log));
                if (claim is not null && visited.Add(target.Label)) pending.Push((claim, log, known));
            }
        }
    }

    private static void CheckForm(IngredientAssertion ingredient, string url, StatusLog log)
    {
        if (ingredient.Relationship is not ("parentOf" or "componentOf" or "inputTo")) log.Fail(StatusCodes.IngredientMalformed, url, "relationship missing or unknown");
        if (ingredient.HasUnreadableManifest) log.Fail(StatusCodes.IngredientMalformed, url, "manifest reference without URL");
        if (ingredient is { IsVersion3: true, ActiveManifest: not null, HasResults: false }) log.Fail(StatusCodes.IngredientMalformed, url, "manifest without validation results");
    }

    /// <summary>The manifest is the one that was taken along (15.11.3.3.2), or, once redacted, its signature is (15.11.3.3.1).</summary>
    private void CheckBond(
        Claim claim, IngredientAssertion ingredient, HashedUri reference, Manifest? target, string url, AcknowledgedFailures acknowledged)
    {
        if (target is null)
        {
            Record(StatusCodes.IngredientManifestMissing, url, acknowledged);
            return;
        }
        if (Matches(reference, claim, target.Box.Hash))
        {
            Log.Success(StatusCodes.IngredientValidated, url);
            return;
        }
        if (claim.Version == 1 && Examine(target).Claim is { } older && Matches(reference, claim, older.HashEncoded))
        {
            // Writers of version 1 claims hashed the ingredient's claim alone.
            Log.Success(StatusCodes.IngredientValidated, url);
            Adopt(target, acknowledged);
            return;
        }
        if (!redactedManifests.Contains(target.Label))
        {
            Record(StatusCodes.IngredientManifestMismatch, url, acknowledged);
            return;
        }
        if (ingredient.ClaimSignature is not { } signature || store.Resolve(signature.Url, claim.Manifest) is not { } box) Record(StatusCodes.IngredientSignatureMissing, url, acknowledged);
        else if (!ReferenceEquals(box, target.Signature) || !Matches(signature, claim, box.Hash)) Record(StatusCodes.IngredientSignatureMismatch, url, acknowledged);
        else
        {
            Log.Success(StatusCodes.IngredientSignatureValidated, url);
            Adopt(target, acknowledged);
        }
    }

    /// <summary>Where the bond covers a part of the ingredient's manifest only, what was found about the rest counts here too.</summary>
    private void Adopt(Manifest target, AcknowledgedFailures acknowledged)
    {
        foreach (var failure in Examine(target).Log.Statuses.Where(s => s.Kind == StatusKind.Failure && s.Code != StatusCodes.CredentialUntrusted))
        {
            if (!acknowledged.Contains(failure.Code, failure.Url)) Log.Fail(failure.Code, failure.Url, failure.Explanation);
        }
    }

    private void Record(string code, string url, AcknowledgedFailures acknowledged)
    {
        if (acknowledged.Contains(code, url)) Log.Inform(code, url, "known when the ingredient was taken in");
        else Log.Fail(code, url);
    }

    private static bool Matches(HashedUri reference, Claim claim, HashOf hashOf) =>
        reference.Hash is { } hash && HashedUri.AlgorithmName(reference.Algorithm ?? claim.Algorithm) is { } algorithm && hash.Span.SequenceEqual(hashOf(algorithm));

    private delegate ReadOnlySpan<byte> HashOf(HashAlgorithmName algorithm);

    /// <summary>
    /// What the claims of the lineage redact. Claims outside it have no say, since anyone can add a manifest to a store;
    /// nor has any claim a say over the active manifest, which nothing follows.
    /// </summary>
    private static HashSet<string> FindRedactions(ManifestStore store)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal) { store.Active.Label };
        var pending = new Stack<Manifest>([store.Active]);
        while (pending.TryPop(out var manifest))
        {
            if (TryReadClaim(store, manifest) is not { } claim) continue;
            found.UnionWith(claim.Redacted.Where(uri => ManifestLabel(uri) is { } label && label != store.Active.Label && label != manifest.Label));
            foreach (var reference in IngredientAssertion.Of(claim).Select(i => i.ActiveManifest).OfType<HashedUri>())
            {
                if (store.ResolveManifest(reference.Url, manifest) is { } next && seen.Add(next.Label)) pending.Push(next);
            }
        }
        return found;
    }

    private static Claim? TryReadClaim(ManifestStore store, Manifest manifest)
    {
        try
        {
            return manifest.Claims.Count == 1 ? store.ReadClaim(manifest) : null;
        }
        catch (CredentialFormatException)
        {
            return null; // the claim's own check reports it
        }
    }

    /// <summary>LABEL of "self#jumbf=/c2pa/LABEL/...".</summary>
    private static string? ManifestLabel(string uri) =>
        uri.Split('/') is [ManifestStore.UriPrefix, AssertionLabels.Store, var label, ..] ? label : null;
}
