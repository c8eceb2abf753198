using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Accounts;

/// <summary>The roles that an account is to have from now on.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Roles">At least one of <see cref="Contracts.Roles.All"/>.</param>
public sealed record SetRolesRequest(Guid AccountId, IReadOnlyList<string> Roles);

/// <summary>Done, or why not.</summary>
public sealed record SetRolesResult(Refusal? Refusal);

/// <summary>Changes what a person may do, from their next request on.</summary>
public sealed class SetRoles(AnswerprintDb db, AuditTrail audit, AccountDirectory directory)
{
    /// <summary>Owners only. The last owner stays one.</summary>
    public async Task<SetRolesResult> HandleAsync(SetRolesRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var refusal = Actors.CheckOwner(actor, "change roles") ?? Actors.CheckNotByKey(actor, "change roles") ?? RoleBook.Check(request.Roles);
        if (refusal is not null) return new SetRolesResult(refusal);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var details = new JsonObject { ["roles"] = new JsonArray([.. request.Roles.Select(role => JsonValue.Create(role))]) };
        // First in the transaction: on PostgreSQL it takes the lock that keeps two owners from removing each other.
        await audit.AppendAsync(db, actor, "account.roles-set", "account", request.AccountId.ToString(), details, cancellationToken);
        refusal = await CheckAsync(request, cancellationToken);
        if (refusal is not null)
        {
            db.ChangeTracker.Clear();
            return new SetRolesResult(refusal);
        }
        await RoleBook.SetAsync(db, request.AccountId, request.Roles, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        directory.Forget(request.AccountId);
        return new SetRolesResult(null);
    }

    private async Task<Refusal?> CheckAsync(SetRolesRequest request, CancellationToken cancellationToken)
    {
        var account = await db.Users.AsNoTracking().FirstOrDefaultAsync(account => account.Id == request.AccountId, cancellationToken);
        if (account is null or { IsService: true }) return Refusal.NotFound($"There is no person with the id {request.AccountId}.");
        if (request.Roles.Contains(Roles.Owner)) return null;
        return await IsLastOwnerAsync(db, request.AccountId, cancellationToken)
            ? Refusal.Conflict("roles", $"{account.DisplayName} is the last owner and stays one; make another person an owner first.")
            : null;
    }

    internal static async Task<bool> IsLastOwnerAsync(AnswerprintDb db, Guid accountId, CancellationToken cancellationToken)
    {
        var owners = await RoleBook.Owners(db).Select(owner => owner.Id).Take(2).ToListAsync(cancellationToken);
        return owners.Count == 1 && owners[0] == accountId;
    }
}
