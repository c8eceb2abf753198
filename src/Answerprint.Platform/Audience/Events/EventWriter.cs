using System.Threading.Channels;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Audience.Events;

/// <summary>
/// Writes viewers' events: requests queue up in a bounded channel, one writer takes all that wait into one transaction, and each request is
/// answered after that transaction is committed. So an answer means stored, and the disk is synced once for many requests.
/// </summary>
/// <param name="contexts">Makes connections.</param>
/// <param name="logger">For groups that could not be stored.</param>
public sealed class EventWriter(IDbContextFactory<AnswerprintDb> contexts, ILogger<EventWriter> logger) : IAsyncDisposable
{
    /// <summary>Requests that may wait; further ones wait before they queue up.</summary>
    public const int Capacity = 1024;

    /// <summary>Requests in one transaction at most.</summary>
    public const int MaxGroup = 64;

    private readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly Lock _gate = new();
    private Task? _loop;

    /// <summary>Transactions so far.</summary>
    public long Commits { get; private set; }

    /// <summary>Runs statements in a transaction that others may share, and returns what they return once it is committed.</summary>
    /// <exception cref="ChannelClosedException">The program is ending; nothing was stored.</exception>
    internal async Task<int> WriteAsync(Func<AnswerprintDb, CancellationToken, Task<int>> statements, CancellationToken cancellationToken)
    {
        lock (_gate) _loop ??= Task.Run(RunAsync, CancellationToken.None);
        var pending = new Pending(statements);
        await _queue.Writer.WriteAsync(pending, cancellationToken);
        return await pending.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Stores what waits, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        if (_loop is { } loop) await loop;
    }

    private async Task RunAsync()
    {
        var group = new List<Pending>(MaxGroup);
        while (await _queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < MaxGroup && _queue.Reader.TryRead(out var pending)) group.Add(pending);
            if (await TryCommitAsync(group) is not { } failure) continue;
            if (group.Count == 1)
            {
                Fail(group[0], failure);
                continue;
            }
            // One request's fault must not cost the others: each alone, then.
            foreach (var pending in group)
                if (await TryCommitAsync([pending]) is { } own) Fail(pending, own);
        }
    }

    private async Task<Exception?> TryCommitAsync(IReadOnlyList<Pending> group)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var results = new int[group.Count];
            for (var i = 0; i < group.Count; i++) results[i] = await group[i].Statements(db, CancellationToken.None);
            await transaction.CommitAsync();
            Commits++;
            for (var i = 0; i < group.Count; i++) group[i].Done.TrySetResult(results[i]);
            return null;
        }
#pragma warning disable CA1031 // The writer outlives any failure of one group; the failure goes to those who wait for it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return failure;
        }
    }

    private void Fail(Pending pending, Exception failure)
    {
        Log.EventsNotStored(logger, failure);
        pending.Done.TrySetException(failure);
    }

    private sealed record Pending(Func<AnswerprintDb, CancellationToken, Task<int>> Statements)
    {
        public TaskCompletionSource<int> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
