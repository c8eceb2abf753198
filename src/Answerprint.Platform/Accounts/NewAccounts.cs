using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.AspNetCore.Identity;

namespace Answerprint.Platform.Accounts;

/// <summary>Adds an account with its roles and first viewer profile, in the caller's transaction.</summary>
internal sealed class NewAccounts(AnswerprintDb db, UserManager<Account> users, TimeProvider clock)
{
    /// <summary>An account that is not in the database yet.</summary>
    public Account Draft(string name, string? email, bool isService = false) => new()
    {
        Id = Guid.CreateVersion7(clock.GetUtcNow()),
        DisplayName = name.Trim(),
        Email = email?.Trim(),
        UserName = email?.Trim(),
        IsService = isService,
        CreatedAt = clock.GetUtcNow(),
    };

    /// <summary>None where it was added; otherwise what stands against it.</summary>
    public async Task<Refusal?> AddAsync(Account account, IReadOnlyCollection<string> roles, CancellationToken cancellationToken)
    {
        if (await users.FindByNameAsync(account.UserName!) is not null)
            return Refusal.Conflict("email", $"There is an account with the address '{NameRules.Shown(account.UserName!)}' already.");
        var created = await users.CreateAsync(account);
        if (!created.Succeeded) return Refusal.Invalid("email", string.Join(" ", created.Errors.Select(error => error.Description)));
        await RoleBook.SetAsync(db, account.Id, roles, cancellationToken);
        if (!account.IsService) db.Add(ViewerProfiles.First(account, clock.GetUtcNow()));
        return null;
    }
}
