using Answerprint.Provenance.Claims;

namespace Answerprint.Provenance.Verification;

/// <summary>What was found about the manifest of one ingredient, anywhere in the lineage.</summary>
/// <param name="AssertionUri">URI of the ingredient assertion that names it.</param>
/// <param name="Assertion">That assertion.</param>
/// <param name="Manifest">The ingredient's manifest.</param>
/// <param name="Log">Findings about that manifest by itself.</param>
internal sealed record IngredientFinding(string AssertionUri, IngredientAssertion Assertion, Manifest Manifest, StatusLog Log);
