using Answerprint.Platform.Accounts.Contracts;
using Microsoft.AspNetCore.Identity;

namespace Answerprint.Platform.Accounts;

/// <summary>Length, not composition (NIST SP 800-63B, 3.1.1.2): 12 to 256 characters, not the commonest, not the account's own names.</summary>
internal sealed class PasswordRules : IPasswordValidator<Account>
{
    public const int MinLength = 12;
    public const int MaxLength = 256;
    private const int MinDistinct = 5;
    private const int MinBesideNames = 8;

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        Task.FromResult(Fault(user, password ?? "") is { } fault
            ? IdentityResult.Failed(new IdentityError { Code = nameof(PasswordRules), Description = fault })
            : IdentityResult.Success);

    /// <summary>What is wrong with the password; none where nothing is.</summary>
    public static string? Fault(Account account, string password)
    {
        if (password.Length < MinLength) return $"The password has {password.Length} characters; it needs {MinLength} or more.";
        if (password.Length > MaxLength) return $"The password has {password.Length} characters; the limit is {MaxLength}.";
        if (password.Distinct().Count() < MinDistinct) return $"The password repeats fewer than {MinDistinct} different characters.";
        if (CommonPasswords.IsCommon(password)) return "The password is one of the commonest, which are tried first; choose another.";
        if (WithoutNames(account, password).Length < MinBesideNames)
            return $"The password is little more than your own name or address; it needs {MinBesideNames} other characters.";
        return null;
    }

    private static string WithoutNames(Account account, string password)
    {
        var names = $"{account.DisplayName} {account.Email}".Split([' ', '@', '.', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names.Where(name => name.Length >= 3).Append("answerprint"))
            password = password.Replace(name, "", StringComparison.OrdinalIgnoreCase);
        return password;
    }
}
