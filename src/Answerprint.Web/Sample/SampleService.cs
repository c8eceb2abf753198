namespace Answerprint.Web.Sample;

/// <summary>Runs the sample's loop beside the server, so that pages are there at once.</summary>
internal sealed class SampleService(SampleLoop loop, SampleStatus status) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await loop.RunAsync(stoppingToken);
            status.End("");
        }
        catch (OperationCanceledException)
        {
            // The server stops; the next `up` goes on from here.
        }
        catch (Exception error)
        {
            status.End(error.Message);
        }
    }
}
