using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Accounts;

/// <summary>Which account holds which roles.</summary>
internal static class RoleBook
{
    /// <summary>Accounts that own the installation and can sign in.</summary>
    public static IQueryable<Account> Owners(AnswerprintDb db) =>
        from account in db.Users
        join held in db.UserRoles on account.Id equals held.UserId
        join role in db.Roles on held.RoleId equals role.Id
        where role.Name == Roles.Owner && account.ClosedAt == null && !account.IsService
        select account;

    /// <summary>The roles of an account, in the order of <see cref="Roles.All"/>.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(AnswerprintDb db, Guid accountId, CancellationToken cancellationToken)
    {
        var names = await (
            from held in db.UserRoles
            join role in db.Roles on held.RoleId equals role.Id
            where held.UserId == accountId
            select role.Name).ToListAsync(cancellationToken);
        return [.. Roles.All.Where(names.Contains)];
    }

    /// <summary>Gives an account exactly these roles. The caller saves.</summary>
    public static async Task SetAsync(AnswerprintDb db, Guid accountId, IReadOnlyCollection<string> roles, CancellationToken cancellationToken)
    {
        var known = await db.Roles.ToListAsync(cancellationToken);
        foreach (var missing in roles.Where(name => known.All(role => role.Name != name)).ToList())
        {
            var role = new IdentityRole<Guid>(missing) { Id = Guid.CreateVersion7(), NormalizedName = missing.ToUpperInvariant() };
            db.Roles.Add(role);
            known.Add(role);
        }
        var held = await db.UserRoles.Where(link => link.UserId == accountId).ToListAsync(cancellationToken);
        var wanted = known.Where(role => roles.Contains(role.Name!)).Select(role => role.Id).ToHashSet();
        db.UserRoles.RemoveRange(held.Where(link => !wanted.Contains(link.RoleId)));
        db.UserRoles.AddRange(wanted.Where(id => held.All(link => link.RoleId != id))
            .Select(id => new IdentityUserRole<Guid> { UserId = accountId, RoleId = id }));
    }

    /// <summary>None where each is a role and there is at least one.</summary>
    public static Refusal? Check(IReadOnlyCollection<string> roles)
    {
        if (roles.Count == 0) return Refusal.Invalid("roles", "Choose at least one role.");
        var unknown = roles.FirstOrDefault(role => !Roles.All.Contains(role));
        return unknown is null ? null : Refusal.Invalid("roles", $"There is no role '{NameRules.Shown(unknown)}'; the roles are {string.Join(", ", Roles.All)}.");
    }
}
