using System.Buffers;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace Answerprint.Platform.Engines.ComfyUi.Server;

/// <summary>
/// The WebSocket of a ComfyUI server (<c>/ws?clientId=</c>): tells how far work is. Comes back by itself when it drops; nothing hangs on it, since the
/// history has the last word. A server that sends messages beyond the limits is listened to no more.
/// </summary>
internal sealed class ServerSocket(ComfyUiOptions options, string clientId, TimeProvider clock)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);
    private readonly TaskCompletionSource tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isUp;

    /// <summary>Ends when the first attempt to connect has, whatever came of it.</summary>
    public Task Tried => tried.Task;

    /// <summary>Whether messages come in.</summary>
    public bool IsUp => isUp;

    /// <summary>How often it was connected.</summary>
    public int Connections { get; private set; }

    /// <summary>Listens until it is stopped.</summary>
    /// <param name="message">Takes what is said.</param>
    /// <param name="binary">Takes pictures, as they came.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task ListenAsync(Action<ServerMessage> message, Action<ReadOnlyMemory<byte>> binary, CancellationToken cancellationToken)
    {
        var wait = FirstWait;
        try
        {
            while (true)
            {
                var before = Connections;
                if (!await OnceAsync(message, binary, cancellationToken)) return;
                wait = Connections > before ? FirstWait : wait * 2 < LongestWait ? wait * 2 : LongestWait;
                await Task.Delay(wait, clock, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
        finally
        {
            tried.TrySetResult();
        }
    }

    /// <summary>One connection, to its end; false where there is to be no other.</summary>
    private async Task<bool> OnceAsync(Action<ServerMessage> message, Action<ReadOnlyMemory<byte>> binary, CancellationToken cancellationToken)
    {
        using var socket = new ClientWebSocket();
        socket.Options.Proxy = null;
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(10);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(10);
        if (!string.IsNullOrEmpty(options.ApiKey)) socket.Options.SetRequestHeader("Authorization", $"Bearer {options.ApiKey}");
        try
        {
            using (var within = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
            {
                within.CancelAfter(ConnectLimit);
                await socket.ConnectAsync(Address(), within.Token);
            }
            (Connections, isUp) = (Connections + 1, true);
            tried.TrySetResult();
            return await ReadAsync(socket, message, binary, cancellationToken);
        }
        catch (Exception error) when (error is WebSocketException or HttpRequestException or SocketException or IOException or OperationCanceledException)
        {
            // A socket may also break in the moment in which it is told to stop; that is no failure of the work.
            cancellationToken.ThrowIfCancellationRequested();
            return true;
        }
        finally
        {
            isUp = false;
            tried.TrySetResult();
        }
    }

    private Uri Address()
    {
        var http = new Uri(options.Address!.TrimEnd('/') + "/ws");
        return new UriBuilder(http) { Scheme = http.Scheme == "https" ? "wss" : "ws", Port = http.Port, Query = $"clientId={Uri.EscapeDataString(clientId)}" }.Uri;
    }

    private static async Task<bool> ReadAsync(ClientWebSocket socket, Action<ServerMessage> message, Action<ReadOnlyMemory<byte>> binary, CancellationToken cancellationToken)
    {
        var whole = new ArrayBufferWriter<byte>(1 << 14);
        var bad = 0;
        while (true)
        {
            var got = await socket.ReceiveAsync(whole.GetMemory(1 << 13), cancellationToken);
            if (got.MessageType == WebSocketMessageType.Close) return true;
            whole.Advance(got.Count);
            if (whole.WrittenCount > ComfyUiLimits.MaxMessageBytes) return false;
            if (!got.EndOfMessage) continue;
            if (got.MessageType == WebSocketMessageType.Binary) binary(whole.WrittenMemory);
            else if (ServerMessageReader.TryRead(whole.WrittenMemory) is { } read) message(read);
            else if (++bad > ComfyUiLimits.MaxBadMessages) return false;
            whole.ResetWrittenCount();
        }
    }
}
