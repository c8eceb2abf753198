using System.Text.Json;

namespace Answerprint.Platform.Engines.ComfyUi.Server;

/// <summary>Reads what a server says of a kind of node (<c>GET /object_info/{class}</c>). What it does not understand it leaves out.</summary>
internal static class NodeClassReader
{
    private const string CustomNodes = "custom_nodes.";

    /// <summary>The kind of node; none where the server has no such.</summary>
    public static NodeClass? Read(JsonElement answer, string name)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty(name, out var info) || info.ValueKind != JsonValueKind.Object) return null;
        var inputs = new Dictionary<string, NodeInput>(StringComparer.Ordinal);
        if (info.TryGetProperty("input", out var groups) && groups.ValueKind == JsonValueKind.Object)
        {
            ReadGroup(groups, "required", true, inputs);
            ReadGroup(groups, "optional", false, inputs);
        }
        var module = OutsideText.Of(info, "python_module", 200);
        var category = OutsideText.Of(info, "category", 200);
        return new NodeClass(name, Is(info, "output_node"), Is(info, "api_node") || category.StartsWith("api node", StringComparison.OrdinalIgnoreCase),
            module.StartsWith(CustomNodes, StringComparison.Ordinal) ? module[CustomNodes.Length..].Split('.')[0] : "", inputs);
    }

    private static void ReadGroup(JsonElement groups, string group, bool required, Dictionary<string, NodeInput> inputs)
    {
        if (!groups.TryGetProperty(group, out var members) || members.ValueKind != JsonValueKind.Object) return;
        foreach (var member in members.EnumerateObject())
        {
            if (inputs.Count >= ComfyUiLimits.MaxInputs) return;
            if (member.Name.Length <= 200 && member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() > 0) inputs.TryAdd(member.Name, InputOf(member.Value, required));
        }
    }

    /// <summary>A list of the type and what is said of it. A choice has its options in place of the type, or, in the newer form, among what is said.</summary>
    private static NodeInput InputOf(JsonElement spec, bool required)
    {
        var said = spec.GetArrayLength() > 1 && spec[1].ValueKind == JsonValueKind.Object ? spec[1] : default;
        var options = spec[0].ValueKind == JsonValueKind.Array ? spec[0] : said.ValueKind == JsonValueKind.Object && said.TryGetProperty("options", out var listed) ? listed : default;
        var type = spec[0].ValueKind == JsonValueKind.Array ? "COMBO" : OutsideText.Clean(OutsideText.TextOf(spec[0]), 100);
        return new NodeInput(type, required, Number(said, "min"), Number(said, "max"), Number(said, "step"), OptionsOf(options), Is(said, "image_upload"));
    }

    private static List<string>? OptionsOf(JsonElement options)
    {
        if (options.ValueKind != JsonValueKind.Array || options.GetArrayLength() > ComfyUiLimits.MaxOptions) return null;
        var texts = new List<string>();
        foreach (var option in options.EnumerateArray())
        {
            // A list that is not only of texts cannot be compared with the workflow's.
            if (OutsideText.TextOf(option) is not { Length: <= 1000 } text) return null;
            texts.Add(text);
        }
        return texts;
    }

    private static double? Number(JsonElement said, string name) =>
        said.ValueKind == JsonValueKind.Object && said.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    private static bool Is(JsonElement said, string name) => said.ValueKind == JsonValueKind.Object && said.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
