namespace Answerprint.Platform.Withdrawal.Contracts;

/// <summary>Work that a withdrawal undid and that is to be made again without the withdrawn source.</summary>
public sealed class Remake
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>The withdrawal.</summary>
    public Guid WithdrawalId { get; set; }

    /// <summary>The job as it ran.</summary>
    public Guid OldJobId { get; set; }

    /// <summary>The job that makes it again; none before it was put on record.</summary>
    public Guid? NewJobId { get; set; }

    /// <summary>Where it stands.</summary>
    public RemakeState State { get; set; }

    /// <summary>The remake whose review it waits for; none where it waits for none.</summary>
    public Guid? WaitsForId { get; set; }

    /// <summary>Steps of lineage of the nearest of its assets, from 1: what is near is made first.</summary>
    public int Steps { get; set; }

    /// <summary>Why it cannot be made again, or what was left out; may be empty.</summary>
    public string Note { get; set; } = "";
}

/// <summary>Where a remake stands. Stored: only ever add.</summary>
public enum RemakeState
{
    /// <summary>On record; not put into the queue yet.</summary>
    Planned,

    /// <summary>Uses something that is itself being made again; waits for that review.</summary>
    Waiting,

    /// <summary>A job is on record for it.</summary>
    Queued,

    /// <summary>It cannot be made again; the note says why.</summary>
    Impossible,

    /// <summary>Every asset of it was reviewed.</summary>
    Reviewed,

    /// <summary>The withdrawal was undone before it was reviewed.</summary>
    Dropped,
}

/// <summary>One asset of a remake: what it was, what came in its place, and what a reviewer said.</summary>
public sealed class RemadeAsset
{
    /// <summary>The remake.</summary>
    public Guid RemakeId { get; set; }

    /// <summary>The withdrawn asset.</summary>
    public Guid OldAssetId { get; set; }

    /// <summary>The accepted asset; none before.</summary>
    public Guid? NewAssetId { get; set; }

    /// <summary>What the reviewer said.</summary>
    public RemadeState State { get; set; }

    /// <summary>Who reviewed it; none before.</summary>
    public Guid? ReviewedBy { get; set; }

    /// <summary>When; none before.</summary>
    public DateTimeOffset? ReviewedAt { get; set; }
}

/// <summary>What was said of a remade asset. Stored: only ever add.</summary>
public enum RemadeState
{
    /// <summary>Nothing yet.</summary>
    Pending,

    /// <summary>It stands where the old one stood.</summary>
    Accepted,

    /// <summary>Nothing stands where the old one stood.</summary>
    Rejected,
}
