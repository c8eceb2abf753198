using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Tests.Titles;

/// <summary>A data folder of its own with the real services on SQLite, gone afterwards.</summary>
public sealed class ScratchStudio : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ScratchStudio(DataFolder folder, Action<IServiceCollection>? configure)
    {
        Folder = folder;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddPlatform(folder, new StorageOptions());
        configure?.Invoke(services);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public DataFolder Folder { get; }

    public SetClock Clock { get; } = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    public Actor Producer { get; } = new(Guid.Parse("0199a000-0000-7000-8000-000000000001"), "Pat", [Roles.Producer], ActorVia.CommandLine);

    public Actor Viewer { get; } = new(Guid.Parse("0199a000-0000-7000-8000-000000000002"), "Vera", [Roles.Viewer], ActorVia.Session);

    public static async Task<ScratchStudio> OpenAsync(Action<IServiceCollection>? configure = null)
    {
        var studio = new ScratchStudio(new DataFolder(Path.Combine(Path.GetTempPath(), "answerprint-" + Guid.NewGuid().ToString("N"))), configure);
        await studio.Get<DatabaseSetup>().MigrateAsync(CancellationToken.None);
        return studio;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Runs in a scope of its own, as a request does.</summary>
    public async Task<TResult> InScopeAsync<T, TResult>(Func<T, Task<TResult>> work) where T : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<T>());
    }

    public Task SaveAsync(params object[] entities) => InScopeAsync<AnswerprintDb, int>(db =>
    {
        db.AddRange(entities);
        return db.SaveChangesAsync();
    });

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder.Root, recursive: true);
    }
}

/// <summary>A clock that stands until a test moves it.</summary>
public sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
