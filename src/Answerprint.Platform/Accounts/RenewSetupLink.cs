using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Accounts;

/// <summary>The secret of a new one-time link, or why there is none.</summary>
public sealed record RenewSetupLinkResult(string? LinkSecret, Refusal? Refusal);

/// <summary>Makes a new one-time link for an account whose person lost the link or forgot the password. Earlier links stop working.</summary>
public sealed class RenewSetupLink(AnswerprintDb db, SetupLinks links, AuditTrail audit)
{
    /// <summary>Owners only.</summary>
    public async Task<RenewSetupLinkResult> HandleAsync(Guid accountId, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var refusal = Actors.CheckOwner(actor, "make set-up links") ?? Actors.CheckNotByKey(actor, "make set-up links");
        if (refusal is not null) return new RenewSetupLinkResult(null, refusal);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var account = await db.Users.AsNoTracking().FirstOrDefaultAsync(account => account.Id == accountId, cancellationToken);
        if (account is null or { IsService: true }) return new RenewSetupLinkResult(null, Refusal.NotFound($"There is no person with the id {accountId}."));
        if (account.ClosedAt is not null) return new RenewSetupLinkResult(null, Refusal.Conflict("", $"The account of {account.DisplayName} is closed; open it first."));
        var secret = await links.ReplaceAsync(accountId, cancellationToken);
        await audit.AppendAsync(db, actor, "account.link-renewed", "account", accountId.ToString(), null, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new RenewSetupLinkResult(secret, null);
    }
}
