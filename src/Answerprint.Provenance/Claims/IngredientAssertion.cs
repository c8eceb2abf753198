using Answerprint.Provenance.Cbor;

namespace Answerprint.Provenance.Claims;

/// <summary>An ingredient assertion of any version as read (C2PA 2.2, section 18.15.6).</summary>
internal sealed record IngredientAssertion(AssertionReference Assertion, CborValue Data)
{
    public string? Relationship => Data["relationship"]?.AsText;

    /// <summary>The ingredient's own manifest: activeManifest since version 3, c2pa_manifest before.</summary>
    public HashedUri? ActiveManifest => HashedUri.From(Data["activeManifest"] ?? Data["c2pa_manifest"]);

    public HashedUri? ClaimSignature => HashedUri.From(Data["claimSignature"]);

    public bool HasUnreadableManifest => (Data["activeManifest"] ?? Data["c2pa_manifest"]) is not null && ActiveManifest is null;

    public bool IsVersion3 => AssertionLabels.Base(Assertion.Label) == AssertionLabels.IngredientV3;

    public bool HasResults => Data["validationResults"]?.AsMap is not null;

    public static IEnumerable<IngredientAssertion> Of(Claim claim) =>
        from assertion in claim.Assertions
        where AssertionLabels.IsIngredient(assertion.Label) && assertion.Data?.AsMap is not null
        select new IngredientAssertion(assertion, assertion.Data!);

    /// <summary>Failures (code and URL) that the claim generator saw and accepted when it took the ingredient in.</summary>
    public IEnumerable<(string Code, string? Url)> AcknowledgedFailures()
    {
        var results = Data["validationResults"];
        var maps = new List<CborValue?> { results?["activeManifest"] };
        foreach (var delta in results?["ingredientDeltas"]?.AsArray ?? []) maps.Add(delta["validationDeltas"]);
        foreach (var status in maps.SelectMany(m => m?["failure"]?.AsArray ?? []).Concat(Data["validationStatus"]?.AsArray ?? []))
        {
            if (status["code"]?.AsText is { } code) yield return (code, status["url"]?.AsText);
        }
    }
}
