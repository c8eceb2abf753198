using System.Text.Json;

namespace Answerprint.Platform.Engines.ComfyUi.Server;

/// <summary>JSON that a server answered: bounded, and either understood or one sentence.</summary>
internal static class JsonAnswer
{
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = ComfyUiLimits.MaxDepth };

    /// <summary>Reads it.</summary>
    /// <exception cref="ComfyUiException">It is not JSON within <see cref="ComfyUiLimits"/>, or not what the reader expects.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> utf8, Func<JsonElement, T> read)
    {
        if (utf8.Length > ComfyUiLimits.MaxAnswerBytes) throw new ComfyUiException($"ComfyUI answered {utf8.Length} bytes; the limit is {ComfyUiLimits.MaxAnswerBytes}", passing: false);
        try
        {
            using var document = JsonDocument.Parse(utf8, Bounded);
            return read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second is what System.Text.Json says of a name with half a surrogate pair.
            throw new ComfyUiException("ComfyUI answered something that is not JSON as it writes it", passing: false);
        }
    }
}
