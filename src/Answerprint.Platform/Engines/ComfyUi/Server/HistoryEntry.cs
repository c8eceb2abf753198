using System.Text.Json;

namespace Answerprint.Platform.Engines.ComfyUi.Server;

/// <summary>A picture that the server keeps.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="Subfolder">Under the folder of its type; may be empty.</param>
/// <param name="Type"><c>output</c> or <c>temp</c>.</param>
internal readonly record struct ServerFile(string FileName, string Subfolder, string Type);

/// <summary>What became of a prompt (<c>GET /history/{prompt_id}</c>).</summary>
/// <param name="End">How it ended.</param>
/// <param name="Files">The files that nodes gave, by node, in the order of the answer.</param>
internal sealed record HistoryEntry(EndOfWork End, IReadOnlyList<(string Node, ServerFile File)> Files)
{
    // Videos are among the images of the server's own nodes; packages of nodes list them apart.
    private static readonly string[] Lists = ["images", "gifs", "videos"];
    private const int MaxName = 255;
    private const int MaxFolder = 500;
    private const int MaxListed = 4096;

    /// <summary>Reads an answer; none while the prompt has not ended.</summary>
    /// <exception cref="ComfyUiException">The answer is not ComfyUI's, or passes a limit.</exception>
    public static HistoryEntry? Read(JsonElement answer, string promptId)
    {
        if (answer.ValueKind != JsonValueKind.Object) throw Strange("its history is no object");
        if (!answer.TryGetProperty(promptId, out var entry)) return null;
        if (entry.ValueKind != JsonValueKind.Object) throw Strange("its history of this work is no object");
        var files = entry.TryGetProperty("outputs", out var outputs) && outputs.ValueKind == JsonValueKind.Object ? FilesOf(outputs) : [];
        return new HistoryEntry(EndOf(entry, files.Count > 0), files);
    }

    private static EndOfWork EndOf(JsonElement entry, bool gaveFiles)
    {
        if (!entry.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.Object) return new EndOfWork(gaveFiles, false, "", "the server does not say how it ended");
        if (OutsideText.Of(status, "status_str", 20) == "success") return new EndOfWork(true, false, "", "");
        if (status.TryGetProperty("messages", out var messages) && messages.ValueKind == JsonValueKind.Array)
            foreach (var message in messages.EnumerateArray().Take(MaxListed))
                if (message.ValueKind == JsonValueKind.Array && message.GetArrayLength() == 2 && message[1].ValueKind == JsonValueKind.Object
                    && ServerMessageReader.EndOf(OutsideText.TextOf(message[0]) ?? "", message[1]) is { Succeeded: false } end) return end;
        return new EndOfWork(false, false, "", "the server does not say why");
    }

    private static List<(string, ServerFile)> FilesOf(JsonElement outputs)
    {
        var files = new List<(string, ServerFile)>();
        foreach (var node in outputs.EnumerateObject())
        {
            if (node.Value.ValueKind != JsonValueKind.Object) continue;
            foreach (var list in Lists)
            {
                if (!node.Value.TryGetProperty(list, out var images) || images.ValueKind != JsonValueKind.Array) continue;
                foreach (var image in images.EnumerateArray())
                {
                    if (files.Count == MaxListed) throw Strange($"it lists more than {MaxListed} files");
                    files.Add((OutsideText.Clean(node.Name, 128), FileOf(image)));
                }
            }
        }
        return files;
    }

    private static ServerFile FileOf(JsonElement image)
    {
        var (name, folder, type) = (Exact(image, "filename"), Exact(image, "subfolder"), Exact(image, "type"));
        if (name.Length is 0 or > MaxName || folder.Length > MaxFolder || type is not ("output" or "temp" or "input")) throw Strange($"it names a file '{OutsideText.Clean(name, 80)}' that it cannot have");
        // They are only ever sent back to the server; still, what could be a path elsewhere is none of ours.
        if (name.AsSpan().ContainsAny('/', '\\', '\0') || folder.Split('/', '\\').Contains("..") || (name + folder).Any(char.IsControl)) throw Strange($"it names a file '{OutsideText.Clean(name, 80)}' outside its folders");
        return new ServerFile(name, folder, type);
    }

    private static string Exact(JsonElement image, string property) =>
        image.ValueKind == JsonValueKind.Object && image.TryGetProperty(property, out var value) ? OutsideText.TextOf(value) ?? "" : "";

    private static ComfyUiException Strange(string what) => new($"ComfyUI's answer cannot be taken: {what}", passing: false);
}
