using Answerprint.Provenance.Claims;

namespace Answerprint.Provenance.Verification;

/// <summary>An action as a manifest states it.</summary>
/// <param name="Action">Its name, for example "c2pa.created".</param>
/// <param name="DigitalSourceType">How the content came to be, if stated.</param>
/// <param name="SoftwareAgent">The program that did it, if stated.</param>
/// <param name="Description">What was done in words, if stated.</param>
/// <param name="When">When it was done, as text (RFC 3339), if stated.</param>
/// <param name="Ingredients">Labels of the ingredient assertions that it acted on.</param>
public sealed record ReportedAction(
    string Action, string? DigitalSourceType, SoftwareAgent? SoftwareAgent, string? Description, string? When, IReadOnlyList<string> Ingredients);
