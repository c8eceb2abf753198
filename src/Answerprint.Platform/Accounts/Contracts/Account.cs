using Microsoft.AspNetCore.Identity;

namespace Answerprint.Platform.Accounts.Contracts;

/// <summary>A person (or a service of the program) that can act.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>The name shown to others and written into records.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>A part of the program that acts for the sample production; it cannot sign in.</summary>
    public bool IsService { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was closed; a closed account cannot sign in and its keys are refused.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}
