using System.Diagnostics;
using Answerprint.Platform;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Jobs;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Answerprint.Cli.Shell;

/// <summary>One verb at work on a data folder: the platform's services, the person who acts, and a worker where no server has one.</summary>
internal sealed class Session : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private readonly ServiceProvider services;
    private readonly AsyncServiceScope scope;
    private readonly StorageOptions storage;

    private Session(ServiceProvider services, DataFolder folder, StorageOptions storage)
    {
        (this.services, Folder, this.storage) = (services, folder, storage);
        scope = services.CreateAsyncScope();
    }

    public DataFolder Folder { get; }

    public Actor Actor { get; private set; } = null!;

    public AnswerprintDb Db => Get<AnswerprintDb>();

    public T Get<T>()
        where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    public static async Task<Session> OpenAsync(string? data, string? asEmail, CancellationToken cancellationToken)
    {
        var folder = new DataFolder(data ?? DataFolder.DefaultRoot);
        var storage = new StorageOptions { Postgres = Environment.GetEnvironmentVariable(WorkerProcess.PostgresVariable) };
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.AddSimpleConsole(console => console.SingleLine = true)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft", LogLevel.Critical));
        collection.AddPlatform(folder, storage);
        var session = new Session(collection.BuildServiceProvider(), folder, storage);
        await session.Get<DatabaseSetup>().MigrateAsync(cancellationToken);
        var resolved = await session.Get<CommandLineActor>().ResolveAsync(asEmail, cancellationToken);
        session.Actor = resolved.Actor ?? throw new InvalidDataException(resolved.Refusal!.Reason);
        return session;
    }

    /// <summary>Waits until a job has ended, or waits for a person; works on it here where no other process does.</summary>
    public async Task<Job> WaitAsync(Guid jobId, CancellationToken cancellationToken)
    {
        using var held = WorkerLock.TryTake(Folder);
        using var worker = held is null ? null : WorkerHost.Build(Folder, storage, null);
        if (worker is not null) await worker.StartAsync(cancellationToken);
        try
        {
            return await WatchAsync(jobId, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await Get<CancelJob>().HandleAsync(jobId, Actor, CancellationToken.None);
            throw;
        }
        finally
        {
            if (worker is not null) await worker.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>Waits until all jobs have ended, or wait for a person; one worker for all of them where no other process has one.</summary>
    public async Task<IReadOnlyList<Job>> WaitAllAsync(IReadOnlyCollection<Guid> jobIds, CancellationToken cancellationToken)
    {
        using var held = WorkerLock.TryTake(Folder);
        using var worker = held is null || jobIds.Count == 0 ? null : WorkerHost.Build(Folder, storage, null);
        if (worker is not null) await worker.StartAsync(cancellationToken);
        try
        {
            return await WatchAllAsync([.. jobIds], cancellationToken);
        }
        finally
        {
            // Stopped in the middle, running jobs go back to the queue and the rest waits: nothing is lost and the same command goes on.
            if (worker is not null) await worker.StopAsync(CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<Job>> WatchAllAsync(List<Guid> jobIds, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Look);
        var (shown, since) = (-1, Stopwatch.StartNew());
        while (true)
        {
            var open = await Db.Set<Job>().CountAsync(job => jobIds.Contains(job.Id) && (job.State == JobState.Queued || job.State == JobState.Running), cancellationToken);
            if (open != shown) await Console.Error.WriteLineAsync($"{since.Elapsed:mm\\:ss}  {jobIds.Count - open} of {jobIds.Count}");
            shown = open;
            if (open == 0) return await Db.Set<Job>().AsNoTracking().Where(job => jobIds.Contains(job.Id)).ToListAsync(cancellationToken);
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task<Job> WatchAsync(Guid jobId, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Look);
        var shown = "";
        var since = Stopwatch.StartNew();
        while (true)
        {
            var job = await Db.Set<Job>().AsNoTracking().FirstAsync(job => job.Id == jobId, cancellationToken);
            if (job.HasEnded || job.State == JobState.AwaitingClearance) return job;
            var line = $"{job.Progress,4:P0}  {job.Phase}";
            if (line != shown) await Console.Error.WriteLineAsync($"{since.Elapsed:mm\\:ss}  {line}");
            shown = line;
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await scope.DisposeAsync();
        await services.DisposeAsync();
    }
}
