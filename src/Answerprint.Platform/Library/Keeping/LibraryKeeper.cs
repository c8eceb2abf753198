using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Library.Keeping;

/// <summary>Keeps the index up to date in the background of the worker: at once while there is something to do, else once a second.</summary>
internal sealed class LibraryKeeper(IServiceScopeFactory scopes, TimeProvider clock, ILogger<LibraryKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var pause = Interval;
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                if (await scope.ServiceProvider.GetRequiredService<BringUpToDate>().HandleAsync(stoppingToken) > 0) pause = TimeSpan.FromMilliseconds(20);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Log.KeepingFailed(logger, error);
                pause = AfterFailure;
            }
            await Task.Delay(pause, clock, stoppingToken);
        }
    }
}
