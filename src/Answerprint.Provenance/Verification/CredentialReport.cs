namespace Answerprint.Provenance.Verification;

/// <summary>The answer to "is this file's credential good, and what does it say?".</summary>
public sealed record CredentialReport
{
    /// <summary>What the verification came to.</summary>
    public required CredentialOutcome Outcome { get; init; }

    /// <summary>True when the file is valid and its signer chains to one of the given roots.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>The media type that the file's first bytes announce, if known.</summary>
    public string? MediaType { get; init; }

    /// <summary>The outcome in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Everything found about the active manifest and its ingredients' bindings, in order.</summary>
    public IReadOnlyList<ValidationStatus> Statuses { get; init; } = [];

    /// <summary>The active manifest, when one could be read.</summary>
    public ReportedManifest? Active { get; init; }

    /// <summary>Every manifest in the store, oldest first, the active one last.</summary>
    public IReadOnlyList<ReportedManifest> Manifests { get; init; } = [];
}
