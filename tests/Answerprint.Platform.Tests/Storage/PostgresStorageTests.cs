using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Tests.Storage;

[NeedsPostgres]
public sealed class PostgresStorageTests(PostgresServer server) : StorageSuite, IClassFixture<PostgresServer>
{
    protected override string Dialect => "postgres";

    protected override async Task<StorageOptions> NewDatabaseAsync() => new() { Postgres = await server.NewDatabaseAsync() };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Npgsql.NpgsqlConnection.ClearAllPools();
    }
}
