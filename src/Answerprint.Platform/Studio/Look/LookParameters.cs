using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.GreyBox.Dressing;
using Answerprint.Imaging.Pixels;

namespace Answerprint.Platform.Studio.Look;

/// <summary>What a look is made of: the scene, what each region is dressed in, the size.</summary>
internal sealed record LookParameters(JsonElement Scene, IReadOnlyList<RegionParameters> Regions, int Width, int Height)
{
    public const int MaxSide = 4096, MinSide = 64, MaxReferences = 8;

    /// <summary>The scene.</summary>
    /// <exception cref="SceneFormatException">It is none.</exception>
    public GreyBoxScene ReadScene() => SceneReader.Read(Encoding.UTF8.GetBytes(Scene.GetRawText()));

    /// <summary>What is wrong beside the scene; empty where nothing is.</summary>
    public string Problem(GreyBoxScene scene, int inputs)
    {
        if (Width is < MinSide or > MaxSide || Height is < MinSide or > MaxSide) return $"a picture of {Width} x {Height} pixels is outside {MinSide} to {MaxSide}";
        if (Regions.Select(region => region.Region).Distinct(StringComparer.Ordinal).Count() != Regions.Count) return "a region is dressed twice";
        foreach (var region in Regions)
        {
            if (region.Region != GreyBoxScene.Sky && !scene.Regions.Contains(region.Region)) return $"the scene has no region '{region.Region}'; it has {string.Join(", ", scene.Regions)}";
            if (region.References.Count is < 1 or > MaxReferences) return $"region '{region.Region}' has {region.References.Count} references; 1 to {MaxReferences} are possible";
            foreach (var reference in region.References)
                if (reference.Problem(inputs) is { Length: > 0 } problem) return $"region '{region.Region}': {problem}";
        }
        return "";
    }

    public JsonObject ToJson() => new()
    {
        ["scene"] = JsonNode.Parse(Scene.GetRawText()),
        ["regions"] = new JsonArray([.. Regions.Select(region => (JsonNode)region.ToJson())]),
        ["width"] = Width,
        ["height"] = Height,
    };
}

/// <summary>What one region is dressed in.</summary>
internal sealed record RegionParameters(string Region, DressingFit Fit, bool Even, IReadOnlyList<ReferenceParameters> References)
{
    public JsonObject ToJson() => new()
    {
        ["region"] = Region, ["fit"] = (int)Fit, ["even"] = Even, ["references"] = new JsonArray([.. References.Select(reference => (JsonNode)reference.ToJson())]),
    };
}

/// <summary>A part of an input: which one, the part as shares of its width and height, how wide that part is in metres, the frame of a video.</summary>
internal sealed record ReferenceParameters(int Input, double X, double Y, double Width, double Height, double Metres, long Frame)
{
    public string Problem(int inputs) =>
        Input < 0 || Input >= inputs ? $"input {Input} does not exist"
        : !(X >= 0 && Y >= 0 && Width > 0 && Height > 0 && X + Width <= 1.000001 && Y + Height <= 1.000001) ? "the part leaves the reference"
        : !(Metres >= SceneLimits.MinSize && Metres <= SceneLimits.MaxSize) ? $"{Metres} m wide is outside {SceneLimits.MinSize} to {SceneLimits.MaxSize}"
        : Frame < 0 ? "frames count from 0" : "";

    /// <summary>The part in pixels, one at least.</summary>
    public PixelRect Crop(int width, int height)
    {
        int x = Math.Clamp((int)Math.Floor(X * width), 0, width - 1), y = Math.Clamp((int)Math.Floor(Y * height), 0, height - 1);
        return new PixelRect(x, y, Math.Clamp((int)Math.Floor((Width * width) + 0.5), 1, width - x), Math.Clamp((int)Math.Floor((Height * height) + 0.5), 1, height - y));
    }

    public JsonObject ToJson() => new()
    {
        ["input"] = Input, ["x"] = X, ["y"] = Y, ["width"] = Width, ["height"] = Height, ["metres"] = Metres, ["frame"] = Frame,
    };
}
