using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Accounts;

/// <summary>Whom a one-time link is for.</summary>
/// <param name="AccountId">The account it sets up; none for the first owner.</param>
/// <param name="Name">Its display name; empty for the first owner.</param>
/// <param name="Email">Its address; empty for the first owner.</param>
/// <param name="ExpiresAt">When the link stops working.</param>
public sealed record SetupInvitation(Guid? AccountId, string Name, string Email, DateTimeOffset ExpiresAt);

/// <summary>One-time links by which a password is set. A link works once and for <see cref="Lifetime"/>; only its SHA-256 is kept.</summary>
/// <param name="db">Records.</param>
/// <param name="clock">The time.</param>
public sealed class SetupLinks(AnswerprintDb db, TimeProvider clock)
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    /// <summary>The path of a link's page.</summary>
    public static string PathOf(string secret) => $"/setup/{secret}";

    /// <summary>A new link for the first owner, in place of any earlier one.</summary>
    /// <returns>The secret, for <see cref="PathOf"/>; none where there is an owner.</returns>
    public async Task<string?> CreateOwnerLinkAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await RoleBook.Owners(db).AnyAsync(cancellationToken)) return null;
        var secret = await ReplaceAsync(null, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return secret;
    }

    /// <summary>Whom a link is for; none where it is unknown, used or too old.</summary>
    public async Task<SetupInvitation?> InspectAsync(string secret, CancellationToken cancellationToken)
    {
        if (await FindAsync(secret, cancellationToken) is not { } link) return null;
        if (link.AccountId is not { } accountId)
            return await RoleBook.Owners(db).AnyAsync(cancellationToken) ? null : new SetupInvitation(null, "", "", link.ExpiresAt);
        var account = await db.Users.AsNoTracking().FirstOrDefaultAsync(account => account.Id == accountId, cancellationToken);
        return account is null or { ClosedAt: not null } or { IsService: true }
            ? null
            : new SetupInvitation(accountId, account.DisplayName, account.Email ?? "", link.ExpiresAt);
    }

    /// <summary>A new link for an account, in place of its earlier ones. The caller saves.</summary>
    internal async Task<string> ReplaceAsync(Guid? accountId, CancellationToken cancellationToken)
    {
        await db.Set<SetupLink>().Where(link => link.AccountId == accountId && link.UsedAt == null).ExecuteDeleteAsync(cancellationToken);
        var secret = Secret.New();
        db.Add(new SetupLink { SecretSha256 = Secret.Sha256(secret), AccountId = accountId, ExpiresAt = clock.GetUtcNow() + Lifetime });
        return secret;
    }

    /// <summary>Uses a link up, in the caller's transaction, so that of two uses at once one is refused.</summary>
    internal async Task<Refusal?> UseAsync(string secret, Guid? accountId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var hash = Secret.Sha256(secret);
        var used = await db.Set<SetupLink>()
            .Where(link => link.SecretSha256 == hash && link.AccountId == accountId && link.UsedAt == null && link.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.UsedAt, now), cancellationToken);
        return used == 1 ? null : Gone();
    }

    /// <summary>What is said of a link that does not work.</summary>
    public static Refusal Gone() => Refusal.NotFound("This link does not work: it was used, or it is older than three days. Ask an owner for a new one.");

    private async Task<SetupLink?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        if (!Secret.IsWellFormed(secret)) return null;
        var (now, hash) = (clock.GetUtcNow(), Secret.Sha256(secret));
        return await db.Set<SetupLink>().AsNoTracking()
            .FirstOrDefaultAsync(link => link.SecretSha256 == hash && link.UsedAt == null && link.ExpiresAt > now, cancellationToken);
    }
}
