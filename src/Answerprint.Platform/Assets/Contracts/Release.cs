namespace Answerprint.Platform.Assets.Contracts;

/// <summary>A signed blob made from an asset for a use: what leaves the house.</summary>
public sealed class Release
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>The asset.</summary>
    public Guid AssetId { get; set; }

    /// <summary>The use it was released for, such as <c>marketing</c>.</summary>
    public string Use { get; set; } = "";

    /// <summary>The decision that let it out.</summary>
    public Guid DecisionId { get; set; }

    /// <summary>The signed bytes.</summary>
    public string BlobSha256 { get; set; } = "";

    /// <summary>Size of the signed bytes.</summary>
    public long Length { get; set; }

    /// <summary>Their media type.</summary>
    public string MediaType { get; set; } = "";

    /// <summary>The file's name outside.</summary>
    public string FileName { get; set; } = "";

    /// <summary>The label of the active C2PA manifest.</summary>
    public string ManifestLabel { get; set; } = "";

    /// <summary>Who let it out.</summary>
    public Guid ReleasedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset ReleasedAt { get; set; }
}
