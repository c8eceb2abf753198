using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Accounts;

/// <summary>Done, or why not.</summary>
public sealed record ChangeAccountResult(Refusal? Refusal);

/// <summary>What people change about their own account: name, password, and the end of all sessions.</summary>
public sealed class ChangeAccount(AnswerprintDb db, UserManager<Account> users, AuditTrail audit, AccountDirectory directory, TimeProvider clock)
{
    private Passwords Passwords => new(users);
    private LockOut LockOut => new(db, clock);

    /// <summary>Sets the display name, 1 to 120 characters.</summary>
    public async Task<ChangeAccountResult> RenameAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (NameRules.CheckName(name) is { } refusal) return new ChangeAccountResult(refusal);
        return await ChangeAsync("account.renamed", new JsonObject { ["name"] = name.Trim() }, endSessions: false, actor,
            account => account.DisplayName = name.Trim(), cancellationToken);
    }

    /// <summary>Sets a new password against the present one, which is guarded by the same lock-out as signing in. All sessions end.</summary>
    public async Task<ChangeAccountResult> SetPasswordAsync(string present, string password, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(password);
        if (Actors.CheckNotByKey(actor, "change passwords") is { } byKey) return new ChangeAccountResult(byKey);
        var account = await users.FindByIdAsync(actor.AccountId.ToString());
        if (account is null or { IsService: true }) return new ChangeAccountResult(Refusal.NotFound("There is no such account."));
        if (await Passwords.CheckAsync(account, password) is { } weak) return new ChangeAccountResult(weak);
        var (lockedUntil, _) = await LockOut.CountAsync(account.Id, cancellationToken);
        if (lockedUntil is not null) return new ChangeAccountResult(Refusal.NotAllowed("Too many wrong passwords; wait until the lock-out ends."));
        if (!Passwords.Matches(account, present)) return new ChangeAccountResult(Refusal.Invalid("present", "This is not your present password."));
        var hash = Passwords.Hash(account, password);
        return await ChangeAsync("account.password-set", null, endSessions: true, actor, changed =>
        {
            changed.PasswordHash = hash;
            (changed.AccessFailedCount, changed.LockoutEnd) = (0, null);
        }, cancellationToken);
    }

    /// <summary>Ends every session of the actor's account, on every device.</summary>
    public Task<ChangeAccountResult> EndSessionsAsync(Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync("account.sessions-ended", null, endSessions: true, actor, _ => { }, cancellationToken);

    private async Task<ChangeAccountResult> ChangeAsync(
        string action, JsonObject? details, bool endSessions, Actor actor, Action<Account> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await audit.AppendAsync(db, actor, action, "account", actor.AccountId.ToString(), details, cancellationToken);
        var account = await db.Users.FirstAsync(account => account.Id == actor.AccountId, cancellationToken);
        change(account);
        if (endSessions) await users.UpdateSecurityStampAsync(account);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        directory.Forget(actor.AccountId);
        return new ChangeAccountResult(null);
    }
}
