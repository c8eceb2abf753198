using System.Text.Json.Nodes;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Accounts.Contracts;

/// <summary>Accounts by which parts of the program act, such as the crew of the sample production. They have no password and cannot sign in.</summary>
public sealed class ServiceAccounts(AnswerprintDb db, UserManager<Account> users, AuditTrail audit, AccountDirectory directory, TimeProvider clock)
{
    /// <summary>The service of a name, made where it is missing, with exactly these roles.</summary>
    /// <param name="name">Display name, 1 to 120 characters; also its identity.</param>
    /// <param name="roles">Any of <see cref="Roles.All"/> but <see cref="Roles.Owner"/>; at least one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">A name or a role is out of range: the caller is the program, so this is a fault of the program.</exception>
    public async Task<Actor> EnsureAsync(string name, IReadOnlyCollection<string> roles, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(roles);
        if ((NameRules.CheckName(name) ?? RoleBook.Check(roles)) is { } fault) throw new ArgumentException(fault.Reason, fault.Field);
        if (roles.Contains(Roles.Owner)) throw new ArgumentException("a service cannot own the installation", nameof(roles));

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // The '@' that every person's address has is what no service's name can have.
        var userName = "service." + name.Trim().Replace('@', '.');
        var account = await users.FindByNameAsync(userName);
        var held = account is null ? [] : await RoleBook.OfAsync(db, account.Id, cancellationToken);
        var wanted = Roles.All.Where(roles.Contains).ToList();
        if (account is null || !held.SequenceEqual(wanted))
        {
            if (account is null)
            {
                var accounts = new NewAccounts(db, users, clock);
                account = accounts.Draft(name, email: null, isService: true);
                account.UserName = userName;
                if (await accounts.AddAsync(account, wanted, cancellationToken) is { } refusal) throw new InvalidOperationException(refusal.Reason);
            }
            else
            {
                await RoleBook.SetAsync(db, account.Id, wanted, cancellationToken);
            }
            var details = new JsonObject { ["name"] = account.DisplayName, ["roles"] = new JsonArray([.. wanted.Select(role => JsonValue.Create(role))]) };
            await audit.AppendAsync(db, Actors.Program, "service.ensured", "account", account.Id.ToString(), details, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            directory.Forget(account.Id);
        }
        return new Actor(account.Id, account.DisplayName, wanted, ActorVia.Service);
    }
}
