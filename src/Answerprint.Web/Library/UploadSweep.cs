using Answerprint.Platform.Assets.Uploads;

namespace Answerprint.Web.Library;

/// <summary>Removes uploads that nobody went on with, once an hour.</summary>
internal sealed partial class UploadSweep(UploadStore uploads, TimeProvider clock, ILogger<UploadSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                if (uploads.Sweep() is > 0 and var swept) Swept(swept);
            }
            catch (IOException error)
            {
                Failed(error); // a file that is being written to just now; the next hour sees it again
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1, LogLevel.Information, "Removed {Count} expired uploads")]
    private partial void Swept(int count);

    [LoggerMessage(2, LogLevel.Warning, "Sweeping uploads failed")]
    private partial void Failed(Exception error);
}
