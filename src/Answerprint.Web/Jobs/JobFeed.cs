using System.Data.Common;
using System.Threading.Channels;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Web.Library;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Jobs;

/// <summary>Tells listeners how jobs go on. One look at the records twice a second for all of them, and none while nobody listens.</summary>
internal sealed partial class JobFeed(IDbContextFactory<AnswerprintDb> contexts, DataFolder folder, TimeProvider clock, ILogger<JobFeed> logger) : IDisposable
{
    private const int MostUnread = 512;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // A job that ended between the page and its stream is told too.
    private static readonly TimeSpan JustEnded = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly HashSet<Channel<JobReport>> listeners = [];
    private Dictionary<Guid, JobReport> known = [];
    private CancellationTokenSource? polling;

    /// <summary>Whether the records are being looked at.</summary>
    public bool IsPolling
    {
        get { lock (gate) return polling is not null; }
    }

    /// <summary>What is so now, then every change, until the listener is disposed of.</summary>
    public Listener Listen()
    {
        // Whoever reads too slowly misses what is old, never what is last.
        var channel = Channel.CreateBounded<JobReport>(new BoundedChannelOptions(MostUnread) { FullMode = BoundedChannelFullMode.DropOldest });
        Join(channel);
        return new Listener(this, channel);
    }

    public void Dispose()
    {
        lock (gate)
        {
            polling?.Cancel();
            polling?.Dispose();
            polling = null;
        }
    }

    private void Join(Channel<JobReport> channel)
    {
        lock (gate)
        {
            foreach (var report in known.Values) channel.Writer.TryWrite(report);
            listeners.Add(channel);
            if (polling is not null) return;
            polling = new CancellationTokenSource();
            _ = Task.Run(() => PollAsync(polling.Token));
        }
    }

    private void Leave(Channel<JobReport> channel)
    {
        lock (gate)
        {
            listeners.Remove(channel);
            if (listeners.Count > 0) return;
            polling?.Cancel();
            polling?.Dispose();
            (polling, known) = (null, []);
        }
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                try
                {
                    Tell(await LookAsync(cancellationToken), cancellationToken);
                }
                catch (DbException error)
                {
                    LookFailed(error);
                }
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The last listener has gone.
        }
    }

    private async Task<List<JobReport>> LookAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var since = clock.GetUtcNow() - JustEnded;
        var jobs = await db.Set<Job>().AsNoTracking()
            .Where(job => job.State == JobState.Running || job.State == JobState.Queued || job.State == JobState.AwaitingClearance || job.FinishedAt > since)
            .OrderBy(job => job.CreatedAt).ToListAsync(cancellationToken);
        return jobs.ConvertAll(job => JobReport.Of(job, job.State == JobState.Running ? MediaRoutes.PreviewUrlOf(folder, job.Id) : null));
    }

    private void Tell(List<JobReport> seen, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (cancellationToken.IsCancellationRequested) return;
            foreach (var report in seen.Where(report => !known.TryGetValue(report.Job, out var before) || before != report))
                foreach (var listener in listeners) listener.Writer.TryWrite(report);
            known = seen.ToDictionary(report => report.Job);
        }
    }

    /// <summary>Somebody who listens.</summary>
    public sealed class Listener(JobFeed feed, Channel<JobReport> channel) : IDisposable
    {
        public ChannelReader<JobReport> Reports => channel.Reader;

        public void Dispose() => feed.Leave(channel);
    }

    [LoggerMessage(1, LogLevel.Warning, "Looking at the jobs failed; trying again")]
    private partial void LookFailed(Exception error);
}
