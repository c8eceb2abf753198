namespace Answerprint.Provenance.Claims;

/// <summary>A program, as claims and actions name it (generator-info-map of C2PA 2.2, section 10.2.3.2).</summary>
/// <param name="Name">Name of the program, not empty.</param>
/// <param name="Version">Its version, if known.</param>
public sealed record SoftwareAgent(string Name, string? Version = null);
