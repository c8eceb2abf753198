using System.Text.Json;

namespace Answerprint.Platform.Engines.ComfyUi.Server;

/// <summary>Reads text messages of the server's WebSocket.</summary>
internal static class ServerMessageReader
{
    private const int MaxId = 128;
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = ComfyUiLimits.MaxDepth };

    /// <summary>Reads a message; null where it is none of ComfyUI's.</summary>
    public static ServerMessage? TryRead(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > ComfyUiLimits.MaxMessageBytes) return null;
        try
        {
            using var document = JsonDocument.Parse(utf8, Bounded);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("type", out var type) || OutsideText.TextOf(type) is not { } name) return null;
            return root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? Of(name, data) : new ServerMessage.Other();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second is what System.Text.Json says of a name with half a surrogate pair.
            return null;
        }
    }

    /// <summary>How work ended, as a message of that type says it; none for other types.</summary>
    public static EndOfWork? EndOf(string type, JsonElement data) => type switch
    {
        "execution_success" => new EndOfWork(true, false, "", ""),
        "execution_interrupted" => new EndOfWork(false, true, Id(data, "node_id"), ""),
        "execution_error" => new EndOfWork(false, false, Id(data, "node_id"), Reason(data)),
        _ => null,
    };

    private static ServerMessage Of(string type, JsonElement data)
    {
        var prompt = Id(data, "prompt_id");
        if (EndOf(type, data) is { } end) return new ServerMessage.Ended(prompt, end);
        return type switch
        {
            "status" => new ServerMessage.Status(Remaining(data)),
            "execution_start" => new ServerMessage.Started(prompt),
            "execution_cached" => new ServerMessage.Cached(prompt, data.TryGetProperty("nodes", out var nodes) ? Ids(nodes) : []),
            "executing" => new ServerMessage.Executing(prompt, Id(data, "node") is { Length: > 0 } node ? node : null),
            "executed" => new ServerMessage.Executed(prompt, Id(data, "node")),
            "progress" => new ServerMessage.Step(prompt, Id(data, "node"), Number(data, "value"), Number(data, "max")),
            "progress_state" => new ServerMessage.States(prompt, States(data)),
            _ => new ServerMessage.Other(),
        };
    }

    private static string Reason(JsonElement data)
    {
        var (kind, message) = (OutsideText.Of(data, "exception_type", 80), OutsideText.Of(data, "exception_message"));
        kind = kind[(kind.LastIndexOf('.') + 1)..];
        return kind.Length == 0 ? message : message.Length == 0 ? kind : $"{kind}: {message}";
    }

    private static int Remaining(JsonElement data) =>
        data.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.Object && status.TryGetProperty("exec_info", out var info) && info.ValueKind == JsonValueKind.Object
            ? (int)Math.Clamp(Number(info, "queue_remaining"), 0, 1_000_000) : 0;

    private static List<(string, double)> States(JsonElement data)
    {
        var states = new List<(string, double)>();
        if (!data.TryGetProperty("nodes", out var nodes) || nodes.ValueKind != JsonValueKind.Object) return states;
        foreach (var node in nodes.EnumerateObject())
        {
            if (states.Count == ComfyUiLimits.MaxNodes || node.Value.ValueKind != JsonValueKind.Object) break;
            var (value, maximum) = (Number(node.Value, "value"), Number(node.Value, "max"));
            var done = OutsideText.Of(node.Value, "state", 20) == "finished" ? 1 : maximum > 0 ? Math.Clamp(value / maximum, 0, 1) : 0;
            states.Add((OutsideText.Clean(node.Name, MaxId), done));
        }
        return states;
    }

    private static List<string> Ids(JsonElement list) => list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Take(ComfyUiLimits.MaxNodes).Select(item => OutsideText.Clean(OutsideText.TextOf(item), MaxId))] : [];

    private static string Id(JsonElement data, string name) => OutsideText.Of(data, name, MaxId);

    private static double Number(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : 0;
}
