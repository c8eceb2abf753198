namespace Answerprint.Platform.Engines.Contracts;

/// <summary>A ComfyUI workflow that the studio registered: its bytes are a blob, this says whose it is and which models it names.</summary>
public sealed class ComfyUiWorkflow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>What people call it.</summary>
    public string Name { get; set; } = "";

    /// <summary>The workflow in API form, as it was given; its SHA-256 is part of every job that runs it.</summary>
    public string BlobSha256 { get; set; } = "";

    /// <summary>Size of the bytes.</summary>
    public long Length { get; set; }

    /// <summary>Where the workflow is from and under which terms, in the words of who registered it.</summary>
    public string Licence { get; set; } = "";

    /// <summary>The model files that it names, and those that its registrant added, as a JSON list of names.</summary>
    public string ModelsJson { get; set; } = "[]";

    /// <summary>Who registered it.</summary>
    public Guid AddedBy { get; set; }

    /// <summary>Their name at the time.</summary>
    public string AddedByName { get; set; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset AddedAt { get; set; }

    /// <summary>When it was retired; none while it may be run. What was made with it keeps its record.</summary>
    public DateTimeOffset? RetiredAt { get; set; }
}
