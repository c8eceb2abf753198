using Microsoft.Data.Sqlite;

namespace Answerprint.Platform.Storage.Contracts;

/// <summary>How every SQLite file of the data folder is opened.</summary>
internal static class SqliteFile
{
    /// <summary>Waits up to 30 seconds for a writer, holds foreign keys, pools connections.</summary>
    public static string ConnectionString(string path) =>
        new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30, ForeignKeys = true, Pooling = true }.ToString();
}
