using Answerprint.Provenance.Cbor;
using Answerprint.Provenance.Claims;

namespace Answerprint.Provenance.Verification;

/// <summary>Turns claims into what people and programs read; states nothing of its own.</summary>
internal static class ManifestReporter
{
    public static ReportedManifest Report(StoreVerifier verifier, Manifest manifest, bool examine)
    {
        var (claim, signer, _) = examine ? verifier.Examine(manifest) : default;
        if (claim is null) return new() { Label = manifest.Label };
        return new()
        {
            Label = manifest.Label,
            ClaimVersion = claim.Version,
            Title = claim.Map["dc:title"]?.AsText,
            Generator = Generator(claim),
            InstanceId = claim.Map["instanceID"]?.AsText,
            Signer = signer,
            Assertions = [.. claim.Assertions.Select(a => a.Label)],
            Actions = [.. Actions(claim)],
            Ingredients = [.. Ingredients(verifier, claim)],
            Record = DataOf(claim, AssertionLabels.Record).Select(RecordAssertion.Read).FirstOrDefault(),
            AiDisclosures = [.. DataOf(claim, AssertionLabels.AiDisclosure).Select(Disclosure).OfType<AiDisclosure>()],
        };
    }

    private static IEnumerable<CborValue> DataOf(Claim claim, string label) =>
        claim.Assertions.Where(a => AssertionLabels.Base(a.Label) == label && a.Data is not null).Select(a => a.Data!);

    private static SoftwareAgent? Generator(Claim claim)
    {
        var info = claim.Map["claim_generator_info"];
        var first = info?.AsArray is { Count: > 0 } several ? several[0] : info;
        return Agent(first) ?? (claim.Map["claim_generator"]?.AsText is { } text ? new(text) : null);
    }

    private static SoftwareAgent? Agent(CborValue? value) =>
        value?.AsText is { } text ? new(text) : value?["name"]?.AsText is { } name ? new(name, value["version"]?.AsText) : null;

    private static IEnumerable<ReportedAction> Actions(Claim claim)
    {
        foreach (var action in claim.Assertions.Where(a => AssertionLabels.IsActions(a.Label)).SelectMany(a => a.Data?["actions"]?.AsArray ?? []))
        {
            if (action["action"]?.AsText is not { } name) continue;
            var when = action["when"];
            yield return new(
                name, action["digitalSourceType"]?.AsText, Agent(action["softwareAgent"]), action["description"]?.AsText, (when?.Tagged ?? when)?.AsText,
                [.. ActionVerifier.Ingredients(action).Select(r => r.Url[(r.Url.LastIndexOfAny(['/', '=']) + 1)..])]);
        }
    }

    private static IEnumerable<ReportedIngredient> Ingredients(StoreVerifier verifier, Claim claim)
    {
        var findings = verifier.Ingredients.DistinctBy(f => f.AssertionUri).ToDictionary(f => f.AssertionUri);
        foreach (var ingredient in IngredientAssertion.Of(claim))
        {
            var uri = claim.Manifest.Uri(AssertionLabels.Assertions, ingredient.Assertion.Label);
            var finding = findings.GetValueOrDefault(uri);
            yield return new(
                ingredient.Assertion.Label, ingredient.Data["dc:title"]?.AsText, ingredient.Relationship, ingredient.Data["dc:format"]?.AsText,
                ingredient.Data["instanceID"]?.AsText, ingredient.Data["description"]?.AsText, finding?.Manifest.Label, finding?.Log.Statuses ?? []);
        }
    }

    private static AiDisclosure? Disclosure(CborValue data) =>
        data["modelType"]?.AsText is { } type
            ? new(type, data["modelName"]?.AsText, data["modelIdentifier"]?.AsText, data["contentProfile"]?["humanOversightLevel"]?.AsText)
            : null;
}
