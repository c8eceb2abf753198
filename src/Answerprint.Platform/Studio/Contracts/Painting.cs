namespace Answerprint.Platform.Studio.Contracts;

/// <summary>What a person painted for a recipe: an asset of its own, with how it was painted.</summary>
public sealed class Painting
{
    /// <summary>The asset that holds the painted picture.</summary>
    public Guid AssetId { get; set; }

    /// <summary>What it says to a recipe.</summary>
    public PaintingKind Kind { get; set; }

    /// <summary>The picture that it was painted over; none for a picture from a blank canvas.</summary>
    public Guid? OverId { get; set; }

    /// <summary>How many strokes, outlines and fills made it.</summary>
    public int Strokes { get; set; }

    /// <summary>The strokes by tool and the colours used, as JSON.</summary>
    public string ToolsJson { get; set; } = "{}";

    /// <summary>Who painted it.</summary>
    public Guid PaintedBy { get; set; }

    /// <summary>When it was handed in.</summary>
    public DateTimeOffset PaintedAt { get; set; }
}

/// <summary>What a painting says to a recipe. Stored: only ever add.</summary>
public enum PaintingKind
{
    /// <summary>White is to be filled, everything else stays.</summary>
    Mask,

    /// <summary>Where which colours and areas are to be.</summary>
    Layout,
}
