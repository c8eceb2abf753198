namespace Answerprint.Platform.Clearance.Contracts;

/// <summary>One line of the audit: appended, never changed, each bound to the one before by its hash.</summary>
public sealed class AuditEntry
{
    /// <summary>Position, from 1, without gaps.</summary>
    public long Number { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Who.</summary>
    public Guid ActorId { get; set; }

    /// <summary>The name at the time.</summary>
    public string ActorName { get; set; } = "";

    /// <summary>What was done, such as <c>decision.approved</c>.</summary>
    public string Action { get; set; } = "";

    /// <summary>What it was done to, such as <c>asset</c>.</summary>
    public string SubjectKind { get; set; } = "";

    /// <summary>Its id.</summary>
    public string SubjectId { get; set; } = "";

    /// <summary>More, as canonical JSON.</summary>
    public string DetailsJson { get; set; } = "{}";

    /// <summary>Hash of the entry before; 64 zeros for the first.</summary>
    public string PreviousSha256 { get; set; } = "";

    /// <summary>SHA-256 of this entry's canonical JSON with <see cref="PreviousSha256"/>.</summary>
    public string Sha256 { get; set; } = "";
}
