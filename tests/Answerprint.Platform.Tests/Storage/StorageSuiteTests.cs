using System.Reflection;
using Answerprint.Platform.Storage.Migrations;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Answerprint.Platform.Tests.Storage;

public sealed class StorageSuiteTests
{
    private static readonly string[] Databases = ["Sqlite", "Postgres"];

    [Fact]
    public void The_suite_runs_on_every_database()
    {
        var classes = typeof(StorageSuite).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsPublic: true } && type.IsSubclassOf(typeof(StorageSuite))).Select(type => type.Name);
        Assert.Equal(Databases.Select(database => $"{database}StorageTests").Order(), classes.Order());
    }

    [Fact]
    public void Every_test_of_the_suite_knows_its_database()
    {
        var tests = typeof(StorageSuite).GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null).ToList();
        Assert.NotEmpty(tests);
        Assert.All(tests, test => Assert.IsType<StorageFactAttribute>(test.GetCustomAttribute<FactAttribute>()));
    }

    [Fact]
    public void Every_migration_is_frozen_for_every_database()
    {
        var migrations = typeof(FrozenSql).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(Migration))).ToList();
        Assert.NotEmpty(migrations);
        Assert.All(migrations, migration => Assert.All(["sqlite", "postgres"],
            dialect => Assert.NotEmpty(FrozenSql.Read($"{migration.GetCustomAttribute<MigrationAttribute>()!.Id}.{dialect}.sql"))));
    }
}
