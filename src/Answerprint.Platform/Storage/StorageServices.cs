using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Storage;

/// <summary>Registers records and blobs.</summary>
public static class StorageServices
{
    /// <summary>Adds <see cref="AnswerprintDb"/> (scoped, pooled), <see cref="BlobStore"/>, <see cref="DataFolder"/> and <see cref="DatabaseSetup"/>.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, DataFolder folder, StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(folder).AddSingleton(options).AddSingleton<BlobStore>().AddSingleton<DatabaseSetup>();
        services.AddPooledDbContextFactory<AnswerprintDb>(builder => Configure(builder, folder, options));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<AnswerprintDb>>().CreateDbContext());
        return services;
    }

    internal static void Configure(DbContextOptionsBuilder builder, DataFolder folder, StorageOptions options)
    {
        if (string.IsNullOrEmpty(options.Postgres))
            builder.UseSqlite(SqliteFile.ConnectionString(folder.Database)).AddInterceptors(SqlitePragmas.Instance);
        else
            builder.UseNpgsql(options.Postgres);
        // The frozen files are the schema; a test compares them with the model, so the snapshot that this warning wants is not kept.
        builder.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
    }
}
