using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Accounts;

/// <summary>An API key that the actor wants for a program.</summary>
/// <param name="Name">What to call it, 1 to 120 characters.</param>
/// <param name="Scopes">The roles it may use: at least one, each held by the actor.</param>
/// <param name="Days">After how many days it stops working, 1 to 3650; none for never.</param>
public sealed record CreateApiKeyRequest(string Name, IReadOnlyList<string> Scopes, int? Days);

/// <summary>The key and its secret, which is shown this once, or why there is none.</summary>
public sealed record CreateApiKeyResult(ApiKey? Key, string? Secret, Refusal? Refusal);

/// <summary>Makes an API key for the actor's own account.</summary>
public sealed class CreateApiKey(AnswerprintDb db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>How many keys of an account may work at once.</summary>
    public const int MaxKeys = 20;

    /// <summary>The longest life of a key that has one.</summary>
    public const int MaxDays = 3650;

    /// <summary>Sessions and the command line only: a key makes no keys.</summary>
    public async Task<CreateApiKeyResult> HandleAsync(CreateApiKeyRequest request, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (Check(request, actor) is { } refusal) return new CreateApiKeyResult(null, null, refusal);

        var now = clock.GetUtcNow();
        var secret = ApiKeyFormat.New();
        var key = new ApiKey
        {
            Id = Guid.CreateVersion7(now),
            AccountId = actor.AccountId,
            Name = request.Name.Trim(),
            Prefix = secret[..ApiKeyFormat.ShownCharacters],
            SecretSha256 = Secret.Sha256(secret),
            Scopes = string.Join(' ', Roles.All.Where(request.Scopes.Contains)),
            CreatedAt = now,
            ExpiresAt = request.Days is { } days ? now.AddDays(days) : null,
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var details = new JsonObject { ["name"] = key.Name, ["scopes"] = key.Scopes, ["days"] = request.Days };
        await audit.AppendAsync(db, actor, "key.created", "key", key.Id.ToString(), details, cancellationToken);
        var working = await db.Set<ApiKey>()
            .CountAsync(other => other.AccountId == actor.AccountId && other.RevokedAt == null && (other.ExpiresAt == null || other.ExpiresAt > now), cancellationToken);
        if (working >= MaxKeys)
        {
            db.ChangeTracker.Clear();
            return new CreateApiKeyResult(null, null, Refusal.Conflict("", $"There are {working} working keys already; the limit is {MaxKeys}. Revoke one first."));
        }
        db.Add(key);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new CreateApiKeyResult(key, secret, null);
    }

    private static Refusal? Check(CreateApiKeyRequest request, Actor actor)
    {
        var refusal = Actors.CheckNotByKey(actor, "make keys") ?? NameRules.CheckName(request.Name);
        if (refusal is not null) return refusal;
        if (request.Scopes.Count == 0) return Refusal.Invalid("scopes", "Choose at least one scope.");
        var foreign = request.Scopes.FirstOrDefault(scope => !actor.Roles.Contains(scope));
        if (foreign is not null) return Refusal.Invalid("scopes", $"You do not hold the role '{NameRules.Shown(foreign)}', so a key of yours cannot have it.");
        return request.Days is < 1 or > MaxDays ? Refusal.Invalid("days", $"A key works for 1 to {MaxDays} days, or without end; not {request.Days}.") : null;
    }
}
