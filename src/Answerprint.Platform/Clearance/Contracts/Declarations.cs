using System.Text.Json;

namespace Answerprint.Platform.Clearance.Contracts;

/// <summary>What only the person who asks can say about an intended use. The defaults are the careful ones.</summary>
public sealed record Declarations
{
    /// <summary>Whether performers are replicated, and how: <c>none</c>, <c>digitalReplica</c>, <c>voice</c>.</summary>
    public string Replica { get; init; } = "none";

    /// <summary>How performers are altered: <c>none</c>, <c>asRecorded</c>, <c>cosmetic</c>, <c>significant</c>.</summary>
    public string Alteration { get; init; } = "none";

    /// <summary>Whether a performer concerned has died.</summary>
    public bool Deceased { get; init; }

    /// <summary>Whether work under a guild or union agreement is replaced or generated.</summary>
    public bool UnionWork { get; init; }

    /// <summary>Whether identifiable third-party intellectual property is shown.</summary>
    public bool ThirdPartyIp { get; init; }

    /// <summary>Whether a public figure is depicted.</summary>
    public bool PublicFigure { get; init; }

    /// <summary>Whether it could be taken for news or a real event.</summary>
    public bool FabricatedNews { get; init; }

    /// <summary>Whether it holds personal data.</summary>
    public bool PersonalData { get; init; }

    /// <summary>Whether the story leans on it.</summary>
    public bool StoryRelevant { get; init; }

    /// <summary>Whether it is a main character's design or the key visual.</summary>
    public bool KeyVisual { get; init; }

    /// <summary>Countries (ISO 3166-1 codes, <c>EU</c>, or <c>worldwide</c>) in which it will be used.</summary>
    public IReadOnlyList<string> Territories { get; init; } = ["worldwide"];

    /// <summary>These, with what was said before about what can be seen in the picture itself: that does not pass when it is asked about again.</summary>
    /// <param name="earlier">What was said when it was made.</param>
    public Declarations Keeping(Declarations earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return this with
        {
            ThirdPartyIp = ThirdPartyIp || earlier.ThirdPartyIp, PublicFigure = PublicFigure || earlier.PublicFigure,
            FabricatedNews = FabricatedNews || earlier.FabricatedNews, PersonalData = PersonalData || earlier.PersonalData,
        };
    }

    /// <summary>What was declared, read back from the facts that Clearance was asked (<see cref="Decision.FactsJson"/>); what they do not say is as careful as the default.</summary>
    public static Declarations FromFacts(string factsJson)
    {
        using var document = JsonDocument.Parse(factsJson);
        var facts = document.RootElement;
        bool Is(string name) => facts.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
        string Word(string name) => facts.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "none";
        var careful = new Declarations();
        return new Declarations
        {
            Replica = Word("talent.replica"),
            Alteration = Word("talent.alteration"),
            Deceased = Is("talent.deceased"),
            UnionWork = Is("talent.union"),
            ThirdPartyIp = Is("content.thirdPartyIp"),
            PublicFigure = Is("content.publicFigure"),
            FabricatedNews = Is("content.fabricatedNews"),
            PersonalData = Is("content.personalData"),
            StoryRelevant = Is("content.storyRelevant"),
            KeyVisual = Is("content.mainCharacterOrKeyVisual"),
            Territories = facts.TryGetProperty("territory", out var list) && list.ValueKind == JsonValueKind.Array
                ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
                : careful.Territories,
        };
    }
}
