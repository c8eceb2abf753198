using System.Globalization;
using Answerprint.Platform.Clearance;
using Answerprint.Rules;
using Answerprint.Rules.Evaluation;
using Answerprint.Rules.Facts;

namespace Answerprint.Web.Clearance;

/// <summary>A question to the rules that nobody asked in earnest: evaluated, never stored.</summary>
/// <param name="Answers">What was put in, by fact.</param>
/// <param name="Decision">What the rules would say; none where nothing was asked or the facts do not fit.</param>
/// <param name="Trace">Why each rule spoke or did not.</param>
/// <param name="Problem">Why the facts do not fit; empty where they do.</param>
public sealed record WhatIf(IReadOnlyDictionary<string, string> Answers, Decision? Decision, IReadOnlyList<RuleTrace> Trace, string Problem)
{
    private const int MaxText = 2000;

    /// <summary>A harmless everyday request, as a start.</summary>
    private static readonly Dictionary<string, string> Usual = new(StringComparer.Ordinal)
    {
        ["stage"] = "release", ["use"] = "marketing", ["territory"] = "worldwide", ["humanReview"] = "true", ["recipe.name"] = "artwork", ["recipe.generates"] = "true",
        ["engine.name"] = "artwork", ["engine.registered"] = "true", ["engine.licenceKnown"] = "true", ["engine.provenance"] = "known", ["engine.trainsOnInputs"] = "false",
        ["engine.retainsInputs"] = "false", ["engine.location"] = "onPremises", ["inputs.count"] = "1", ["inputs.rights"] = "staffMade", ["inputs.allOwned"] = "true",
        ["inputs.windowOpen"] = "true", ["inputs.takenDown"] = "false", ["inputs.userReleasesPresent"] = "true", ["talent.present"] = "no", ["talent.replica"] = "none",
        ["talent.alteration"] = "none", ["talent.consent"] = "none", ["talent.deceased"] = "false", ["talent.union"] = "false", ["content.thirdPartyIp"] = "false",
        ["content.publicFigure"] = "false", ["content.fabricatedNews"] = "false", ["content.personalData"] = "false", ["content.storyRelevant"] = "false",
        ["content.mainCharacterOrKeyVisual"] = "false", ["output.kind"] = "image", ["output.disclosed"] = "true", ["output.credential"] = "true", ["output.watermark"] = "false",
    };

    public static WhatIf Ask(PolicyLibrary library, IQueryCollection query, DateOnly on)
    {
        var policy = library.Policy;
        if (query.Count == 0) return Evaluate(policy, Usual, on);
        var answers = policy.Facts.Facts.ToDictionary(fact => fact.Name, fact => query[fact.Name].ToString().Trim(), StringComparer.Ordinal);
        return Evaluate(policy, answers, on);
    }

    private static WhatIf Evaluate(Policy policy, Dictionary<string, string> answers, DateOnly on)
    {
        var facts = new FactSetBuilder();
        foreach (var fact in policy.Facts.Facts)
        {
            if (!answers.TryGetValue(fact.Name, out var text) || text.Length == 0) continue;
            if (text.Length > MaxText) return new(answers, null, [], $"'{fact.Name}' has {text.Length} characters; the limit is {MaxText}");
            if (Value(fact, text) is not { } value) return new(answers, null, [], $"'{fact.Name}' must be {fact.Describe()}, not '{text}'");
            facts.Set(fact.Name, value);
        }
        try
        {
            var set = facts.Build();
            return new(answers, policy.Evaluate(set, on), policy.Explain(set, on), "");
        }
        catch (Exception error) when (error is PolicyFormatException or ArgumentException)
        {
            return new(answers, null, [], error.Message);
        }
    }

    private static FactValue? Value(FactDeclaration fact, string text) => fact.Kind switch
    {
        FactKind.Bool => text switch { "true" => FactValue.Of(true), "false" => FactValue.Of(false), _ => null },
        FactKind.Number => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? FactValue.Of(number) : null,
        FactKind.List => FactValue.Of(text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        _ => FactValue.Of(text),
    };
}
