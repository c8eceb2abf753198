namespace Answerprint.Platform.Accounts.Contracts;

/// <summary>A one-time link by which an account sets its password: the first owner's, and each invited person's.</summary>
public sealed class SetupLink
{
    /// <summary>SHA-256 of the link's secret.</summary>
    public string SecretSha256 { get; set; } = "";

    /// <summary>The account to set up; none for the first owner, who is made by it.</summary>
    public Guid? AccountId { get; set; }

    /// <summary>When it stops working.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was used.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}
