using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Imaging.Destruction;

/// <summary>Masks in place of outlines: <c>building.mask</c> and the <c>mask</c> of a part of the foreground, each named, become the outlines that they cover.</summary>
public static class CollapseMasks
{
    /// <summary>Most points of an outline that a mask becomes.</summary>
    public const int MaxPoints = 200;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>The names of the masks of a collapse, each once.</summary>
    /// <param name="utf8">The collapse, JSON.</param>
    /// <exception cref="SceneFormatException">It is no JSON, too long, or a name is none.</exception>
    public static IReadOnlyList<string> NamesIn(ReadOnlyMemory<byte> utf8) => [.. Parts(Root(utf8)).Select(part => part.Name).Distinct()];

    /// <summary>The collapse with outlines in place of its masks.</summary>
    /// <param name="utf8">The collapse, JSON.</param>
    /// <param name="masks">The masks by name: one channel, of the plate's size; 128 and more is covered.</param>
    /// <exception cref="SceneFormatException">It is no JSON, a mask is missing or empty, or one is given for something that moves; in words.</exception>
    public static byte[] Traced(ReadOnlyMemory<byte> utf8, IReadOnlyDictionary<string, PixelBuffer<byte>> masks)
    {
        ArgumentNullException.ThrowIfNull(masks);
        JsonObject root = Root(utf8);
        foreach ((JsonObject part, string name) in Parts(root).ToList())
        {
            if (part.ContainsKey("frame"))
                throw new SceneFormatException($"The mask '{name}' is of something that moves; that is outlined, with as many points in each of its frames.");
            if (!masks.TryGetValue(name, out PixelBuffer<byte>? mask))
                throw new SceneFormatException($"There is no mask '{name}'.");
            part.Remove("mask");
            part["outline"] = OutlineOf(mask, name);
        }
        return JsonSerializer.SerializeToUtf8Bytes(root);
    }

    private static JsonArray OutlineOf(PixelBuffer<byte> mask, string name)
    {
        try
        {
            return [.. MaskOutline.Trace(mask, MaxPoints).Select(point => (JsonNode)new JsonArray(Number(point.X), Number(point.Y)))];
        }
        catch (ArgumentException error)
        {
            throw new SceneFormatException($"'{name}' covers nothing: a mask is light, 128 or more, where the building is.", error);
        }

        static JsonNode Number(float value) => JsonValue.Create(Math.Round((decimal)value, 2));
    }

    private static IEnumerable<(JsonObject Part, string Name)> Parts(JsonObject root)
    {
        if (root["building"] is JsonObject building && building["mask"] is { } mask)
            yield return (building, NameOf(mask, "building"));
        if (root["foreground"] is not JsonArray foreground)
            yield break;
        for (int i = 0; i < Math.Min(foreground.Count, CollapseReader.MaxForeground); i++)
        {
            if (foreground[i] is JsonObject part && part["mask"] is { } its)
                yield return (part, NameOf(its, string.Create(CultureInfo.InvariantCulture, $"foreground[{i}]")));
        }
    }

    private static string NameOf(JsonNode mask, string place)
    {
        try
        {
            if (mask.GetValueKind() == JsonValueKind.String && mask.GetValue<string>() is { Length: > 0 and <= 1024 } name && !name.Any(char.IsControl))
                return name;
        }
        catch (InvalidOperationException)
        {
            // Text that is no Unicode.
        }
        throw new SceneFormatException($"collapse.{place} has a 'mask' that is no name.");
    }

    private static JsonObject Root(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > CollapseReader.MaxBytes)
            throw new SceneFormatException($"A collapse of {utf8.Length} bytes is beyond the limit of {CollapseReader.MaxBytes}.");
        try
        {
            return JsonNode.Parse(utf8.Span, documentOptions: Options) as JsonObject ?? throw new SceneFormatException("collapse is not an object.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new SceneFormatException($"The collapse is not JSON: {error.Message}", error);
        }
    }
}
