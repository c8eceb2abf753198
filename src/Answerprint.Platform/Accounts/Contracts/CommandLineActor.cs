using Answerprint.Platform.Storage.Contracts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Accounts.Contracts;

/// <summary>Who acts on the command line, or why nobody does.</summary>
public sealed record CommandLineActorResult(Actor? Actor, Refusal? Refusal);

/// <summary>
/// Who the command line acts as. Whoever can write the data folder could do anything to it, so no password is asked; what matters is whose name the
/// record carries: the account that was named, otherwise the first owner, otherwise, on a folder without an owner, a local operator.
/// </summary>
public sealed class CommandLineActor(AnswerprintDb db, UserManager<Account> users, ServiceAccounts services)
{
    /// <summary>The name of the account used while there is no owner. It makes and ingests; it cannot clear, sign in or hand out roles.</summary>
    public const string LocalOperator = "Local operator";

    /// <summary>Finds the actor.</summary>
    /// <param name="asEmail">The address of the account to act as; none for the first owner, or the local operator where there is none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<CommandLineActorResult> ResolveAsync(string? asEmail, CancellationToken cancellationToken)
    {
        if (asEmail is not null)
        {
            var named = asEmail.Contains('@') ? await users.FindByNameAsync(asEmail.Trim()) : null;
            return named is null or { IsService: true } or { ClosedAt: not null }
                ? new CommandLineActorResult(null, Refusal.NotFound($"There is no open account with the address '{NameRules.Shown(asEmail)}'."))
                : new CommandLineActorResult(await ActorOfAsync(named, cancellationToken), null);
        }
        var owner = await RoleBook.Owners(db).AsNoTracking().OrderBy(account => account.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        if (owner is not null) return new CommandLineActorResult(await ActorOfAsync(owner, cancellationToken), null);
        var local = await services.EnsureAsync(LocalOperator, [Roles.Producer, Roles.Artist], cancellationToken);
        return new CommandLineActorResult(local with { Via = ActorVia.CommandLine }, null);
    }

    private async Task<Actor> ActorOfAsync(Account account, CancellationToken cancellationToken) =>
        new(account.Id, account.DisplayName, await RoleBook.OfAsync(db, account.Id, cancellationToken), ActorVia.CommandLine);
}
