using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Accounts;

/// <summary>Done, or why not.</summary>
public sealed record RevokeApiKeyResult(Refusal? Refusal);

/// <summary>Ends an API key from the next request on.</summary>
public sealed class RevokeApiKey(AnswerprintDb db, AuditTrail audit, AccountDirectory directory, TimeProvider clock)
{
    /// <summary>Everyone their own, owners everyone's. A key may end itself. Revoking twice changes nothing.</summary>
    public async Task<RevokeApiKeyResult> HandleAsync(Guid keyId, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var key = await db.Set<ApiKey>().FirstOrDefaultAsync(key => key.Id == keyId, cancellationToken);
        // Another person's key is as good as none: its existence is nobody's business.
        if (key is null || (key.AccountId != actor.AccountId && !actor.HasAny(Roles.Owner)))
            return new RevokeApiKeyResult(Refusal.NotFound($"You have no key with the id {keyId}."));
        if (key.RevokedAt is not null) return new RevokeApiKeyResult(null);

        key.RevokedAt = clock.GetUtcNow();
        await audit.AppendAsync(db, actor, "key.revoked", "key", keyId.ToString(), new JsonObject { ["name"] = key.Name }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        directory.Forget(key.AccountId);
        return new RevokeApiKeyResult(null);
    }
}
