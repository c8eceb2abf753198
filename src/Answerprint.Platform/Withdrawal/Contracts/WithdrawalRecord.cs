namespace Answerprint.Platform.Withdrawal.Contracts;

/// <summary>One act of taking back: a source, or everything of an owner, with all that was made from it.</summary>
public sealed class WithdrawalRecord
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>The source; none where everything of an owner was withdrawn.</summary>
    public Guid? AssetId { get; set; }

    /// <summary>The owner whose material was withdrawn; empty where one source was.</summary>
    public string Owner { get; set; } = "";

    /// <summary>What was withdrawn, as it was called at the time.</summary>
    public string Name { get; set; } = "";

    /// <summary>Why.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Number of sources withdrawn.</summary>
    public int Sources { get; set; }

    /// <summary>Number of assets that had been made from them, through any number of steps.</summary>
    public int Dependents { get; set; }

    /// <summary>Number of queued and running jobs that were stopped.</summary>
    public int StoppedJobs { get; set; }

    /// <summary>Who did it.</summary>
    public Guid MadeBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset MadeAt { get; set; }

    /// <summary>Why it was undone; empty while it is in force.</summary>
    public string RestoreReason { get; set; } = "";

    /// <summary>Who undid it; none while it is in force.</summary>
    public Guid? RestoredBy { get; set; }

    /// <summary>When; none while it is in force.</summary>
    public DateTimeOffset? RestoredAt { get; set; }
}
