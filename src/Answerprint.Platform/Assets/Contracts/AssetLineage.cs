using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Assets.Contracts;

/// <summary>Follows lineage through any number of steps, each way in one query of the database.</summary>
public static class AssetLineage
{
    // UNION, not UNION ALL: each asset is met once, however many ways lead to it, and a broken record that goes in a circle ends too.
    private const string Down = """
        WITH RECURSIVE reached("Id") AS (
            SELECT "Id" FROM assets WHERE "Id" {0}
            UNION SELECT i."AssetId" FROM reached r JOIN asset_inputs i ON i."SourceId" = r."Id")
        SELECT "Id" AS "Value" FROM reached
        """;

    private const string Up = """
        WITH RECURSIVE reached("Id") AS (
            SELECT "Id" FROM assets WHERE "Id" {0}
            UNION SELECT i."SourceId" FROM reached r JOIN asset_inputs i ON i."AssetId" = r."Id")
        SELECT "Id" AS "Value" FROM reached
        """;

    private const string Tainted = """
        WITH RECURSIVE reached("Root", "Id") AS (
            SELECT "Id", "Id" FROM assets WHERE "Id" {0}
            UNION SELECT r."Root", i."SourceId" FROM reached r JOIN asset_inputs i ON i."AssetId" = r."Id")
        SELECT DISTINCT r."Root" AS "Value" FROM reached r JOIN assets a ON a."Id" = r."Id" WHERE a."State" = 'Quarantined'
        """;

    /// <summary>The assets themselves and everything that was ever made from them.</summary>
    public static Task<HashSet<Guid>> DescendantsAsync(AnswerprintDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        FollowAsync(db, Down, ids, cancellationToken);

    /// <summary>The assets themselves and everything that they were made from.</summary>
    public static Task<HashSet<Guid>> AncestorsAsync(AnswerprintDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        FollowAsync(db, Up, ids, cancellationToken);

    /// <summary>Those of the assets that are quarantined themselves or were made, at any distance, from something that is.</summary>
    public static Task<HashSet<Guid>> TaintedAsync(AnswerprintDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        FollowAsync(db, Tainted, ids, cancellationToken);

    private static async Task<HashSet<Guid>> FollowAsync(AnswerprintDb db, string query, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Count == 0) return [];
        // One parameter for all ids: a statement with thousands of parameters has a limit on either database. SQLite keeps an id as upper-case text.
        var (list, value) = db.Database.IsSqlite()
            ? ("IN (SELECT value FROM json_each({0}))", (object)System.Text.Json.JsonSerializer.Serialize(ids.Select(id => id.ToString().ToUpperInvariant())))
            : ("= ANY({0})", ids.ToArray());
        var found = await db.Database.SqlQueryRaw<Guid>(query.Replace("{0}", list, StringComparison.Ordinal), value).ToListAsync(cancellationToken);
        return [.. found];
    }
}
