using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Answerprint.Platform.Studio.Variation;

/// <summary>What a designer says about drafts to be made.</summary>
public sealed record VariationWish
{
    /// <summary>Most references.</summary>
    public const int MaxReferences = 8;

    /// <summary>Most drafts at a time.</summary>
    public const int MaxCount = 48;

    /// <summary>Largest long side, in pixels.</summary>
    public const int MaxSize = 4096;

    /// <summary>Most colours of a palette.</summary>
    public const int MaxColours = 8;

    /// <summary>The owned pictures that pixels come from, 1 to 8, each once.</summary>
    public IReadOnlyList<Guid> References { get; init; } = [];

    /// <summary>Long side of a draft, 64 to 4,096 pixels.</summary>
    public int Size { get; init; } = 512;

    /// <summary>Shape as width over height, 0.2 to 5; 0 takes the first reference's.</summary>
    public double Aspect { get; init; }

    /// <summary>0 is nearly the reference, 1 pure noise.</summary>
    public double Strength { get; init; } = 0.7;

    /// <summary>Seed of the first draft, 0 to 2^53; the next ones count up.</summary>
    public long Seed { get; init; }

    /// <summary>How many drafts, 1 to 48.</summary>
    public int Count { get; init; } = 12;

    /// <summary>A painted layout; none for none.</summary>
    public Guid? LayoutId { get; init; }

    /// <summary>Colours as <c>#rrggbb</c>, up to 8, to which the result's are drawn; empty leaves them as the references are.</summary>
    public IReadOnlyList<string> Palette { get; init; } = [];

    /// <summary>As JSON, for the board.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>Back from JSON.</summary>
    public static VariationWish FromJson(string json) => JsonSerializer.Deserialize<VariationWish>(json, JsonSerializerOptions.Web) ?? new();

    /// <summary>What is wrong with it, or empty.</summary>
    public string Objection()
    {
        if (References.Count is 0 or > MaxReferences) return $"choose 1 to {MaxReferences} references; {References.Count} are chosen";
        if (References.Distinct().Count() != References.Count) return "a reference was chosen twice";
        if (Size is < 64 or > MaxSize) return $"the size {Size} is not 64 to {MaxSize} pixels";
        if (Aspect != 0 && Aspect is not (>= 0.2 and <= 5)) return string.Create(CultureInfo.InvariantCulture, $"the shape {Aspect} is not between 1:5 and 5:1");
        if (!(Strength is >= 0 and <= 1)) return string.Create(CultureInfo.InvariantCulture, $"the strength {Strength} is not 0 to 1");
        if (Seed is < 0 or > (1L << 53) - MaxCount) return $"the seed {Seed} is not 0 to 2^53";
        if (Count is < 1 or > MaxCount) return $"{Count} drafts are not 1 to {MaxCount}";
        if (Palette.Count > MaxColours) return $"a palette has up to {MaxColours} colours";
        return Palette.FirstOrDefault(colour => !VaryParameters.TryColour(colour, out _)) is { } wrong ? $"'{wrong}' is no colour such as #c08040" : "";
    }

    /// <summary>The parameters of one draft.</summary>
    internal JsonObject Parameters() => new()
    {
        ["size"] = Size, ["aspect"] = Math.Round(Aspect, 4), ["strength"] = Math.Round(Strength, 3), ["palette"] = new JsonArray([.. Palette.Select(colour => (JsonNode)colour.ToLowerInvariant())]),
    };
}
