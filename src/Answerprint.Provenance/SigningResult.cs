namespace Answerprint.Provenance;

/// <summary>What signing made.</summary>
/// <param name="ManifestLabel">Label of the new active manifest, "urn:c2pa:" and its id.</param>
/// <param name="ManifestSha256">SHA-256 of that manifest as other manifests refer to it (its box without header), 64 hexadecimal digits.</param>
/// <param name="ManifestStoreBytes">Size of the whole store.</param>
/// <param name="DroppedHistory">Ingredients whose own manifests could not be taken along, and why; usually empty.</param>
public sealed record SigningResult(string ManifestLabel, string ManifestSha256, int ManifestStoreBytes, IReadOnlyList<string> DroppedHistory);
