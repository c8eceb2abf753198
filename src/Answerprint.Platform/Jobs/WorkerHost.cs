using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Jobs;

/// <summary>The worker: a process (or a part of one) that takes jobs of one data folder until it is stopped.</summary>
public static class WorkerHost
{
    /// <summary>Works until stopped, or until standard input ends where the worker is a child of the server.</summary>
    /// <param name="folder">The data folder; one worker at a time holds it.</param>
    /// <param name="storage">Where records are kept.</param>
    /// <param name="asChild">Whether to end when standard input does: the sign that the server is gone.</param>
    /// <param name="cancellationToken">Ends the work; running jobs go back to the queue.</param>
    public static async Task<int> RunAsync(DataFolder folder, StorageOptions storage, bool asChild, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        using var held = await WorkerLock.WaitAsync(folder, cancellationToken);
        using var host = Build(folder, storage, null);
        await host.StartAsync(cancellationToken);
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        if (asChild) _ = EndWithParentAsync(lifetime);
        await host.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    /// <summary>A worker inside this process, for a command that works without a server. The caller holds <see cref="WorkerLock"/>.</summary>
    public static IHost Build(DataFolder folder, StorageOptions storage, Action<JobOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Answerprint", LogLevel.Information).AddFilter("Microsoft", LogLevel.Error).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddPlatform(folder, storage).AddJobWorker(folder, storage, configure);
        builder.Services.AddLibraryWorker().AddHostedService<WorkFolderSweep>().AddHostedService<KeptWorkSweep>();
        return builder.Build();
    }

    /// <summary>The kernel kills a child of a dead server; where it cannot be asked to, the end of standard input says the same.</summary>
    private static async Task EndWithParentAsync(IHostApplicationLifetime lifetime)
    {
        await using var input = Console.OpenStandardInput();
        var buffer = new byte[256];
        while (await input.ReadAsync(buffer) > 0)
        {
        }
        lifetime.StopApplication();
    }
}
