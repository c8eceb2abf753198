using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Jobs;

/// <summary>Sweeps <see cref="KeptWork"/> when a worker starts and every ten minutes: jobs are cancelled and sources taken back while none runs.</summary>
internal sealed class KeptWorkSweep(IDbContextFactory<AnswerprintDb> contexts, KeptWork kept, TimeProvider clock, ILogger<KeptWorkSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await using var db = await contexts.CreateDbContextAsync(stoppingToken);
                await kept.SweepAsync(db, stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Log.KeptSweepFailed(logger, error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
