using Answerprint.Platform.Storage.Contracts;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Audience.Catalogue;

/// <summary>
/// Tells cheaply whether anything at all was committed since the last look. On SQLite that is <c>PRAGMA data_version</c> on a connection that
/// never writes: a few microseconds, true across processes. Elsewhere every look counts as a change, and the caller compares what it reads.
/// </summary>
/// <param name="contexts">Makes connections.</param>
internal sealed class DatabaseChanges(IDbContextFactory<AnswerprintDb> contexts) : IDisposable
{
    private readonly Lock _gate = new();
    private SqliteConnection? _connection;
    private SqliteCommand? _command;
    private long _looks;

    /// <summary>A number that differs from the one before whenever a transaction was committed in between.</summary>
    public long Look()
    {
        lock (_gate)
        {
            _command ??= Open();
            return _command is null ? ++_looks : (long)_command.ExecuteScalar()!;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _command?.Dispose();
            _connection?.Dispose();
        }
    }

    private SqliteCommand? Open()
    {
        using var db = contexts.CreateDbContext();
        if (!db.Database.IsSqlite()) return null;
        // Outside the pool: the number counts the commits of other connections only, so this one must not be lent to a writer.
        var source = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false, Mode = SqliteOpenMode.ReadOnly };
        _connection = new SqliteConnection(source.ToString());
        _connection.Open();
        var command = _connection.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        command.Prepare();
        return command;
    }
}
