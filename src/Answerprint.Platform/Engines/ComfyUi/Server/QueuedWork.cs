using System.Text.Json;

namespace Answerprint.Platform.Engines.ComfyUi.Server;

/// <summary>Work in the server's queue (<c>GET /queue</c>).</summary>
/// <param name="PromptId">Its id.</param>
/// <param name="ClientId">Who sent it; empty where it does not say.</param>
/// <param name="Runs">Whether it runs, or still waits.</param>
internal sealed record QueuedWork(string PromptId, string ClientId, bool Runs)
{
    private const int MaxListed = 10_000;

    /// <summary>Reads an answer: an item is a list of number, id, prompt, extra data and outputs. What is of another form is left out.</summary>
    /// <exception cref="ComfyUiException">It is not ComfyUI's.</exception>
    public static IReadOnlyList<QueuedWork> Read(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object) throw new ComfyUiException("ComfyUI's answer about its queue is no object", passing: false);
        return [.. Items(answer, "queue_running", true), .. Items(answer, "queue_pending", false)];
    }

    private static IEnumerable<QueuedWork> Items(JsonElement answer, string name, bool runs)
    {
        if (!answer.TryGetProperty(name, out var list) || list.ValueKind != JsonValueKind.Array) yield break;
        foreach (var item in list.EnumerateArray().Take(MaxListed))
        {
            if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() < 2 || OutsideText.TextOf(item[1]) is not { } id) continue;
            yield return new QueuedWork(id, item.GetArrayLength() > 3 ? OutsideText.Of(item[3], "client_id", 128) : "", runs);
        }
    }
}
