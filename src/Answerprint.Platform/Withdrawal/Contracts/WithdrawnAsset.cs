namespace Answerprint.Platform.Withdrawal.Contracts;

/// <summary>An asset that a withdrawal reached.</summary>
public sealed class WithdrawnAsset
{
    /// <summary>The withdrawal.</summary>
    public Guid WithdrawalId { get; set; }

    /// <summary>The asset.</summary>
    public Guid AssetId { get; set; }

    /// <summary>Steps of lineage from the nearest source; 0 for a source.</summary>
    public int Steps { get; set; }

    /// <summary>The share of its pixels that came from withdrawn sources, through all steps, in millionths.</summary>
    public int ShareMillionths { get; set; }
}

/// <summary>A publication that a withdrawal took down, so that a restore knows what to put back.</summary>
public sealed class WithdrawnPublication
{
    /// <summary>The withdrawal.</summary>
    public Guid WithdrawalId { get; set; }

    /// <summary>The artwork that was published.</summary>
    public Guid ArtworkId { get; set; }

    /// <summary>Its picture.</summary>
    public Guid AssetId { get; set; }
}
