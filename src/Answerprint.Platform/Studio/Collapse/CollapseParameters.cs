using System.Text.Json;
using System.Text.Json.Nodes;
using Answerprint.Imaging.Destruction;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Studio.Collapse;

/// <summary>How a building comes down.</summary>
/// <param name="Scene">What falls and how, as docs/collapse.md says.</param>
/// <param name="Pass">What is made of it.</param>
/// <param name="First">The frame of a shot that it begins at, from 0.</param>
/// <param name="Shot">The shot that the result becomes a version of; none for those that the plate is a version of.</param>
internal sealed record CollapseParameters(JsonElement Scene, string Pass, int First, Guid? Shot)
{
    public CollapsePass Kind => Enum.Parse<CollapsePass>(Pass, ignoreCase: true);

    public ReadOnlyMemory<byte> SceneBytes => JsonSerializer.SerializeToUtf8Bytes(Scene);

    public static JsonObject ToJson(JsonElement scene, CollapsePass pass, int first, Guid? shot)
    {
        var result = new JsonObject { ["scene"] = JsonNode.Parse(scene.GetRawText()), ["pass"] = pass.ToString().ToLowerInvariant(), ["first"] = first };
        if (shot is { } id) result["shot"] = id.ToString();
        return result;
    }
}

/// <summary>Brings a collapse to what is on record of its plate.</summary>
internal static class CollapseTiming
{
    /// <summary>Numbered pictures do not say their rate themselves; their record does.</summary>
    public static CollapseScene AtRateOf(this CollapseScene scene, Asset plate) =>
        plate.Kind == AssetKind.Sequence && scene.Rate == 0 && Rational.TryParse(plate.FrameRate, out var rate) && rate.ToDouble() is >= 12 and <= 120 and var frames ? scene with { Rate = frames } : scene;
}
