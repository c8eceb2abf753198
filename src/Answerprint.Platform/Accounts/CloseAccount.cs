using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Accounts;

/// <summary>Done, or why not.</summary>
public sealed record CloseAccountResult(Refusal? Refusal);

/// <summary>Closes an account, and opens it again. What it did stays on record.</summary>
public sealed class CloseAccount(
    AnswerprintDb db, UserManager<Account> users, AuditTrail audit, AccountDirectory directory, TimeProvider clock)
{
    /// <summary>Owners only. Its sessions end, its keys and links are refused; the last owner cannot be closed. Closing a closed account changes nothing.</summary>
    public Task<CloseAccountResult> HandleAsync(Guid accountId, Actor actor, CancellationToken cancellationToken) =>
        SetAsync(accountId, close: true, actor, cancellationToken);

    /// <summary>Owners only. Password, passkeys and roles are as they were; sessions are not.</summary>
    public Task<CloseAccountResult> ReopenAsync(Guid accountId, Actor actor, CancellationToken cancellationToken) =>
        SetAsync(accountId, close: false, actor, cancellationToken);

    private async Task<CloseAccountResult> SetAsync(Guid accountId, bool close, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var what = close ? "close accounts" : "open accounts again";
        var refusal = Actors.CheckOwner(actor, what) ?? Actors.CheckNotByKey(actor, what);
        if (refusal is not null) return new CloseAccountResult(refusal);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var action = close ? "account.closed" : "account.reopened";
        await audit.AppendAsync(db, actor, action, "account", accountId.ToString(), null, cancellationToken);
        var account = await db.Users.FirstOrDefaultAsync(account => account.Id == accountId, cancellationToken);
        if (account is null or { IsService: true })
            refusal = Refusal.NotFound($"There is no person with the id {accountId}.");
        else if (close && await SetRoles.IsLastOwnerAsync(db, accountId, cancellationToken))
            refusal = Refusal.Conflict("", $"{account.DisplayName} is the last owner; make another person an owner first.");
        if (refusal is not null || account!.ClosedAt is not null == close)
        {
            db.ChangeTracker.Clear();
            return new CloseAccountResult(refusal);
        }
        account.ClosedAt = close ? clock.GetUtcNow() : null;
        await users.UpdateSecurityStampAsync(account);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        directory.Forget(accountId);
        return new CloseAccountResult(null);
    }
}
