using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Accounts;

/// <summary>The first person, by the first visit on this machine or by a one-time link.</summary>
/// <param name="Name">Display name, 1 to 120 characters.</param>
/// <param name="Email">E-mail address, at most 254 characters; it is what they sign in with.</param>
/// <param name="Password">12 to 256 characters.</param>
/// <param name="LinkSecret">The secret of the one-time link; none for the first visit on loopback, which the caller has verified.</param>
public sealed record CreateOwnerRequest(string Name, string Email, string Password, string? LinkSecret = null);

/// <summary>The owner's account, or why there is none.</summary>
public sealed record CreateOwnerResult(Guid? AccountId, Refusal? Refusal);

/// <summary>Makes the first owner, once. A studio of one starts with every role and hands them out as people arrive.</summary>
public sealed class CreateOwner(
    AnswerprintDb db, TimeProvider clock, UserManager<Account> users, SetupLinks links, AuditTrail audit, ILogger<CreateOwner> log)
{
    private NewAccounts Accounts => new(db, users, clock);
    private Passwords Passwords => new(users);

    /// <summary>Refuses with <see cref="RefusalKind.Conflict"/> where there is an owner already.</summary>
    public async Task<CreateOwnerResult> HandleAsync(CreateOwnerRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var account = Accounts.Draft(request.Name, request.Email);
        var refusal = NameRules.CheckName(request.Name) ?? NameRules.CheckEmail(request.Email) ?? await Passwords.CheckAsync(account, request.Password);
        if (refusal is not null) return new CreateOwnerResult(null, refusal);
        account.PasswordHash = Passwords.Hash(account, request.Password);
        account.EmailConfirmed = true;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var actor = Actors.Of(account) with { Roles = Roles.All };
        // First in the transaction: on PostgreSQL it takes the lock that lets only one first owner in.
        await audit.AppendAsync(db, actor, "owner.created", "account", account.Id.ToString(), null, cancellationToken);
        if (await RoleBook.Owners(db).AnyAsync(cancellationToken))
            refusal = Refusal.Conflict("", "This installation has an owner already.");
        else if (request.LinkSecret is { } secret)
            refusal = await links.UseAsync(secret, accountId: null, cancellationToken);
        refusal ??= await Accounts.AddAsync(account, Roles.All, cancellationToken);
        if (refusal is not null) return Refuse(refusal);

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Log.OwnerCreated(log, account.Id);
        return new CreateOwnerResult(account.Id, null);
    }

    private CreateOwnerResult Refuse(Refusal refusal)
    {
        db.ChangeTracker.Clear();
        return new CreateOwnerResult(null, refusal);
    }
}
