namespace Answerprint.Platform.Productions.Contracts;

/// <summary>Frames between two cuts, as studios count them; a shot has versions.</summary>
public sealed class Shot
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>The scene.</summary>
    public Guid SceneId { get; set; }

    /// <summary>Its code, unique in the production, such as <c>NLC_010_0010</c>.</summary>
    public string Code { get; set; } = "";

    /// <summary>What is seen.</summary>
    public string Description { get; set; } = "";

    /// <summary>Where it stands.</summary>
    public ShotStatus Status { get; set; }
}

/// <summary>Where a shot stands. Stored: only ever add.</summary>
public enum ShotStatus
{
    /// <summary>Nothing is there yet, or work goes on.</summary>
    InProgress,

    /// <summary>A version waits for review.</summary>
    InReview,

    /// <summary>The last version is to be taken again.</summary>
    Retake,

    /// <summary>A version is approved.</summary>
    Approved,

    /// <summary>A version is published.</summary>
    Published,
}
