using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Tests.Storage;

public sealed class SqliteStorageTests : StorageSuite
{
    protected override string Dialect => "sqlite";

    /// <summary>The data folder of each platform has a file of its own.</summary>
    protected override Task<StorageOptions> NewDatabaseAsync() => Task.FromResult(new StorageOptions());
}
