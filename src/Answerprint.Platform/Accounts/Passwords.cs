using Answerprint.Platform.Accounts.Contracts;
using Microsoft.AspNetCore.Identity;

namespace Answerprint.Platform.Accounts;

/// <summary>Checks and hashes passwords outside of any transaction, since a hash takes about a tenth of a second on purpose.</summary>
internal sealed class Passwords(UserManager<Account> users)
{
    // The hash of a password nobody has, so that an unknown address costs the guesser as much as a known one.
    private static string? decoy;

    /// <summary>None where every rule holds.</summary>
    public async Task<Refusal?> CheckAsync(Account account, string password)
    {
        foreach (var validator in users.PasswordValidators)
        {
            var result = await validator.ValidateAsync(users, account, password);
            if (!result.Succeeded) return Refusal.Invalid("password", string.Join(" ", result.Errors.Select(error => error.Description)));
        }
        return null;
    }

    public string Hash(Account account, string password) => users.PasswordHasher.HashPassword(account, password);

    public bool Matches(Account? account, string password)
    {
        if (password.Length > PasswordRules.MaxLength) return false;
        var stranger = new Account();
        decoy ??= users.PasswordHasher.HashPassword(stranger, Secret.New());
        var hash = account?.PasswordHash ?? decoy;
        var verdict = users.PasswordHasher.VerifyHashedPassword(account ?? stranger, hash, password);
        return account?.PasswordHash is not null && verdict != PasswordVerificationResult.Failed;
    }
}
