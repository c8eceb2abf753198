using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Answerprint.Platform.Storage.Migrations;

/// <summary>A migration whose statements are frozen in two embedded files, one for each database, named after it.</summary>
public abstract class FrozenSql : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        var id = GetType().GetCustomAttribute<MigrationAttribute>()!.Id;
        var dialect = migrationBuilder.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal) ? "sqlite" : "postgres";
        migrationBuilder.Sql(Read($"{id}.{dialect}.sql"));
    }

    /// <summary>The text of a frozen file.</summary>
    internal static string Read(string name)
    {
        using var stream = typeof(FrozenSql).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the migration file '{name}' is not in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
