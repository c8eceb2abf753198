namespace Answerprint.Platform.Productions.Contracts;

/// <summary>Many files that were brought in at once, under one statement of rights.</summary>
public sealed class FileImport
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>The production that they were brought into.</summary>
    public Guid ProductionId { get; set; }

    /// <summary>Where they came from: the folder's name, or <c>upload</c>.</summary>
    public string Source { get; set; } = "";

    /// <summary>Who brought them.</summary>
    public Guid CreatedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
