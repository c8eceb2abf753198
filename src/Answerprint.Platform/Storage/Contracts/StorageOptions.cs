namespace Answerprint.Platform.Storage.Contracts;

/// <summary>Where records are kept.</summary>
public sealed class StorageOptions
{
    /// <summary>A PostgreSQL connection string; empty (the default) keeps records in SQLite in the data folder.</summary>
    public string? Postgres { get; set; }
}
