using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Platform.Engines.ComfyUi.Workflows;
using Microsoft.Extensions.Options;

namespace Answerprint.Platform.Engines.ComfyUi.Server;

/// <summary>
/// The HTTP side of a ComfyUI server, as its documentation has it (docs.comfy.org, server routes). Follows no redirect, keeps no cookie, asks no proxy,
/// and takes no more than <see cref="ComfyUiLimits"/> says. Every failure is a <see cref="ComfyUiException"/>.
/// </summary>
internal sealed partial class ComfyUiClient : IDisposable
{
    private readonly HttpClient http;
    private readonly ComfyUiOptions options;

    public ComfyUiClient(IOptions<ComfyUiOptions> options)
    {
        this.options = options.Value;
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64, AutomaticDecompression = DecompressionMethods.None,
        }, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        if (!this.options.IsConfigured) return;
        var address = this.options.Address!;
        http.BaseAddress = new Uri(address.EndsWith('/') ? address : address + "/");
        if (!string.IsNullOrEmpty(this.options.ApiKey)) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", this.options.ApiKey);
    }

    /// <summary>What the server says of itself.</summary>
    public Task<ServerFacts> FactsAsync(CancellationToken cancellationToken) => GetAsync("system_stats", ServerFacts.Read, cancellationToken);

    /// <summary>The kinds of nodes that the server has among those named.</summary>
    public async Task<IReadOnlyDictionary<string, NodeClass>> ClassesAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, NodeClass>(StringComparer.Ordinal);
        foreach (var name in names.Distinct(StringComparer.Ordinal))
            if (await GetAsync($"object_info/{Uri.EscapeDataString(name)}", answer => NodeClassReader.Read(answer, name), cancellationToken) is { } known) found.Add(name, known);
        return found;
    }

    /// <summary>Puts work into the queue.</summary>
    public Task<PromptAnswer> QueueAsync(JsonObject filled, string clientId, IReadOnlyDictionary<string, WorkflowNode> nodes, CancellationToken cancellationToken) =>
        // What it refuses it says with status 400 and the reasons in the same form.
        SendAsync(HttpMethod.Post, "prompt", Json(new JsonObject { ["prompt"] = filled, ["client_id"] = clientId }), answer => PromptAnswer.Read(answer, nodes), HttpStatusCode.BadRequest, cancellationToken);

    /// <summary>What became of work; none while it has not ended.</summary>
    public Task<HistoryEntry?> HistoryAsync(string promptId, CancellationToken cancellationToken) =>
        GetAsync($"history/{Uri.EscapeDataString(promptId)}", answer => HistoryEntry.Read(answer, promptId), cancellationToken);

    /// <summary>The work of a client that waits or runs.</summary>
    public Task<IReadOnlyList<QueuedWork>> QueuedAsync(CancellationToken cancellationToken) => GetAsync("queue", QueuedWork.Read, cancellationToken);

    /// <summary>Takes work out of the queue; does nothing where it is not there.</summary>
    public Task DeleteAsync(string promptId, CancellationToken cancellationToken) =>
        PostAsync("queue", new JsonObject { ["delete"] = new JsonArray(promptId) }, cancellationToken);

    /// <summary>Stops what runs, if it is this. Servers that do not know the id stop whatever runs, so it is to be asked first.</summary>
    public Task InterruptAsync(string promptId, CancellationToken cancellationToken) => PostAsync("interrupt", new JsonObject { ["prompt_id"] = promptId }, cancellationToken);

    /// <summary>Removes what the server remembers of work that has ended.</summary>
    public Task ForgetAsync(string promptId, CancellationToken cancellationToken) => PostAsync("history", new JsonObject { ["delete"] = new JsonArray(promptId) }, cancellationToken);

    public void Dispose() => http.Dispose();

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

    private Task<object?> PostAsync(string path, JsonObject body, CancellationToken cancellationToken) => SendAsync<object?>(HttpMethod.Post, path, Json(body), null, null, cancellationToken);

    private Task<T> GetAsync<T>(string path, Func<JsonElement, T> read, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, read, null, cancellationToken);

    private Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content, Func<JsonElement, T>? read, HttpStatusCode? also, CancellationToken cancellationToken) =>
        GuardAsync(ComfyUiLimits.Answer, async within =>
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, within);
            if (response.StatusCode != also) Require(response, path);
            if (read is null) return default!;
            using var body = new MemoryStream();
            await CopyAsync(response, body, ComfyUiLimits.MaxAnswerBytes, within);
            return JsonAnswer.Read(body.GetBuffer().AsMemory(0, (int)body.Length), read);
        }, cancellationToken);

    private static void Require(HttpResponseMessage response, string path)
    {
        if (response.IsSuccessStatusCode) return;
        var status = (int)response.StatusCode;
        var what = status switch
        {
            401 or 403 => $"ComfyUI, or the proxy before it, refuses us ({status}); look at comfyui.apiKey",
            404 => $"what answers at this address has no /{path.Split('/', '?')[0]} (404); is it ComfyUI?",
            413 => "the picture is larger than the server takes (413); start it with a larger --max-upload-size",
            >= 300 and < 400 => $"the server sends us elsewhere ({status}); put the address it means into comfyui.address",
            _ => $"ComfyUI answered /{path.Split('/', '?')[0]} with status {status}",
        };
        throw new ComfyUiException(what, passing: status is >= 500 or 429);
    }

    private static async Task CopyAsync(HttpResponseMessage response, Stream target, long limit, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > limit) throw TooMuch(limit);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[1 << 16];
        long read = 0;
        for (int got; (got = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if ((read += got) > limit) throw TooMuch(limit);
            await target.WriteAsync(buffer.AsMemory(0, got), cancellationToken);
        }
    }

    private static ComfyUiException TooMuch(long limit) => new($"ComfyUI answers more than {limit} bytes, which is the limit", passing: false);

    /// <summary>Turns what the network does into sentences. A wish to stop stays one.</summary>
    private async Task<T> GuardAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        if (!options.IsConfigured) throw new ComfyUiException(ComfyUiStatus.NotConfigured, passing: false);
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        within.CancelAfter(limit);
        try
        {
            return await act(within.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ComfyUiException($"ComfyUI at {options.Address} did not answer within {limit.TotalSeconds:0} s", passing: true);
        }
        catch (Exception error) when (error is HttpRequestException or SocketException or (IOException and not FileNotFoundException))
        {
            throw new ComfyUiException($"ComfyUI at {options.Address} cannot be reached: {Why(error)}", passing: true);
        }
    }

    private static string Why(Exception error) => error switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its name is not known",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "its certificate is not trusted, or it speaks no TLS",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "nothing listens there",
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => "it does not speak HTTP as it should",
        _ => "the connection broke",
    };
}
