namespace Answerprint.Platform.Productions.Contracts;

/// <summary>One state of a shot; it is reviewed, approved, published.</summary>
public sealed class ShotVersion
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>The shot.</summary>
    public Guid ShotId { get; set; }

    /// <summary>From 1.</summary>
    public int Number { get; set; }

    /// <summary>Its footage.</summary>
    public Guid AssetId { get; set; }

    /// <summary>Where it stands.</summary>
    public VersionStatus Status { get; set; }

    /// <summary>Who made it.</summary>
    public Guid CreatedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Who approved it, or asked for a retake; none before.</summary>
    public Guid? ReviewedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? ReviewedAt { get; set; }
}

/// <summary>Where a version stands. Stored: only ever add.</summary>
public enum VersionStatus
{
    /// <summary>Being worked on.</summary>
    Draft,

    /// <summary>Waits for review.</summary>
    InReview,

    /// <summary>To be taken again.</summary>
    Retake,

    /// <summary>Approved.</summary>
    Approved,

    /// <summary>Published to the title's page.</summary>
    Published,
}
