using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Withdrawal;

/// <summary>Puts what is planned into the queue in the background, so that a withdrawal of thousands answers at once and one that was cut short goes on.</summary>
internal sealed class RemakeKeeper(IServiceScopeFactory scopes, TimeProvider clock, ILogger<RemakeKeeper> logger) : BackgroundService
{
    private const int Batch = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await QueueAsync(stoppingToken) == Batch) { }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Log.QueueingFailed(logger, error);
            }
        }
    }

    private async Task<int> QueueAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<QueueRemakes>().HandleAsync(null, Batch, cancellationToken);
    }
}
