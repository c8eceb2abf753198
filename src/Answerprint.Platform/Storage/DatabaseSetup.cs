using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Storage;

/// <summary>Brings the database to the schema of this build.</summary>
/// <param name="contexts">Makes connections.</param>
public sealed class DatabaseSetup(IDbContextFactory<AnswerprintDb> contexts)
{
    /// <summary>Applies the migrations that are missing; does nothing where none is.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL;", cancellationToken);
    }
}
