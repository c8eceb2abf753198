using System.Collections.Concurrent;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Accounts;

/// <summary>Accounts and API keys as every request needs them, read once and remembered for <see cref="Lifetime"/>, so that a page costs no query for who asks.</summary>
/// <remarks>What this process changes is forgotten at once; a change by another process (the command line, a replica) is seen after <see cref="Lifetime"/>.</remarks>
/// <param name="contexts">Makes connections.</param>
/// <param name="clock">The time.</param>
public sealed class AccountDirectory(IDbContextFactory<AnswerprintDb> contexts, TimeProvider clock)
{
    /// <summary>How long an answer is remembered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    /// <summary>How many accounts and keys are remembered before all are forgotten.</summary>
    public const int Capacity = 10_000;

    private readonly ConcurrentDictionary<Guid, (AccountSnapshot? Account, DateTimeOffset Until)> accounts = new();
    private readonly ConcurrentDictionary<string, (ApiKey Key, DateTimeOffset Until)> keys = new();
    private long generation;
    private volatile bool ownerSeen;

    /// <summary>The account; none where there is none of that id.</summary>
    public async ValueTask<AccountSnapshot?> FindAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (accounts.TryGetValue(accountId, out var known) && known.Until > now) return known.Account;

        var before = Interlocked.Read(ref generation);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var account = await SnapshotAsync(db, accountId, cancellationToken);
        // A change that was committed while we read must not be hidden by what we read.
        if (account is not null && before == Interlocked.Read(ref generation))
        {
            if (accounts.Count >= Capacity) accounts.Clear();
            accounts[accountId] = (account, now + Lifetime);
        }
        return account;
    }

    /// <summary>Who acts by an API key: the key's scopes, as far as the account still holds them.</summary>
    /// <returns>None where the key is unknown, revoked or expired, or its account is closed.</returns>
    public async ValueTask<Actor?> FindByApiKeyAsync(string key, CancellationToken cancellationToken)
    {
        if (!ApiKeyFormat.IsWellFormed(key)) return null;
        var now = clock.GetUtcNow();
        var record = await FindKeyAsync(Secret.Sha256(key), now, cancellationToken);
        if (record is null || record.RevokedAt is not null || record.ExpiresAt <= now) return null;
        if (await FindAsync(record.AccountId, cancellationToken) is not { IsClosed: false } account) return null;
        var scopes = record.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new Actor(account.Id, account.Name, [.. account.Roles.Where(scopes.Contains)], ActorVia.ApiKey);
    }

    /// <summary>Whether somebody owns the installation. Once true it stays so: the last owner cannot be removed.</summary>
    public async ValueTask<bool> HasOwnerAsync(CancellationToken cancellationToken)
    {
        if (ownerSeen) return true;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return ownerSeen = await RoleBook.Owners(db).AnyAsync(cancellationToken);
    }

    /// <summary>Forgets an account and all keys: called after a change to it has been committed.</summary>
    public void Forget(Guid accountId)
    {
        Interlocked.Increment(ref generation);
        accounts.TryRemove(accountId, out _);
        keys.Clear();
    }

    private async Task<ApiKey?> FindKeyAsync(string sha256, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (keys.TryGetValue(sha256, out var known) && known.Until > now) return known.Key;
        var before = Interlocked.Read(ref generation);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var key = await db.Set<ApiKey>().AsNoTracking().FirstOrDefaultAsync(key => key.SecretSha256 == sha256, cancellationToken);
        // Unknown keys are not remembered: anyone can make them up.
        if (key is not null && before == Interlocked.Read(ref generation))
        {
            if (keys.Count >= Capacity) keys.Clear();
            keys[sha256] = (key, now + Lifetime);
        }
        return key;
    }

    private static async Task<AccountSnapshot?> SnapshotAsync(AnswerprintDb db, Guid id, CancellationToken cancellationToken)
    {
        var account = await db.Users.AsNoTracking().FirstOrDefaultAsync(account => account.Id == id, cancellationToken);
        if (account is null) return null;
        var roles = await RoleBook.OfAsync(db, id, cancellationToken);
        var profiles = await db.Set<ViewerProfile>().AsNoTracking()
            .Where(profile => profile.AccountId == id).OrderBy(profile => profile.CreatedAt).ThenBy(profile => profile.Id).ToListAsync(cancellationToken);
        return new AccountSnapshot(
            id, account.DisplayName, account.Email ?? "", roles, account.SecurityStamp ?? "", account.ClosedAt is not null, account.IsService, profiles);
    }
}
