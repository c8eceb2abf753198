using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.GreyBox.Dressing;
using Answerprint.Imaging.GreyBox.Models;

namespace Answerprint.Platform.Studio.Look;

/// <summary>What a look is made of: a scene or a painted map, what each region is dressed in, the size.</summary>
internal sealed record LookParameters(JsonElement? Scene, IReadOnlyList<RegionParameters> Regions, int Width, int Height, SegmentParameters? Segments = null)
{
    public const int MaxSide = 4096, MinSide = 64, MaxReferences = 8;

    /// <summary>The scene.</summary>
    /// <exception cref="SceneFormatException">It is none, or needs a model that is not given.</exception>
    public GreyBoxScene ReadScene(IReadOnlyDictionary<string, Model> models) =>
        Scene is { } scene ? SceneReader.Read(Encoding.UTF8.GetBytes(scene.GetRawText()), models) : throw new SceneFormatException("There is neither a scene nor a painted map.");

    /// <summary>The models that the scene's meshes are parts of: ids of assets.</summary>
    /// <exception cref="SceneFormatException">It is none.</exception>
    public IReadOnlyList<string> ModelNames() => Scene is { } scene ? SceneReader.ModelsOf(Encoding.UTF8.GetBytes(scene.GetRawText())) : [];

    /// <summary>What is wrong; empty where nothing is.</summary>
    /// <exception cref="SceneFormatException">The scene is none.</exception>
    public string Problem(int inputs, IReadOnlyDictionary<string, Model> models)
    {
        if (Width is < MinSide or > MaxSide || Height is < MinSide or > MaxSide) return $"a picture of {Width} x {Height} pixels is outside {MinSide} to {MaxSide}";
        if (Segments?.Problem() is { Length: > 0 } wrong) return wrong;
        if (Regions.Select(region => region.Region).Distinct(StringComparer.Ordinal).Count() != Regions.Count) return "a region is dressed twice";
        var (what, known) = Segments is { } map ? ("map", map.Regions.Select(region => region.Name).ToList()) : ("scene", [.. ReadScene(models).Regions]);
        foreach (var region in Regions)
        {
            if (!known.Contains(region.Region) && (Segments is not null || region.Region != GreyBoxScene.Sky)) return $"the {what} has no region '{region.Region}'; it has {string.Join(", ", known)}";
            if (region.References.Count is < 1 or > MaxReferences) return $"region '{region.Region}' has {region.References.Count} references; 1 to {MaxReferences} are possible";
            foreach (var reference in region.References)
                if (reference.Problem(inputs) is { Length: > 0 } problem) return $"region '{region.Region}': {problem}";
        }
        return "";
    }

    /// <summary>A region of a painted map that has nothing to be made of; null where there is none. A scene's regions may stay grey.</summary>
    public SegmentColour? Undressed() => Segments?.Regions.FirstOrDefault(region => !Regions.Any(dressed => dressed.Region == region.Name));

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["regions"] = new JsonArray([.. Regions.Select(region => (JsonNode)region.ToJson())]), ["width"] = Width, ["height"] = Height };
        if (Scene is { } scene) json["scene"] = JsonNode.Parse(scene.GetRawText());
        if (Segments is { } segments) json["segments"] = segments.ToJson();
        return json;
    }
}

/// <summary>What one region is dressed in.</summary>
internal sealed record RegionParameters(string Region, DressingFit Fit, bool Even, IReadOnlyList<ReferenceParameters> References)
{
    public JsonObject ToJson() => new()
    {
        ["region"] = Region, ["fit"] = (int)Fit, ["even"] = Even, ["references"] = new JsonArray([.. References.Select(reference => (JsonNode)reference.ToJson())]),
    };
}
