using Answerprint.Provenance.Cbor;

namespace Answerprint.Provenance.Claims;

/// <summary>An ingredient's manifests, to be copied into the new store, and what its assertion says of them (C2PA 2.2, section 18.15.11).</summary>
/// <param name="Boxes">The manifests, oldest first.</param>
/// <param name="ActiveManifest">Reference to the ingredient's active manifest.</param>
/// <param name="ClaimSignature">Reference to that manifest's signature.</param>
/// <param name="ValidationResults">What verification found when the ingredient was taken in.</param>
internal sealed record CarriedHistory(IReadOnlyList<Manifest> Boxes, HashedUri ActiveManifest, HashedUri ClaimSignature, CborValue ValidationResults);
