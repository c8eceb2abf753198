namespace Answerprint.Provenance.Verification;

/// <summary>An ingredient as a manifest states it.</summary>
/// <param name="Label">Label of its assertion.</param>
/// <param name="Title">Its name, if stated.</param>
/// <param name="Relationship">"parentOf", "componentOf" or "inputTo", as written.</param>
/// <param name="MediaType">Its media type, if stated.</param>
/// <param name="InstanceId">Its identifier, if stated; "sha256:" and 64 digits where Answerprint wrote it.</param>
/// <param name="Description">What more was said of it.</param>
/// <param name="ManifestLabel">Label of its own manifest in the same store, if it was taken along.</param>
/// <param name="Statuses">What was found when its manifest was verified now, in part (its bytes are elsewhere); empty without one.</param>
public sealed record ReportedIngredient(
    string Label, string? Title, string? Relationship, string? MediaType, string? InstanceId, string? Description, string? ManifestLabel,
    IReadOnlyList<ValidationStatus> Statuses);
