using System.Globalization;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Accounts;

/// <summary>
/// After five wrong passwords an account takes no password for five minutes, then ten, twenty, at most an hour, until a right one is given.
/// A try is counted before the password is looked at, so that a hundred tries at once are not a hundred free ones.
/// </summary>
internal sealed class LockOut(AnswerprintDb db, TimeProvider clock)
{
    public const int MaxTries = 5;
    public static readonly TimeSpan First = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private const string Provider = "Answerprint";
    private const string TokenName = "lockouts";

    /// <summary>Counts one try.</summary>
    /// <returns>Until when no try is taken, for an account that was locked before this one; and whether this try is the last of its row.</returns>
    public async Task<(DateTimeOffset? LockedUntil, bool IsLast)> CountAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var account = await ReadAsync(accountId, cancellationToken);
        if (account.LockoutEnd > now) return (account.LockoutEnd, false);

        account.AccessFailedCount++;
        var isLast = account.AccessFailedCount >= MaxTries;
        if (isLast)
        {
            var token = await TokenAsync(accountId, cancellationToken);
            var times = int.Parse(token.Value ?? "0", CultureInfo.InvariantCulture);
            token.Value = (times + 1).ToString(CultureInfo.InvariantCulture);
            account.AccessFailedCount = 0;
            account.LockoutEnd = now + Duration(times);
        }
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (null, isLast);
    }

    /// <summary>Forgets all tries: the right password was given. The caller has a transaction and saves.</summary>
    public async Task ClearAsync(Account account, CancellationToken cancellationToken)
    {
        account.AccessFailedCount = 0;
        account.LockoutEnd = null;
        var token = await db.UserTokens.FindAsync([account.Id, Provider, TokenName], cancellationToken);
        if (token is not null) db.UserTokens.Remove(token);
    }

    /// <summary>How long the lock-out after <paramref name="times"/> earlier ones lasts.</summary>
    public static TimeSpan Duration(int times) => times >= 4 ? Longest : First * (1 << times);

    private async Task<Account> ReadAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var account = await db.Users.FirstAsync(account => account.Id == accountId, cancellationToken);
        // What the context remembers may be older than this transaction.
        await db.Entry(account).ReloadAsync(cancellationToken);
        return account;
    }

    private async Task<IdentityUserToken<Guid>> TokenAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var token = await db.UserTokens.FindAsync([accountId, Provider, TokenName], cancellationToken);
        if (token is not null) return token;
        token = new IdentityUserToken<Guid> { UserId = accountId, LoginProvider = Provider, Name = TokenName };
        db.UserTokens.Add(token);
        return token;
    }
}
