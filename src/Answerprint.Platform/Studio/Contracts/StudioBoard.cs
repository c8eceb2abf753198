namespace Answerprint.Platform.Studio.Contracts;

/// <summary>A board: drafts that were made together, to be looked at together.</summary>
public sealed class StudioBoard
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>The production it works for.</summary>
    public Guid ProductionId { get; set; }

    /// <summary>What people call it.</summary>
    public string Name { get; set; } = "";

    /// <summary>What was last asked for on it, as JSON: references, size, strength, count, layout.</summary>
    public string WishJson { get; set; } = "{}";

    /// <summary>Who began it.</summary>
    public Guid CreatedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
