namespace Answerprint.Platform.Assets.Contracts;

/// <summary>Lineage: an asset was made from a source.</summary>
public sealed class AssetInput
{
    /// <summary>The asset that was made.</summary>
    public Guid AssetId { get; set; }

    /// <summary>What it was made from.</summary>
    public Guid SourceId { get; set; }

    /// <summary>The part the source played, such as <c>frame</c> or <c>crop</c>.</summary>
    public string Part { get; set; } = "";

    /// <summary>The share of the result's pixels that came from it, in millionths (0 to 1,000,000).</summary>
    public int ShareMillionths { get; set; }
}
