namespace Answerprint.Platform.Promotion.Contracts;

/// <summary>A picture that promotes a title: made from footage, chosen, cleared, released.</summary>
public sealed class Artwork
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>The title.</summary>
    public Guid TitleId { get; set; }

    /// <summary>The unsigned picture.</summary>
    public Guid AssetId { get; set; }

    /// <summary>Its attribution map.</summary>
    public Guid AttributionId { get; set; }

    /// <summary>The job that made it.</summary>
    public Guid JobId { get; set; }

    /// <summary>Aspect ratio: <c>16:9</c>, <c>2:3</c>, <c>1:1</c> or <c>21:9</c>.</summary>
    public string Aspect { get; set; } = "";

    /// <summary>Which of the job's frames, from 1.</summary>
    public int Variant { get; set; }

    /// <summary>Whether the title is set in type on it.</summary>
    public bool HasTitle { get; set; }

    /// <summary>Why this frame, crop and type: JSON with scores and reasons.</summary>
    public string ExplanationJson { get; set; } = "{}";

    /// <summary>Whether people keep it: none until someone said so.</summary>
    public bool? Kept { get; set; }

    /// <summary>Its release; none before.</summary>
    public Guid? ReleaseId { get; set; }

    /// <summary>Whether the title's pages show it.</summary>
    public bool IsPublished { get; set; }
}
