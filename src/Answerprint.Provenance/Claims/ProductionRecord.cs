namespace Answerprint.Provenance.Claims;

/// <summary>What the studio's own record says of the asset: the vendor assertion com.answerprint.record.</summary>
public sealed record ProductionRecord
{
    /// <summary>SHA-256 of the job's canonical JSON, 64 hexadecimal digits.</summary>
    public required string JobSha256 { get; init; }

    /// <summary>The clearance decision that allowed this use.</summary>
    public required string DecisionId { get; init; }

    /// <summary>The clauses that the decision cites.</summary>
    public IReadOnlyList<string> Clauses { get; init; } = [];

    /// <summary>How far the result can be made again: "exact", "pinned" or "recorded".</summary>
    public required string Grade { get; init; }

    /// <summary>SHA-256 of the canonical pixels, taken before encoding and signing, 64 hexadecimal digits.</summary>
    public required string CanonicalPixelsSha256 { get; init; }

    /// <summary>Where the pixels came from.</summary>
    public required AttributionShares Attribution { get; init; }
}
