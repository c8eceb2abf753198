using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.AspNetCore.Identity;

namespace Answerprint.Platform.Accounts;

/// <summary>Done, or why not.</summary>
public sealed record PasskeyResult(Refusal? Refusal);

/// <summary>The passkeys of an account: WebAuthn credentials by which its person signs in without a password.</summary>
public sealed class Passkeys(AnswerprintDb db, UserManager<Account> users, AuditTrail audit)
{
    /// <summary>How many passkeys an account may have.</summary>
    public const int MaxPasskeys = 20;

    /// <summary>The passkeys of the actor, oldest first.</summary>
    public async Task<IReadOnlyList<UserPasskeyInfo>> ListAsync(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var account = await users.FindByIdAsync(actor.AccountId.ToString());
        return account is null ? [] : [.. (await users.GetPasskeysAsync(account)).OrderBy(passkey => passkey.CreatedAt)];
    }

    /// <summary>Keeps a passkey whose attestation has been verified.</summary>
    public async Task<PasskeyResult> AddAsync(UserPasskeyInfo passkey, string name, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(passkey);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(name);
        var refusal = Actors.CheckNotByKey(actor, "add passkeys") ?? NameRules.CheckName(name, NameRules.MaxProfileName);
        if (refusal is not null) return new PasskeyResult(refusal);
        passkey.Name = name.Trim();
        return await ChangeAsync("passkey.added", passkey.CredentialId, passkey.Name, actor, async account =>
        {
            if ((await users.GetPasskeysAsync(account)).Count >= MaxPasskeys)
                return Refusal.Conflict("", $"There are {MaxPasskeys} passkeys already, which is the limit. Remove one first.");
            var added = await users.AddOrUpdatePasskeyAsync(account, passkey);
            return added.Succeeded ? null : Refusal.Invalid("passkey", string.Join(" ", added.Errors.Select(error => error.Description)));
        }, cancellationToken);
    }

    /// <summary>Removes one of the actor's passkeys.</summary>
    public Task<PasskeyResult> RemoveAsync(byte[] credentialId, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credentialId);
        ArgumentNullException.ThrowIfNull(actor);
        return ChangeAsync("passkey.removed", credentialId, null, actor, async account =>
        {
            if (await users.GetPasskeyAsync(account, credentialId) is null) return Refusal.NotFound("You have no such passkey.");
            await users.RemovePasskeyAsync(account, credentialId);
            return null;
        }, cancellationToken);
    }

    private async Task<PasskeyResult> ChangeAsync(
        string action, byte[] credentialId, string? name, Actor actor, Func<Account, Task<Refusal?>> change, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var account = await users.FindByIdAsync(actor.AccountId.ToString());
        var refusal = account is null ? Refusal.NotFound("There is no such account.") : await change(account);
        if (refusal is not null)
        {
            db.ChangeTracker.Clear();
            return new PasskeyResult(refusal);
        }
        var details = name is null ? null : new JsonObject { ["name"] = name };
        await audit.AppendAsync(db, actor, action, "passkey", Convert.ToHexStringLower(credentialId), details, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new PasskeyResult(null);
    }
}
