using Answerprint.Platform.Clearance;
using Answerprint.Platform.Clearance.Contracts;
using Answerprint.Rules.Facts;

namespace Answerprint.Web.Clearance;

/// <summary>One question that only the person who asks can answer.</summary>
/// <param name="Name">The field.</param>
/// <param name="Text">The question.</param>
/// <param name="Hint">What it means.</param>
internal sealed record DeclarationQuestion(string Name, string Text, string Hint);

/// <summary>The declarations as plain questions, and back again.</summary>
internal static class DeclarationForm
{
    public const int MaxTerritories = 60;

    public static IReadOnlyList<DeclarationQuestion> Questions { get; } =
    [
        new("thirdPartyIp", "Does it show somebody else's protected work or mark?", "Logos, artworks, characters, buildings under protection."),
        new("publicFigure", "Does it show a public figure as such?", "A politician, an athlete, a celebrity who is not performing in the title."),
        new("fabricatedNews", "Could it be taken for news or a real event?", "A viewer who sees it alone might believe that it happened."),
        new("personalData", "Does it hold personal data beyond credits?", "Faces of passers-by, number plates, letters, screens."),
        new("unionWork", "Does it replace or generate work under a guild or union agreement?", "Then the producer is asked about notice and consultation."),
        new("deceased", "Has a performer concerned died?", "Then the estate decides."),
        new("storyRelevant", "Does the story lean on it?", "Prominent, or it tells something the plot needs."),
        new("keyVisual", "Is it a main character's design or the key visual?", "The picture by which people will know the title."),
    ];

    public static bool IsSaid(Declarations said, string name) => name switch
    {
        "thirdPartyIp" => said.ThirdPartyIp,
        "publicFigure" => said.PublicFigure,
        "fabricatedNews" => said.FabricatedNews,
        "personalData" => said.PersonalData,
        "unionWork" => said.UnionWork,
        "deceased" => said.Deceased,
        "storyRelevant" => said.StoryRelevant,
        _ => said.KeyVisual,
    };

    /// <summary>What artwork does with performers as a rule: shows them as they were filmed.</summary>
    public static Declarations Careful { get; } = new() { Alteration = "asRecorded" };

    public static Declarations Read(IFormCollection form)
    {
        bool Yes(string name) => form[name].Contains("true");
        string Word(string name, string otherwise) => form[name].ToString() is { Length: > 0 } text ? text : otherwise;
        return new Declarations
        {
            Replica = Word("replica", "none"),
            Alteration = Word("alteration", "asRecorded"),
            Deceased = Yes("deceased"),
            UnionWork = Yes("unionWork"),
            ThirdPartyIp = Yes("thirdPartyIp"),
            PublicFigure = Yes("publicFigure"),
            FabricatedNews = Yes("fabricatedNews"),
            PersonalData = Yes("personalData"),
            StoryRelevant = Yes("storyRelevant"),
            KeyVisual = Yes("keyVisual"),
            Territories = Territories(form["territories"].ToString()),
        };
    }

    /// <summary>Why the rules could not read these declarations; empty where they can.</summary>
    public static string Problem(PolicyLibrary library, Declarations said)
    {
        if (said.Territories is not { Count: > 0 and <= MaxTerritories }) return $"name 1 to {MaxTerritories} territories, or worldwide";
        foreach (var (name, value) in new[] { ("talent.replica", FactValue.Of(said.Replica ?? "")), ("talent.alteration", FactValue.Of(said.Alteration ?? "")), ("territory", FactValue.Of(said.Territories)) })
            if (library.Policy.Facts.TryGet(name, out var fact) && fact.Misfit(value) is { } misfit) return misfit;
        return "";
    }

    private static List<string> Territories(string text)
    {
        var parts = text.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Equals("worldwide", StringComparison.OrdinalIgnoreCase) ? "worldwide" : part.ToUpperInvariant()).Distinct().ToList();
        return parts.Count == 0 ? ["worldwide"] : parts;
    }
}
