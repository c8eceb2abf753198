using Answerprint.Provenance.Cbor;
using Answerprint.Provenance.Claims;

namespace Answerprint.Provenance.Verification;

/// <summary>Checks the actions of a claim: one beginning, and ingredients where an action needs them (C2PA 2.2, sections 15.10.1.2 and 15.10.3.2.2).</summary>
internal static class ActionVerifier
{
    private static readonly string[] UpdateActions = ["c2pa.edited.metadata", ManifestAction.OpenedName, "c2pa.published", "c2pa.redacted"];

    /// <summary>The ingredients that an action refers to: parameters.ingredients, or parameters.ingredient of version 1.</summary>
    public static IEnumerable<HashedUri> Ingredients(CborValue action)
    {
        var parameters = action["parameters"];
        foreach (var item in parameters?["ingredients"]?.AsArray ?? [])
        {
            if (HashedUri.From(item) is { } reference) yield return reference;
        }
        if (HashedUri.From(parameters?["ingredient"]) is { } single) yield return single;
    }

    public static void Verify(ManifestStore store, Claim claim, StatusLog log)
    {
        var relationships = new Dictionary<object, string?>(ReferenceEqualityComparer.Instance);
        foreach (var ingredient in IngredientAssertion.Of(claim))
        {
            if (ingredient.Assertion.Box is { } box) relationships[box] = ingredient.Relationship;
        }
        var beginnings = 0;
        var assertionIndex = 0;
        foreach (var assertion in claim.Assertions.Where(a => AssertionLabels.IsActions(a.Label)))
        {
            var url = claim.Manifest.Uri(AssertionLabels.Assertions, assertion.Label);
            var actions = assertion.Data?["actions"]?.AsArray;
            if (actions is not { Count: > 0 } || actions.Any(a => a["action"]?.AsText is null)) log.Fail(StatusCodes.ActionMalformed, url, "no actions, or one without a name");
            for (var i = 0; i < (actions?.Count ?? 0); i++)
            {
                var action = actions![i];
                var name = action["action"]?.AsText;
                if (claim.Manifest.IsUpdate && !UpdateActions.Contains(name)) log.Fail(StatusCodes.UpdateInvalid, url, name);
                if (name is ManifestAction.CreatedName or ManifestAction.OpenedName)
                {
                    beginnings++;
                    if (assertionIndex > 0 || i > 0) log.Fail(StatusCodes.ActionMalformed, url, $"{name} is not the first action");
                }
                CheckIngredients(store, claim, action, name, relationships, url, log);
            }
            assertionIndex++;
        }
        // A version 1 claim may be without: the rule came with version 2.
        if (claim.Version >= 2 && !claim.Manifest.IsUpdate && beginnings != 1) log.Fail(StatusCodes.ActionMalformed, claim.Manifest.Uri(AssertionLabels.Assertions), $"{beginnings} actions c2pa.created or c2pa.opened, not 1");
    }

    private static void CheckIngredients(
        ManifestStore store, Claim claim, CborValue action, string? name, Dictionary<object, string?> relationships, string url, StatusLog log)
    {
        var wanted = name switch { ManifestAction.OpenedName => "parentOf", ManifestAction.PlacedName => "componentOf", _ => null };
        if (wanted is null) return;
        var boxes = Ingredients(action).Select(r => store.Resolve(r.Url, claim.Manifest)).ToList();
        var fits = boxes.Count > 0 && boxes.TrueForAll(b => b is not null && relationships.TryGetValue(b, out var relationship) && relationship == wanted);
        if (name == ManifestAction.OpenedName) fits &= boxes.Count == 1;
        // Version 1 named ingredients by instance id, which is not a reference that can be checked.
        if (!fits && !(claim.Version == 1 && boxes.Count == 0 && (action["instanceId"] ?? action["instanceID"]) is not null)) log.Fail(StatusCodes.ActionIngredientMismatch, url, name);
    }
}
