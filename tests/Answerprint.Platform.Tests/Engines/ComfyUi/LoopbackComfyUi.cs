using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Answerprint.Platform.Media.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Tests.Engines.ComfyUi;

/// <summary>
/// A server that behaves as ComfyUI's documentation of its routes and messages says: one queue, one worker, messages in order to the socket of the client
/// that sent the work, files in folders by type. It draws instead of generating. A test may change any answer.
/// </summary>
internal sealed partial class LoopbackComfyUi : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Channel<QueuedPrompt> arrivals = Channel.CreateUnbounded<QueuedPrompt>();
    private readonly ConcurrentDictionary<string, WebSocket> sockets = new();
    private readonly SemaphoreSlim sending = new(1);
    private readonly CancellationTokenSource ending = new();
    private readonly Task worker;
    private readonly Lock gate = new();
    private readonly List<QueuedPrompt> pending = [];
    private QueuedPrompt? running;
    private int number;

    private LoopbackComfyUi(WebApplication app)
    {
        this.app = app;
        Map();
        worker = Task.Run(WorkAsync);
    }

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Files by type, folder and name.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    /// <summary>Uploads as they first came, by name; what overwrites them later does not change these.</summary>
    public ConcurrentDictionary<string, byte[]> Uploaded { get; } = new();

    public ConcurrentDictionary<string, JsonObject> History { get; } = new();

    /// <summary>Method and path of every request, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The prompts as they were sent.</summary>
    public ConcurrentQueue<JsonObject> Prompts { get; } = new();

    /// <summary>The <c>Authorization</c> of every request.</summary>
    public ConcurrentQueue<string> Keys { get; } = new();

    /// <summary>Answers a path otherwise: true where it was answered.</summary>
    public Func<HttpContext, Task<bool>> Instead { get; set; } = _ => Task.FromResult(false);

    /// <summary>Before each step of a sampler.</summary>
    public Func<LoopbackComfyUi, QueuedPrompt, int, CancellationToken, Task> OnStep { get; set; } = (_, _, _, _) => Task.CompletedTask;

    /// <summary>Gives a node's error; none lets it run.</summary>
    public Func<JsonObject, JsonObject?> Fails { get; set; } = _ => null;

    /// <summary>Whether an interrupt with the id of another prompt is left alone, as newer servers do.</summary>
    public bool KnowsIds { get; set; } = true;

    /// <summary>Steps of the sampler.</summary>
    public int Steps { get; set; } = 4;

    public List<string> Waiting
    {
        get { lock (gate) return [.. pending.Select(prompt => prompt.Id), .. running is null ? Array.Empty<string>() : [running.Id]]; }
    }

    public static async Task<LoopbackComfyUi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 200 << 20);
        var app = builder.Build();
        app.UseWebSockets();
        var server = new LoopbackComfyUi(app);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        arrivals.Writer.TryComplete();
        DropSockets();
        await worker;
        await app.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(1)).Token);
        await app.DisposeAsync();
    }

    /// <summary>Cuts every connection, as a network does.</summary>
    public void DropSockets()
    {
        foreach (var (id, socket) in sockets)
        {
            socket.Abort();
            sockets.TryRemove(id, out _);
        }
    }

    /// <summary>Forgets all work, as a server that was started anew.</summary>
    public void Forget()
    {
        lock (gate)
        {
            pending.Clear();
            if (running is not null) running.Lost = true;
            running?.Interrupt.Cancel();
            running = null;
        }
        History.Clear();
    }

    /// <summary>Puts work into the queue past HTTP, as somebody else's.</summary>
    public QueuedPrompt Queue(JsonObject prompt, string clientId)
    {
        var item = new QueuedPrompt(++number, Guid.NewGuid().ToString(), prompt, clientId);
        lock (gate) pending.Add(item);
        arrivals.Writer.TryWrite(item);
        return item;
    }

    public Task SendRawAsync(string clientId, byte[] message, WebSocketMessageType type) => SendAsync(clientId, message, type);

    private async Task SendAsync(string clientId, byte[] message, WebSocketMessageType type)
    {
        if (!sockets.TryGetValue(clientId, out var socket)) return;
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(message, type, true, ending.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // A client that is gone misses its messages.
        }
        finally
        {
            sending.Release();
        }
    }

    private Task TellAsync(string clientId, string type, JsonObject data) =>
        SendAsync(clientId, Encoding.UTF8.GetBytes(new JsonObject { ["type"] = type, ["data"] = data }.ToJsonString()), WebSocketMessageType.Text);

    private async Task TellStatusAsync()
    {
        foreach (var client in sockets.Keys) await TellAsync(client, "status", new JsonObject { ["status"] = QueueInfo() });
    }

    private JsonObject QueueInfo() => new() { ["exec_info"] = new JsonObject { ["queue_remaining"] = Waiting.Count } };

    private async Task WorkAsync()
    {
        await foreach (var item in arrivals.Reader.ReadAllAsync())
        {
            lock (gate)
            {
                if (!pending.Remove(item)) continue;
                running = item;
            }
            await TellStatusAsync();
            var (outputs, messages, success) = await ExecuteAsync(item);
            if (item.Lost) continue;
            History[item.Id] = new JsonObject
            {
                ["prompt"] = new JsonArray(item.Number, item.Id, item.Prompt.DeepClone(), new JsonObject { ["client_id"] = item.ClientId }, new JsonArray()),
                ["outputs"] = outputs,
                ["status"] = new JsonObject { ["status_str"] = success ? "success" : "error", ["completed"] = success, ["messages"] = messages },
                ["meta"] = new JsonObject(),
            };
            lock (gate) running = null;
            await TellAsync(item.ClientId, "executing", new JsonObject { ["node"] = null, ["prompt_id"] = item.Id });
            await TellStatusAsync();
        }
    }

    private async Task<(JsonObject Outputs, JsonArray Messages, bool Success)> ExecuteAsync(QueuedPrompt item)
    {
        var (outputs, messages, done) = (new JsonObject(), new JsonArray(), new JsonArray());
        async Task SayAsync(string type, JsonObject data)
        {
            data["prompt_id"] = item.Id;
            if (type.StartsWith("execution", StringComparison.Ordinal)) messages.Add(new JsonArray(type, data.DeepClone()));
            await TellAsync(item.ClientId, type, data);
        }
        await SayAsync("execution_start", new JsonObject { ["timestamp"] = 1 });
        await SayAsync("execution_cached", new JsonObject { ["nodes"] = new JsonArray(), ["timestamp"] = 1 });
        foreach (var (id, value) in item.Prompt)
        {
            var node = value!.AsObject();
            await SayAsync("executing", new JsonObject { ["node"] = id, ["display_node"] = id });
            try
            {
                item.Interrupt.Token.ThrowIfCancellationRequested();
                if (Fails(node) is { } error)
                {
                    error["node_id"] = id;
                    error["node_type"] = node["class_type"]!.GetValue<string>();
                    error["executed"] = done.DeepClone();
                    await SayAsync("execution_error", error);
                    return (outputs, messages, false);
                }
                await NodeAsync(item, id, node, outputs, SayAsync);
            }
            catch (OperationCanceledException)
            {
                await SayAsync("execution_interrupted", new JsonObject { ["node_id"] = id, ["node_type"] = node["class_type"]!.GetValue<string>(), ["executed"] = done.DeepClone() });
                return (outputs, messages, false);
            }
            done.Add(id);
        }
        await SayAsync("execution_success", new JsonObject { ["timestamp"] = 2 });
        return (outputs, messages, true);
    }

    private async Task NodeAsync(QueuedPrompt item, string id, JsonObject node, JsonObject outputs, Func<string, JsonObject, Task> say)
    {
        switch (node["class_type"]!.GetValue<string>())
        {
            case "KSampler":
                for (var step = 1; step <= Steps; step++)
                {
                    using var stop = CancellationTokenSource.CreateLinkedTokenSource(item.Interrupt.Token, ending.Token);
                    await OnStep(this, item, step, stop.Token);
                    stop.Token.ThrowIfCancellationRequested();
                    await say("progress", new JsonObject { ["value"] = step, ["max"] = Steps, ["node"] = id });
                    await SendAsync(item.ClientId, [0, 0, 0, 1, 0, 0, 0, 1, .. Draw(step, 64, 48, jpeg: true)], WebSocketMessageType.Binary);
                }
                break;
            case "SaveVideo":
                // What its first video brought, given back: a model that changes nothing.
                var given = item.Prompt.First(other => other.Value!["class_type"]!.GetValue<string>() == "LoadVideo").Value!["inputs"]!["file"]!.GetValue<string>();
                var file = $"ComfyUI_{item.Number:00000}_.mp4";
                Files[$"output/video/{file}"] = Files[$"input/{Path.GetDirectoryName(given)}/{Path.GetFileName(given)}"];
                outputs[id] = new JsonObject { ["images"] = new JsonArray(new JsonObject { ["filename"] = file, ["subfolder"] = "video", ["type"] = "output" }), ["animated"] = new JsonArray(true) };
                await say("executed", new JsonObject { ["node"] = id, ["output"] = outputs[id]!.DeepClone() });
                break;
            case "SaveImage" or "PreviewImage":
                var type = node["class_type"]!.GetValue<string>() == "SaveImage" ? "output" : "temp";
                var name = $"{node["inputs"]!["filename_prefix"]?.GetValue<string>() ?? "ComfyUI_temp"}_{item.Number:00000}_.png";
                Files[$"{type}//{name}"] = Draw((int)(SeedOf(item.Prompt) % 251), 96, 64, jpeg: false);
                outputs[id] = new JsonObject { ["images"] = new JsonArray(new JsonObject { ["filename"] = name, ["subfolder"] = "", ["type"] = type }) };
                await say("executed", new JsonObject { ["node"] = id, ["output"] = outputs[id]!.DeepClone() });
                break;
        }
    }

    private static long SeedOf(JsonObject prompt) => prompt.Select(node => node.Value!["inputs"]!["seed"]).FirstOrDefault(seed => seed is not null)?.GetValue<long>() ?? 0;

    public static byte[] Draw(int value, int width, int height, bool jpeg)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)(value * 7 + i % 83 + i / width);
        using var image = StillImage.FromPixels<byte>(pixels, width, height, 3);
        return image.Encode(jpeg ? new StillEncoding.Jpeg(80) : new StillEncoding.Png());
    }

    /// <summary>A preview with metadata, as newer servers send where it was asked for.</summary>
    public static byte[] FrameWithMetadata(string json, byte[] picture)
    {
        var metadata = Encoding.UTF8.GetBytes(json);
        var head = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(head, 4);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), metadata.Length);
        return [.. head, .. metadata, .. picture];
    }

    /// <summary>Work in the queue.</summary>
    internal sealed record QueuedPrompt(int Number, string Id, JsonObject Prompt, string ClientId)
    {
        public CancellationTokenSource Interrupt { get; } = new();

        public bool Lost { get; set; }
    }
}
