using Answerprint.Platform.Engines.ComfyUi.Server;
using Microsoft.Extensions.Options;

namespace Answerprint.Platform.Engines.ComfyUi;

/// <summary>How the engine stands.</summary>
/// <param name="IsConfigured">Whether a server is named in the settings.</param>
/// <param name="Facts">What the server says of itself; none where it is not reachable.</param>
/// <param name="Reason">Why it cannot be used, in one sentence; empty where it can.</param>
public sealed record ComfyUiState(bool IsConfigured, ServerFacts? Facts, string Reason)
{
    /// <summary>Whether work can be given to it.</summary>
    public bool IsReady => Facts is not null;
}

/// <summary>Asks the server how it stands, at most once in five seconds. Connects to nothing where none is configured.</summary>
public sealed class ComfyUiStatus : IDisposable
{
    /// <summary>What is said wherever the engine is asked for and none is configured.</summary>
    public const string NotConfigured = "ComfyUI is not configured: name its address in settings.json, as in { \"comfyui\": { \"address\": \"http://127.0.0.1:8188\" } }, and start again";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly SemaphoreSlim gate = new(1);
    private readonly ComfyUiClient client;
    private readonly ComfyUiOptions options;
    private readonly TimeProvider clock;
    private (ComfyUiState State, DateTimeOffset At)? known;

    internal ComfyUiStatus(ComfyUiClient client, IOptions<ComfyUiOptions> options, TimeProvider clock) => (this.client, this.options, this.clock) = (client, options.Value, clock);

    /// <summary>The address in the settings; empty where there is none.</summary>
    public string Address => options.Address ?? "";

    /// <summary>How it stands.</summary>
    public async Task<ComfyUiState> AskAsync(CancellationToken cancellationToken)
    {
        if (!options.IsConfigured) return new ComfyUiState(false, null, NotConfigured);
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (known is { } seen && clock.GetUtcNow() - seen.At < Fresh) return seen.State;
            var state = await LookAsync(cancellationToken);
            known = (state, clock.GetUtcNow());
            return state;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private async Task<ComfyUiState> LookAsync(CancellationToken cancellationToken)
    {
        // A page waits for this, so it is shorter than what a job allows.
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        within.CancelAfter(Patience);
        try
        {
            return new ComfyUiState(true, await client.FactsAsync(within.Token), "");
        }
        catch (ComfyUiException error)
        {
            return new ComfyUiState(true, null, error.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ComfyUiState(true, null, $"ComfyUI at {options.Address} did not answer within {Patience.TotalSeconds:0} s");
        }
    }
}
