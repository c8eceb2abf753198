using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.AspNetCore.Identity;

namespace Answerprint.Platform.Accounts;

/// <summary>A person who is to have an account.</summary>
/// <param name="Name">Display name, 1 to 120 characters.</param>
/// <param name="Email">E-mail address, at most 254 characters.</param>
/// <param name="Roles">At least one of <see cref="Contracts.Roles.All"/>.</param>
public sealed record InvitePersonRequest(string Name, string Email, IReadOnlyList<string> Roles);

/// <summary>The account and the secret of its one-time link, or why there is none.</summary>
public sealed record InvitePersonResult(Guid? AccountId, string? LinkSecret, Refusal? Refusal);

/// <summary>Makes an account that its person completes by a one-time link; the owner passes the link on.</summary>
public sealed class InvitePerson(AnswerprintDb db, TimeProvider clock, UserManager<Account> users, SetupLinks links, AuditTrail audit)
{
    private NewAccounts Accounts => new(db, users, clock);

    /// <summary>Owners only.</summary>
    public async Task<InvitePersonResult> HandleAsync(InvitePersonRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var refusal = Actors.CheckOwner(actor, "invite people") ?? Actors.CheckNotByKey(actor, "invite people")
            ?? NameRules.CheckName(request.Name) ?? NameRules.CheckEmail(request.Email) ?? RoleBook.Check(request.Roles);
        if (refusal is not null) return new InvitePersonResult(null, null, refusal);

        var account = Accounts.Draft(request.Name, request.Email);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        refusal = await Accounts.AddAsync(account, request.Roles, cancellationToken);
        if (refusal is not null)
        {
            db.ChangeTracker.Clear();
            return new InvitePersonResult(null, null, refusal);
        }
        var secret = await links.ReplaceAsync(account.Id, cancellationToken);
        var details = new JsonObject { ["name"] = account.DisplayName, ["roles"] = new JsonArray([.. request.Roles.Select(role => JsonValue.Create(role))]) };
        await audit.AppendAsync(db, actor, "account.invited", "account", account.Id.ToString(), details, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new InvitePersonResult(account.Id, secret, null);
    }
}
