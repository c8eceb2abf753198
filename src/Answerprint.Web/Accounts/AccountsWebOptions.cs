using System.ComponentModel.DataAnnotations;

namespace Answerprint.Web.Accounts;

/// <summary>How people come in.</summary>
public sealed class AccountsWebOptions
{
    /// <summary>How many sign-ins and set-ups one network address may try in a minute.</summary>
    /// <value>1 to 100 000; 20 where not set.</value>
    [Range(1, 100_000)]
    public int TriesPerMinute { get; set; } = 20;

    /// <summary>How long a session lasts without a visit.</summary>
    /// <value>14 days where not set.</value>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(14);
}
