using System.Text.Json.Nodes;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.GreyBox.Segments;

namespace Answerprint.Platform.Studio.Look;

/// <summary>What a painted map says, beside its pixels: the region of each colour, how wide it all is, how far places are kept.</summary>
internal sealed record SegmentParameters(IReadOnlyList<SegmentColour> Regions, double Metres, double KeepPlaces)
{
    /// <summary>The regions, in the order in which they are listed.</summary>
    public IReadOnlyList<SegmentRegion> Read() => [.. Regions.Select(region => SegmentRegion.Parse(region.Name, region.Colour)!.Value)];

    /// <summary>What is wrong; empty where nothing is.</summary>
    public string Problem()
    {
        if (Regions.Count is < 1 or > SegmentLimits.MaxRegions) return $"a painted map has 1 to {SegmentLimits.MaxRegions} regions, not {Regions.Count}";
        foreach (var region in Regions)
        {
            if (region?.Name is not { Length: > 0 and <= SceneLimits.MaxName }) return $"a region has a name of 1 to {SceneLimits.MaxName} characters";
            if (region.Colour is null || SegmentRegion.Parse(region.Name, region.Colour) is null) return $"region '{region.Name}' has no colour such as #7fa8d8";
        }
        if (Regions.Select(region => region.Name).Distinct(StringComparer.Ordinal).Count() != Regions.Count) return "two regions have one name";
        if (!(Metres >= SceneLimits.MinSize && Metres <= SceneLimits.MaxSize)) return $"a map that is {Metres} m wide is outside {SceneLimits.MinSize} to {SceneLimits.MaxSize}";
        return KeepPlaces is >= 0 and <= 1 ? "" : $"places are kept by 0 to 1, not {KeepPlaces}";
    }

    public JsonObject ToJson() => new()
    {
        ["regions"] = new JsonArray([.. Regions.Select(region => (JsonNode)new JsonObject { ["name"] = region.Name, ["colour"] = region.Colour })]), ["metres"] = Metres, ["keepPlaces"] = KeepPlaces,
    };
}

/// <summary>A region and the colour that it is painted in, as #rrggbb.</summary>
internal sealed record SegmentColour(string Name, string Colour);
