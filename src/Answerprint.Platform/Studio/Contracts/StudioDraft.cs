namespace Answerprint.Platform.Studio.Contracts;

/// <summary>A draft on a board: one job, and what people say of its picture.</summary>
public sealed class StudioDraft
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>The board.</summary>
    public Guid BoardId { get; set; }

    /// <summary>The job that makes it; the same work asked for twice is one job.</summary>
    public Guid JobId { get; set; }

    /// <summary>Its place on the board, from 1.</summary>
    public int Number { get; set; }

    /// <summary>The draft that it is more like, or a larger version of; none for a first one.</summary>
    public Guid? ParentId { get; set; }

    /// <summary>True is kept, false is discarded; none until someone says so.</summary>
    public bool? Kept { get; set; }

    /// <summary>A note of up to 1,000 characters.</summary>
    public string Note { get; set; } = "";

    /// <summary>Who spoke last; none before.</summary>
    public Guid? DecidedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; set; }
}
