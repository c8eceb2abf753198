using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Tests;

/// <summary>The whole platform on a data folder of its own that goes with it.</summary>
public sealed class TestPlatform : IAsyncDisposable
{
    private TestPlatform(ServiceProvider services, DataFolder folder) => (Services, Folder) = (services, folder);

    public ServiceProvider Services { get; }

    public DataFolder Folder { get; }

    public static Actor Artist { get; } = new(Guid.Parse("11111111-0000-0000-0000-000000000001"), "Ada Artist", [Roles.Artist, Roles.Producer], ActorVia.Session);

    public static Actor Counsel { get; } = new(Guid.Parse("11111111-0000-0000-0000-000000000002"), "Cal Counsel", [Roles.Counsel], ActorVia.Session);

    public static async Task<TestPlatform> StartAsync(Action<IServiceCollection>? configure = null, StorageOptions? storage = null)
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("answerprint-test-").FullName);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPlatform(folder, storage ?? new StorageOptions());
        configure?.Invoke(services);
        var platform = new TestPlatform(services.BuildServiceProvider(validateScopes: true), folder);
        await platform.Services.GetRequiredService<DatabaseSetup>().MigrateAsync(CancellationToken.None);
        return platform;
    }

    /// <summary>Runs something with the services of one request.</summary>
    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task<T> WithDbAsync<T>(Func<AnswerprintDb, Task<T>> act) => WithAsync(act);

    public async Task<Production> AddProductionAsync(string code = "TST")
    {
        var production = new Production { Id = Guid.CreateVersion7(), Code = code, Name = $"Production {code}", CreatedAt = DateTimeOffset.UnixEpoch };
        await WithDbAsync(db =>
        {
            db.Add(production);
            return db.SaveChangesAsync();
        });
        return production;
    }

    public Task<Job> JobAsync(Guid id) => WithDbAsync(db => db.Set<Job>().AsNoTracking().FirstAsync(job => job.Id == id));

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder.Root, recursive: true);
    }
}
