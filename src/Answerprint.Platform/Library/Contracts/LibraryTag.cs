namespace Answerprint.Platform.Library.Contracts;

/// <summary>A tag of an asset.</summary>
public sealed class LibraryTag
{
    /// <summary>The asset.</summary>
    public Guid AssetId { get; set; }

    /// <summary>The tag, as <see cref="Tag.TryParse"/> writes it.</summary>
    public string Tag { get; set; } = "";

    /// <summary>Who said so.</summary>
    public Guid AddedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset AddedAt { get; set; }
}
