namespace Answerprint.Platform.Assets.Contracts;

/// <summary>One numbered picture of a sequence.</summary>
public sealed class SequenceFrame
{
    /// <summary>The sequence.</summary>
    public Guid AssetId { get; set; }

    /// <summary>The number in the file's name.</summary>
    public int Number { get; set; }

    /// <summary>The bytes.</summary>
    public string BlobSha256 { get; set; } = "";

    /// <summary>Its file name.</summary>
    public string FileName { get; set; } = "";
}
