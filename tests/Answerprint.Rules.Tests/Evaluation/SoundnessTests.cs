using Answerprint.Rules.Evaluation;
using Answerprint.Rules.Facts;
using Answerprint.Rules.Packs;
using FsCheck;
using FsCheck.Fluent;

namespace Answerprint.Rules.Tests.Evaluation;

/// <summary>Properties of every request that the default pack can be asked, over random facts.</summary>
public sealed class SoundnessTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly Lazy<FactSet> Mild = new(() => FactSet.Parse(PackText.Utf8(MildYaml), ShippedPacks.Policy.Facts));
    private static readonly string[] Territories = ["FR", "US-CA", "US-NY", "US-TN", "CN", "JP", "worldwide"];

    /// <summary>What is answered mildly in ignorance is never answered more strictly once everything is known.</summary>
    [Fact]
    public void Knowing_more_never_turns_a_mild_answer_strict()
    {
        var (mild, refused) = (0, 0);
        Check(800, (full, random) =>
        {
            var partial = new FactSet(full.Values.Where(_ => random.Next(20) > 0));
            var (little, all) = (Answer(partial), Answer(full));
            mild += little is RuleAnswer.Clear or RuleAnswer.Conditions && partial.Values.Count < full.Values.Count ? 1 : 0;
            refused += little is RuleAnswer.Refuse ? 1 : 0;
            return (little is not (RuleAnswer.Clear or RuleAnswer.Conditions) || all <= little) && (little is not RuleAnswer.Refuse || all is RuleAnswer.Refuse);
        });
        Assert.True(mild > 40 && refused > 40, $"too few cases: {mild} mild, {refused} refused");
    }

    [Fact]
    public void The_answer_is_the_strictest_reason_and_every_reason_cites_a_clause() => Check(300, (facts, random) =>
    {
        var decision = ShippedPacks.Policy.Evaluate(new FactSet(facts.Values.Where(_ => random.Next(6) > 0)), Today);
        return decision.Answer == decision.Reasons.Max(r => r.Answer) && decision.Reasons.All(r => r.Clauses.Count > 0 && r.Because.Length > 0) &&
            decision.Principles.Count == 5 && (decision.Answer is RuleAnswer.Escalate) == (decision.Roles.Count > 0);
    });

    [Fact]
    public void A_later_pack_without_replacements_never_loosens()
    {
        var head = PackText.Layer("studio").Replace("values: [ideation, final]", "values: [ideation, finalDeliverable]", StringComparison.Ordinal);
        string[] rules =
        [
            PackText.Rule("a", "use == ideation and territory has DE", "refuse"),
            PackText.Rule("b", "territory has FR", "escalate", "escalateTo: counsel, clauses: [one]"),
            PackText.Rule("c", "territory has JP", "conditions", "clauses: [one], conditions: [{ id: namedReview, text: T, met: always }]"),
        ];
        var studio = PackText.Parse(head.Replace("  rights: { type: list, values: [own, foreign], text: kinds of rights }\n", "", StringComparison.Ordinal) + "rules:\n" + string.Concat(rules.Select(r => $"  - {r}\n")));
        var layered = Policy.Layer(ShippedPacks.Default, studio);
        Check(300, (facts, random) =>
        {
            var some = new FactSet(facts.Values.Where(_ => random.Next(6) > 0));
            return layered.Evaluate(some, Today).Answer >= Answer(some);
        });
    }

    [Fact]
    public void The_trace_agrees_with_the_decision() => Check(300, (facts, random) =>
    {
        var some = new FactSet(facts.Values.Where(_ => random.Next(6) > 0));
        var spoken = ShippedPacks.Policy.Explain(some, Today).Where(t => t is { State: RuleState.Matched, IsEnforced: true }).Select(t => t.Rule);
        var reasons = ShippedPacks.Policy.Evaluate(some, Today).Reasons.Select(r => r.Rule).Where(r => r is not ("onUnknown" or "otherwise"));
        return spoken.ToHashSet().SetEquals(reasons);
    });

    private static RuleAnswer Answer(FactSet facts) => ShippedPacks.Policy.Evaluate(facts, Today).Answer;

    private static void Check(int runs, Func<FactSet, Random, bool> property) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => property(RandomFacts(new Random(seed)), new Random(seed + 1)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(runs).WithReplay(0x5EEDUL, 0x1357UL | 1).WithStartSize(1_000_000).WithEndSize(1_000_000));

    // Facts lean to the harmless value, or hardly any request would be clear.
    private static FactSet RandomFacts(Random random)
    {
        return new FactSet(ShippedPacks.Policy.Facts.Facts.Select(f => KeyValuePair.Create(f.Name, random.Next(12) > 0 ? Mild.Value[f.Name] : f.Kind switch
        {
            FactKind.Bool => FactValue.Of(random.Next(2) == 0),
            FactKind.Enum => FactValue.Of(f.Values[random.Next(f.Values.Count)]),
            FactKind.Number => FactValue.Of((decimal)random.Next(5)),
            FactKind.Text => FactValue.Of("x"),
            _ => FactValue.Of((f.Values.Count > 0 ? f.Values : Territories).Where(_ => random.Next(3) == 0)),
        })));
    }

    private const string MildYaml = """
        stage: run
        use: ideation
        territory: [JP]
        humanReview: true
        recipe: { name: artwork, generates: true }
        engine: { name: artwork, registered: true, licenceKnown: true, provenance: known, trainsOnInputs: false, retainsInputs: false, location: onPremises, patents: [] }
        inputs: { count: 1, rights: [staffMade], allOwned: true, windowOpen: true, takenDown: false, userReleasesPresent: true }
        talent: { present: "yes", replica: none, alteration: asRecorded, consent: recorded, deceased: false, union: false }
        content: { thirdPartyIp: false, publicFigure: false, fabricatedNews: false, personalData: false, storyRelevant: false, mainCharacterOrKeyVisual: false }
        output: { kind: image, disclosed: true, credential: true, watermark: true }
        """;
}
