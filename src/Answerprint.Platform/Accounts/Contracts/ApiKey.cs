namespace Answerprint.Platform.Accounts.Contracts;

/// <summary>A secret by which a program acts for an account. Only the secret's SHA-256 is kept.</summary>
public sealed class ApiKey
{
    /// <summary>Identity.</summary>
    public Guid Id { get; set; }

    /// <summary>The account it acts for.</summary>
    public Guid AccountId { get; set; }

    /// <summary>What its owner calls it.</summary>
    public string Name { get; set; } = "";

    /// <summary>The first characters of the secret, to tell keys apart.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>SHA-256 of the secret, 64 lower-case hexadecimal digits.</summary>
    public string SecretSha256 { get; set; } = "";

    /// <summary>The roles it may use, separated by spaces; never more than the account's.</summary>
    public string Scopes { get; set; } = "";

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it stops working; none for never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}
