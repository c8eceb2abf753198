using System.Text.Json;
using System.Text.Json.Nodes;

namespace Answerprint.Platform.Engines.ComfyUi.Server;

/// <summary>What a server says of itself (<c>GET /system_stats</c>).</summary>
/// <param name="Version">ComfyUI's version.</param>
/// <param name="Pytorch">PyTorch's version; empty where it does not say.</param>
/// <param name="Python">Python's version; empty where it does not say.</param>
/// <param name="System">The operating system; empty where it does not say.</param>
/// <param name="Devices">What it computes on.</param>
public sealed record ServerFacts(string Version, string Pytorch, string Python, string System, IReadOnlyList<ServerDevice> Devices)
{
    private const int MaxDevices = 64;

    /// <summary>The engine as it stands on a job's record: version and build, nothing that changes from hour to hour.</summary>
    public string Engine => $"comfyui {Version}{(Pytorch.Length > 0 ? $"; pytorch {Pytorch}" : "")}{string.Concat(Devices.Select(device => $"; {device.Name}"))}";

    /// <summary>As it stands in a result.</summary>
    public JsonObject ToJson() => new()
    {
        ["version"] = Version, ["pytorch"] = Pytorch, ["python"] = Python, ["system"] = System,
        ["devices"] = new JsonArray([.. Devices.Select(device => (JsonNode)new JsonObject { ["name"] = device.Name, ["type"] = device.Type, ["memory"] = device.Memory, ["free"] = device.Free })]),
    };

    /// <summary>Reads an answer. The server's command line, which it tells as well, is not kept.</summary>
    /// <exception cref="ComfyUiException">It is not ComfyUI's.</exception>
    internal static ServerFacts Read(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("system", out var system) || system.ValueKind != JsonValueKind.Object)
            throw new ComfyUiException("what answers at this address is not ComfyUI: it says nothing of its system", passing: false);
        var devices = answer.TryGetProperty("devices", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Take(MaxDevices).Where(device => device.ValueKind == JsonValueKind.Object)
                .Select(device => new ServerDevice(OutsideText.Of(device, "name", 120), OutsideText.Of(device, "type", 40), Bytes(device, "vram_total"), Bytes(device, "vram_free"))).ToList()
            : [];
        var version = OutsideText.Of(system, "comfyui_version", 60);
        return new ServerFacts(version.Length > 0 ? version : "of unknown version", OutsideText.Of(system, "pytorch_version", 60),
            OutsideText.Of(system, "python_version", 60), OutsideText.Of(system, "os", 40), devices);
    }

    private static long Bytes(JsonElement device, string name) =>
        device.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var bytes) && bytes is >= 0 and <= 1L << 53 ? bytes : 0;
}

/// <summary>A device that a server computes on.</summary>
/// <param name="Name">Such as <c>cuda:0 NVIDIA ...</c>.</param>
/// <param name="Type">Such as <c>cuda</c> or <c>cpu</c>.</param>
/// <param name="Memory">Its memory in bytes; 0 where it is not known.</param>
/// <param name="Free">Of that, free.</param>
public sealed record ServerDevice(string Name, string Type, long Memory, long Free);
