using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Accounts;

/// <summary>Whether and how somebody can come in.</summary>
public enum PersonState
{
    /// <summary>Can sign in.</summary>
    Active,

    /// <summary>Has not used the one-time link yet.</summary>
    Invited,

    /// <summary>Was closed.</summary>
    Closed,

    /// <summary>Is a part of the program and never signs in.</summary>
    Service,
}

/// <summary>One account, as the people of an installation are listed.</summary>
public sealed record Person(
    Guid Id, string Name, string Email, IReadOnlyList<string> Roles, PersonState State, DateTimeOffset CreatedAt, DateTimeOffset? LockedUntil);

/// <summary>Who has an account here.</summary>
public sealed class ListPeople(AnswerprintDb db, TimeProvider clock)
{
    /// <summary>Every account: people first, by name, then services.</summary>
    public Task<IReadOnlyList<Person>> HandleAsync(CancellationToken cancellationToken) => ReadAsync(db.Users, cancellationToken);

    /// <summary>One account; none where there is none of that id.</summary>
    public async Task<Person?> FindAsync(Guid accountId, CancellationToken cancellationToken) =>
        (await ReadAsync(db.Users.Where(account => account.Id == accountId), cancellationToken)).SingleOrDefault();

    private async Task<IReadOnlyList<Person>> ReadAsync(IQueryable<Account> which, CancellationToken cancellationToken)
    {
        var accounts = await which.AsNoTracking().ToListAsync(cancellationToken);
        var held = await (
            from account in which
            join link in db.UserRoles on account.Id equals link.UserId
            join role in db.Roles on link.RoleId equals role.Id
            select new { account.Id, role.Name }).ToListAsync(cancellationToken);
        var roles = held.ToLookup(row => row.Id, row => row.Name);
        var now = clock.GetUtcNow();
        return [.. accounts
            .Select(account => new Person(
                account.Id, account.DisplayName, account.Email ?? "", [.. Roles.All.Where(role => roles[account.Id].Contains(role))], StateOf(account), account.CreatedAt,
                account.LockoutEnd > now ? account.LockoutEnd : null))
            .OrderBy(person => person.State == PersonState.Service).ThenBy(person => person.Name, StringComparer.OrdinalIgnoreCase).ThenBy(person => person.Id)];
    }

    private static PersonState StateOf(Account account) => account switch
    {
        { IsService: true } => PersonState.Service,
        { ClosedAt: not null } => PersonState.Closed,
        { PasswordHash: null } => PersonState.Invited,
        _ => PersonState.Active,
    };
}
