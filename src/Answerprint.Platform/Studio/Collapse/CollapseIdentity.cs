using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Imaging.Destruction;
using Answerprint.Imaging.Destruction.Raster;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>What the steps of a collapse depend on, so that a retake keeps what did not change.</summary>
/// <param name="Build">Form, fracture and fall.</param>
/// <param name="Render">Those, plate, light, size and samples.</param>
internal sealed record CollapseIdentity(string Build, string Render)
{
    // The fall does not know how it is lit, painted or looked at.
    private static readonly string[] OnlyRender = ["plate", "renderWidth", "renderHeight", "samples", "bounces", "light", "threads"];

    public static CollapseIdentity Of(byte[] job)
    {
        var members = JsonNode.Parse(job)!.AsObject();
        // Threads change no pixel, and the folder that the plate lies in says nothing: its name does.
        members.Remove("threads");
        members["plate"] = Path.GetFileName(members["plate"]!.GetValue<string>());
        var render = Hash(members.ToJsonString());
        foreach (var name in OnlyRender) members.Remove(name);
        // Another build of this program may break and fall otherwise.
        var program = typeof(CollapseIdentity).Module.ModuleVersionId.ToString();
        return new CollapseIdentity(Hash(members.ToJsonString() + program), Hash(render + program));
    }

    /// <summary>What finished frames depend on besides their own frame of the plate: the rendering, dust, masks, and this program's build.</summary>
    public string Frames(CollapseScene scene, CollapseEffort effort)
    {
        var text = new StringBuilder(Render).Append(typeof(CollapseComposite).Module.ModuleVersionId).Append(typeof(CollapseIdentity).Module.ModuleVersionId);
        text.Append(JsonSerializer.Serialize(scene, Points)).Append(' ').Append(effort.DustCells);
        // By its version as well, since programs of two builds may share what is kept.
        text.Append(' ').Append(effort.Renderer).Append(effort.Renderer == CollapseRenderer.Raster ? DebrisRaster.Version : 0);
        return Hash(text.ToString());
    }

    /// <summary>What one finished frame depends on.</summary>
    public static string Frame(string frames, Picture plate) => Hash(frames + Convert.ToHexStringLower(plate.Hash()));

    // Points keep their coordinates in fields.
    private static readonly JsonSerializerOptions Points = new() { IncludeFields = true };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
