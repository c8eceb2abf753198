using System.Security.Cryptography;
using Answerprint.Provenance.Cbor;
using Answerprint.Provenance.Verification;

namespace Answerprint.Provenance.Claims;

/// <summary>Takes ingredients' manifests along: reads and verifies each store, keeps what was found, and sees that no two manifests share a label.</summary>
internal sealed class HistoryCarrier(System.Security.Cryptography.X509Certificates.X509Certificate2Collection roots, DateTimeOffset now)
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> taken = new(StringComparer.Ordinal);

    public Dictionary<Ingredient, CarriedHistory> Histories { get; } = [];

    /// <summary>Ingredients whose history could not be taken along, and why.</summary>
    public List<string> Dropped { get; } = [];

    /// <param name="ingredient">An ingredient with a manifest store.</param>
    /// <param name="bind">Checks the store against the ingredient's bytes where they are at hand, otherwise null.</param>
    public void Take(Ingredient ingredient, Action<ManifestStore, Claim, StatusLog>? bind)
    {
        try
        {
            var store = ManifestStore.Read(ingredient.ManifestStore!.Value);
            if (store.Manifests.FirstOrDefault(IsAnother) is { } clash)
            {
                Dropped.Add($"{ingredient.Title}: its manifest {clash.Label} differs from one already taken along");
                return;
            }
            if (store.Active.Signature is null)
            {
                Dropped.Add($"{ingredient.Title}: its active manifest has no signature");
                return;
            }
            foreach (var manifest in store.Manifests) taken[manifest.Label] = manifest.Box.Bytes;
            Histories[ingredient] = new(store.Manifests, Reference(store.Active.Uri(), store.Active.Box), Reference(store.Active.Uri(AssertionLabels.Signature), store.Active.Signature), Verify(store, bind));
        }
        catch (CredentialFormatException e)
        {
            Dropped.Add($"{ingredient.Title}: {e.Message}");
        }
    }

    private bool IsAnother(Manifest manifest) => taken.TryGetValue(manifest.Label, out var present) && !present.Span.SequenceEqual(manifest.Box.Bytes.Span);

    private static HashedUri Reference(string url, Jumbf.JumbfSuperBox box) => new(url, box.Hash(HashAlgorithmName.SHA256).ToArray(), HashedUri.DefaultAlgorithm);

    /// <summary>The validation-results-map of an ingredient (section 18.15.12.4.3).</summary>
    private CborValue Verify(ManifestStore store, Action<ManifestStore, Claim, StatusLog>? bind)
    {
        var verifier = new StoreVerifier(store, roots, now);
        verifier.Verify();
        if (bind is not null && verifier.Active is { } claim) bind(store, claim, verifier.Log);
        var deltas = verifier.Ingredients.Select(i => CborValue.Map(
            ("ingredientAssertionURI", CborValue.Text(i.AssertionUri)),
            ("validationDeltas", StatusMap(NewFailures(i))))).ToList();
        return CborValue.Map(("activeManifest", StatusMap(verifier.Log.Statuses)), ("ingredientDeltas", deltas.Count == 0 ? null : CborValue.Array(deltas)));
    }

    /// <summary>What speaks against a deeper ingredient and is not yet written in its own assertion.</summary>
    private static IEnumerable<ValidationStatus> NewFailures(IngredientFinding finding)
    {
        var known = finding.Assertion.AcknowledgedFailures().ToHashSet();
        return finding.Log.Statuses.Where(s => s.Kind == StatusKind.Failure && !known.Contains((s.Code, s.Url)));
    }

    private static CborValue StatusMap(IEnumerable<ValidationStatus> statuses)
    {
        var all = statuses.ToLookup(s => s.Kind, s => CborValue.Map(
            ("code", CborValue.Text(s.Code)), ("url", CborValue.Text(s.Url)), ("explanation", CborValue.Text(s.Explanation))));
        return CborValue.Map(
            ("success", CborValue.Array([.. all[StatusKind.Success]])),
            ("informational", CborValue.Array([.. all[StatusKind.Informational]])),
            ("failure", CborValue.Array([.. all[StatusKind.Failure]])));
    }
}
