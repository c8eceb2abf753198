namespace Answerprint.Platform.Accounts.Contracts;

/// <summary>One viewer of a household account on the service.</summary>
public sealed class ViewerProfile
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>The account it belongs to.</summary>
    public Guid AccountId { get; set; }

    /// <summary>The name shown on the profile page.</summary>
    public string Name { get; set; } = "";

    /// <summary>Which of the eight avatar palettes, 0 to 7.</summary>
    public int Palette { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
