namespace Answerprint.Platform.Productions.Contracts;

/// <summary>What a reviewer said of a version, perhaps drawn on a frame.</summary>
public sealed class ReviewNote
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>The version.</summary>
    public Guid VersionId { get; set; }

    /// <summary>Who said it.</summary>
    public Guid AuthorId { get; set; }

    /// <summary>The words; may be empty where something is drawn.</summary>
    public string Text { get; set; } = "";

    /// <summary>The frame it is about, from 0; none for the whole version.</summary>
    public long? Frame { get; set; }

    /// <summary>Strokes as JSON: <c>[{"colour": "#rrggbb", "width": 0..1, "points": [[x, y], ...]}]</c>, all in fractions of the frame's width and height.</summary>
    public string DrawingJson { get; set; } = "[]";

    /// <summary>When.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
