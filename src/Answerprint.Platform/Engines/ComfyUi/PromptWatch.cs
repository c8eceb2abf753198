using System.Diagnostics;
using System.Text.Json.Nodes;
using Answerprint.Platform.Engines.ComfyUi.Server;
using Answerprint.Platform.Engines.ComfyUi.Workflows;
using Answerprint.Platform.Jobs.Contracts;

namespace Answerprint.Platform.Engines.ComfyUi;

/// <summary>Gives one piece of work to a server and stays with it to its end: progress from the socket, the truth from the history, gone from the queue when stopped.</summary>
internal sealed class PromptWatch(ComfyUiClient client, ComfyUiOptions options, string clientId, TimeProvider clock) : IDisposable
{
    private const int LostAfter = 3;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Alone = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan AfterEnd = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeaveWait = TimeSpan.FromMilliseconds(500);
    private readonly SemaphoreSlim hint = new(0);
    private volatile EndOfWork? told;
    private Task<PromptAnswer>? sending;

    /// <summary>The id that the server gave; empty while it has not.</summary>
    public string PromptId { get; private set; } = "";

    /// <summary>How often the socket was connected.</summary>
    public int Connections { get; private set; }

    /// <summary>Runs the work and gives what the history says of it.</summary>
    /// <exception cref="RecipeException">The server does not take it, or it takes longer than the settings allow.</exception>
    /// <exception cref="ComfyUiException">The server is away, or answers what cannot be taken.</exception>
    public async Task<HistoryEntry> RunAsync(
        JsonObject filled, IReadOnlyDictionary<string, WorkflowNode> nodes, PromptProgress progress, Action<ReadOnlyMemory<byte>> preview, CancellationToken cancellationToken)
    {
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var socket = new ServerSocket(options, clientId, clock);
        var ear = socket.ListenAsync(message => Take(message, progress), preview, listening.Token);
        var ended = false;
        try
        {
            // The socket first, so that nothing of the work is missed; without one the history is enough.
            await socket.Tried.WaitAsync(cancellationToken);
            // A request that is cut off half way may still have put work into the queue, so it is seen through.
            sending = client.QueueAsync(filled, clientId, nodes, CancellationToken.None);
            var answer = await sending.WaitAsync(cancellationToken);
            PromptId = answer.PromptId;
            if (answer.Problems.Count > 0) throw new RecipeException($"ComfyUI does not take the workflow. {string.Join(". ", answer.Problems)}");
            var entry = await UntilEndAsync(socket, cancellationToken);
            ended = true;
            return entry;
        }
        finally
        {
            await listening.CancelAsync();
            await ear;
            Connections = socket.Connections;
            if (!ended) await LeaveAsync();
        }
    }

    /// <summary>Takes down whatever this client has on the server: of an earlier attempt, or of one that is being stopped.</summary>
    public async Task TakeDownAsync(CancellationToken cancellationToken)
    {
        foreach (var work in (await client.QueuedAsync(cancellationToken)).Where(IsMine)) await client.DeleteAsync(work.PromptId, cancellationToken);
        // What ran then, or has begun to since, is stopped where it is; older servers stop whatever runs, so only when it is ours.
        foreach (var work in (await client.QueuedAsync(cancellationToken)).Where(work => work.Runs && IsMine(work))) await client.InterruptAsync(work.PromptId, cancellationToken);
    }

    public void Dispose() => hint.Dispose();

    private bool IsMine(QueuedWork work) => work.ClientId == clientId || (PromptId.Length > 0 && work.PromptId == PromptId);

    private void Take(ServerMessage message, PromptProgress progress)
    {
        if (message.PromptId.Length > 0 && PromptId.Length > 0 && message.PromptId != PromptId) return;
        progress.Take(message);
        if (message is ServerMessage.Ended { End: var end }) told = end;
        if (message is ServerMessage.Ended or ServerMessage.Executing { Node: null }) hint.Release();
    }

    private async Task<HistoryEntry> UntilEndAsync(ServerSocket socket, CancellationToken cancellationToken)
    {
        var (begun, heard, missing) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp(), 0);
        while (true)
        {
            await hint.WaitAsync(told is not null ? AfterEnd : socket.IsUp ? Quiet : Alone, cancellationToken);
            try
            {
                if (await client.HistoryAsync(PromptId, cancellationToken) is { } entry) return told is { Succeeded: false, Reason.Length: > 0 } said ? entry with { End = said } : entry;
                missing = told is null && (await client.QueuedAsync(cancellationToken)).Any(work => work.PromptId == PromptId) ? 0 : missing + 1;
                heard = Stopwatch.GetTimestamp();
            }
            catch (ComfyUiException away) when (away.Passing)
            {
                if (Stopwatch.GetElapsedTime(heard) > ComfyUiLimits.Away) throw;
            }
            if (told is { Succeeded: false } && missing >= LostAfter) return new HistoryEntry(told, []);
            // Neither in the queue nor in the history: the server was started anew, or somebody emptied its queue.
            if (missing > (told is null ? LostAfter : 100 * LostAfter)) throw new ComfyUiException("ComfyUI no longer knows the work; it was started anew, or its queue was emptied", passing: true);
            if (Stopwatch.GetElapsedTime(begun) > options.Timeout) throw new RecipeException($"ComfyUI had not finished after {Words(options.Timeout)}; a longer time can be set as comfyui.timeout");
        }
    }

    /// <summary>Stops the work on the server. Whoever waits for that waits half a second; the rest happens without them.</summary>
    private async Task LeaveAsync()
    {
        var leaving = Task.Run(async () =>
        {
            using var limit = new CancellationTokenSource(LeaveLimit, clock);
            try
            {
                if (sending is not null) PromptId = (await sending).PromptId;
                await TakeDownAsync(limit.Token);
            }
            catch (Exception error) when (error is ComfyUiException or OperationCanceledException)
            {
                // It is away or will not listen; the next attempt of this job looks again.
            }
        });
        await Task.WhenAny(leaving, Task.Delay(LeaveWait, clock));
    }

    private static string Words(TimeSpan span) => span.TotalMinutes >= 2 ? $"{span.TotalMinutes:0} minutes" : $"{span.TotalSeconds:0} seconds";
}
