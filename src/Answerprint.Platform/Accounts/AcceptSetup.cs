using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Accounts;

/// <summary>A person completes an account by their one-time link.</summary>
/// <param name="LinkSecret">The secret of the link.</param>
/// <param name="Name">Display name, 1 to 120 characters.</param>
/// <param name="Password">12 to 256 characters.</param>
public sealed record AcceptSetupRequest(string LinkSecret, string Name, string Password);

/// <summary>The account, or why it was not set up.</summary>
public sealed record AcceptSetupResult(Guid? AccountId, Refusal? Refusal);

/// <summary>Sets name and password of an invited account. Sessions it may have had end, a lock-out ends, the link is used up.</summary>
public sealed class AcceptSetup(
    AnswerprintDb db, TimeProvider clock, UserManager<Account> users, SetupLinks links, AuditTrail audit, AccountDirectory directory)
{
    private Passwords Passwords => new(users);
    private LockOut LockOut => new(db, clock);

    /// <summary>Refuses with <see cref="RefusalKind.NotFound"/> where the link is unknown, used or too old.</summary>
    public async Task<AcceptSetupResult> HandleAsync(AcceptSetupRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await links.InspectAsync(request.LinkSecret, cancellationToken) is not { AccountId: { } accountId } invitation)
            return new AcceptSetupResult(null, SetupLinks.Gone());
        var proposed = new Account { DisplayName = request.Name, Email = invitation.Email };
        var refusal = NameRules.CheckName(request.Name) ?? await Passwords.CheckAsync(proposed, request.Password);
        if (refusal is not null) return new AcceptSetupResult(null, refusal);
        var hash = Passwords.Hash(proposed, request.Password);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        refusal = await links.UseAsync(request.LinkSecret, accountId, cancellationToken);
        if (refusal is not null) return new AcceptSetupResult(null, refusal);
        var account = await db.Users.FirstAsync(account => account.Id == accountId, cancellationToken);
        account.DisplayName = request.Name.Trim();
        account.PasswordHash = hash;
        account.EmailConfirmed = true;
        await LockOut.ClearAsync(account, cancellationToken);
        await audit.AppendAsync(db, Actors.Of(account), "account.set-up", "account", accountId.ToString(), null, cancellationToken);
        await users.UpdateSecurityStampAsync(account);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        directory.Forget(accountId);
        return new AcceptSetupResult(accountId, null);
    }
}
