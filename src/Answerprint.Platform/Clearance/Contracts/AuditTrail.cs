using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Clearance.Contracts;

/// <summary>Appends to the audit, in the caller's transaction.</summary>
/// <param name="clock">The time of entries.</param>
public sealed class AuditTrail(TimeProvider clock)
{
    private static readonly string BeforeTheFirst = new('0', 64);

    /// <summary>Adds one entry, bound by its hash to the one before. The caller has begun a transaction and saves.</summary>
    /// <exception cref="InvalidOperationException">There is no transaction: two entries could take one place.</exception>
    public async Task AppendAsync(
        AnswerprintDb db, Actor actor, string action, string subjectKind, string subjectId, JsonObject? details, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(actor);
        await EnterAsync(db, cancellationToken);

        // Entries of this very transaction are not in the database yet; what the context remembers of earlier ones may be old.
        var last = db.ChangeTracker.Entries<AuditEntry>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity).MaxBy(entry => entry.Number)
            ?? await db.Set<AuditEntry>().AsNoTracking().OrderByDescending(entry => entry.Number).FirstOrDefaultAsync(cancellationToken);
        var entry = new AuditEntry
        {
            Number = (last?.Number ?? 0) + 1,
            At = Microsecond(clock.GetUtcNow()),
            ActorId = actor.AccountId,
            ActorName = actor.Name,
            Action = action,
            SubjectKind = subjectKind,
            SubjectId = subjectId,
            DetailsJson = CanonicalJson.Write(details ?? []),
            PreviousSha256 = last?.Sha256 ?? BeforeTheFirst,
        };
        entry.Sha256 = HashOf(entry);
        db.Add(entry);
    }

    /// <summary>
    /// Takes the next place before there is anything to say: from here to the end of the transaction no other that appends can begin or commit,
    /// so that what is read from now on stays true until it is acted on.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no transaction.</exception>
    public static async Task EnterAsync(AnswerprintDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (db.Database.CurrentTransaction is null)
            throw new InvalidOperationException("the audit is appended to inside a transaction only");
        // SQLite's write transactions exclude each other; PostgreSQL is told to.
        if (db.Database.IsNpgsql()) await db.Database.ExecuteSqlRawAsync("LOCK TABLE audit IN EXCLUSIVE MODE", cancellationToken);
    }

    /// <summary>The first entry whose hash or place does not hold; none where the whole trail does.</summary>
    public static async Task<long?> FirstBrokenAsync(AnswerprintDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var (previous, number) = (BeforeTheFirst, 0L);
        await foreach (var entry in db.Set<AuditEntry>().AsNoTracking().OrderBy(entry => entry.Number).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (entry.Number != ++number || entry.PreviousSha256 != previous || entry.Sha256 != HashOf(entry)) return entry.Number;
            previous = entry.Sha256;
        }
        return null;
    }

    private static string HashOf(AuditEntry entry)
    {
        var canonical = CanonicalJson.Write(new JsonObject
        {
            ["number"] = entry.Number,
            ["at"] = entry.At.ToUnixTimeMilliseconds(),
            ["actorId"] = entry.ActorId.ToString(),
            ["actorName"] = entry.ActorName,
            ["action"] = entry.Action,
            ["subjectKind"] = entry.SubjectKind,
            ["subjectId"] = entry.SubjectId,
            ["details"] = entry.DetailsJson,
            ["previous"] = entry.PreviousSha256,
        });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
    }

    private static DateTimeOffset Microsecond(DateTimeOffset instant) => new(instant.UtcTicks / 10 * 10, TimeSpan.Zero);
}
