namespace Answerprint.Platform.Assets.Contracts;

/// <summary>
/// A reason why an asset, and all that was ever made from it, is quarantined. What a person does is place and lift holds; the state of every asset
/// follows from the holds that stand: an asset is quarantined while one stands on it or on anything it was made from, through any number of steps.
/// </summary>
public sealed class AssetHold
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>The asset on which it was placed.</summary>
    public Guid AssetId { get; set; }

    /// <summary>Why, as said of the asset itself.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Why, as said of what was made from it.</summary>
    public string Consequence { get; set; } = "";

    /// <summary>The withdrawal that placed it; none for a take-down.</summary>
    public Guid? WithdrawalId { get; set; }

    /// <summary>Who placed it.</summary>
    public Guid PlacedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset PlacedAt { get; set; }

    /// <summary>Who lifted it; none while it stands.</summary>
    public Guid? LiftedBy { get; set; }

    /// <summary>When; none while it stands.</summary>
    public DateTimeOffset? LiftedAt { get; set; }
}
