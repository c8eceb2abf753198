using System.Text.Json;
using Answerprint.Rules.Evaluation;
using Answerprint.Rules.Expressions;
using Answerprint.Rules.Facts;
using Answerprint.Rules.Packs;
using static Answerprint.Rules.Tests.PackText;

namespace Answerprint.Rules.Tests.Evaluation;

public sealed class PolicyTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly FactSet Open = new FactSetBuilder().Set("use", "final").Set("open", true).Set("count", 3m).Set("name", "plate").Set("rights", ["own"]).Build();

    [Fact]
    public void The_strictest_answer_wins_and_every_rule_is_told()
    {
        var decision = Policy.Layer(Base(
            Rule("go", "open", "clear"),
            Rule("ask", "open", "escalate", "escalateTo: producer, clauses: [two]"),
            Rule("ask-too", "open", "escalate", "escalateTo: counsel, clauses: [one]"),
            Rule("stop", "not open", "refuse"))).Evaluate(Open, Today);

        Assert.Equal(RuleAnswer.Escalate, decision.Answer);
        Assert.Equal(["ask", "ask-too", "go"], decision.Reasons.Select(r => r.Rule));
        Assert.Equal(["counsel", "producer"], decision.Roles);
        Assert.Equal("Waits for counsel and producer: reason of ask (1 more reason)", decision.Summary);
    }

    [Fact]
    public void A_reason_tells_the_facts()
    {
        var decision = Policy.Layer(Base("{ id: r, when: open, answer: clear, because: \"{name}: {count} of {rights}, open {open}, where {territory}\", clauses: [one] }")).Evaluate(Open, Today);
        Assert.Equal("plate: 3 of own, open yes, where unknown", decision.Reasons[0].Because);
    }

    [Fact]
    public void Where_no_rule_speaks_a_role_decides()
    {
        var decision = Policy.Layer(Base(Rule("note", "open", "note"))).Evaluate(Open, Today);
        Assert.Equal(RuleAnswer.Escalate, decision.Answer);
        Assert.Equal("otherwise", decision.Reasons[0].Rule);
        Assert.Equal(["counsel"], decision.Roles);
    }

    [Theory]
    [InlineData("refuse", "clauses: [one]", true)]
    [InlineData("escalate", "escalateTo: producer, clauses: [one]", true)]
    [InlineData("conditions", "clauses: [one], conditions: [{ id: c, text: t }]", true)]
    [InlineData("clear", "clauses: [one]", false)]
    [InlineData("note", "clauses: [one]", false)]
    [InlineData("refuse", "clauses: [doubt]", false)]
    public void An_unknown_that_matters_escalates(string answer, string rest, bool matters)
    {
        var decision = Policy.Layer(Base(Rule("go", "use == final", "clear"), Rule("waits", "open", answer, rest))).Evaluate(Open.With(new FactSetBuilder().Set("open", FactValue.Unknown).Build()), Today);
        Assert.Equal(matters ? RuleAnswer.Escalate : RuleAnswer.Clear, decision.Answer);
        Assert.Equal(matters ? ["open"] : [], decision.Unknown.Select(u => u.Fact));
        if (matters)
        {
            Assert.Equal("unknown: open. Somebody has to say.", decision.Reasons[0].Because);
            Assert.Equal(["base/waits"], decision.Unknown[0].Rules);
        }
    }

    [Fact]
    public void An_unknown_beside_a_refusal_does_not_matter()
    {
        var decision = Policy.Layer(Base(Rule("stop", "open", "refuse"), Rule("waits", "territory has FR", "escalate", "escalateTo: counsel, clauses: [one]"))).Evaluate(Open, Today);
        Assert.Equal(RuleAnswer.Refuse, decision.Answer);
        Assert.Empty(decision.Unknown);
        Assert.Empty(decision.Roles);
    }

    [Theory]
    [InlineData("open", ConditionState.Met, RuleAnswer.Clear)]
    [InlineData("not open", ConditionState.NotMet, RuleAnswer.Conditions)]
    [InlineData("territory has FR", ConditionState.Open, RuleAnswer.Conditions)]
    public void Conditions_that_the_facts_meet_hold_nothing_up(string met, ConditionState state, RuleAnswer answer)
    {
        var decision = Policy.Layer(Base(Rule("r", "open", "conditions", $"clauses: [one], conditions: [{{ id: c, text: T, met: \"{met}\" }}]"))).Evaluate(Open, Today);
        Assert.Equal(state, Assert.Single(decision.Conditions).State);
        Assert.Equal(answer, decision.Answer);
    }

    [Fact]
    public void Unverified_clauses_are_shown_and_never_enforced()
    {
        var decision = Policy.Layer(Base(
            Rule("go", "open", "clear", "clauses: [one, doubt]"),
            Rule("rumour", "open", "refuse", "clauses: [doubt], duties: [{ id: d, text: D }], conditions: [{ id: c, text: T }]"),
            Rule("rumour-silent", "not open", "refuse", "clauses: [doubt]"))).Evaluate(Open, Today);
        Assert.Equal(RuleAnswer.Clear, decision.Answer);
        Assert.Equal([("base/go", null), ("base/rumour", (RuleAnswer?)RuleAnswer.Refuse)], decision.Unverified.Select(u => (u.Rule, u.WouldAnswer)));
        Assert.Empty(decision.Conditions);
        Assert.Empty(decision.Duties);
    }

    [Theory]
    [InlineData("2026-08-01", RuleState.NotInForce, "the rule is in force from 2026-08-02; asked for 2026-08-01")]
    [InlineData("2026-08-02", RuleState.Matched, "it applies: open is yes")]
    [InlineData("2026-12-31", RuleState.Matched, "it applies: open is yes")]
    [InlineData("2027-01-01", RuleState.NotInForce, "the rule was in force until 2026-12-31; asked for 2027-01-01")]
    public void A_rule_speaks_only_in_force(string on, RuleState state, string explanation)
    {
        var policy = Policy.Layer(Base(Rule("r", "open", "refuse", "clauses: [one], inForce: { from: 2026-08-02, until: 2026-12-31 }")));
        var trace = policy.Explain(Open, DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture))[0];
        Assert.Equal((state, explanation), (trace.State, trace.Explanation));
    }

    [Fact]
    public void Wrong_facts_in_code_are_refused()
    {
        var policy = Policy.Layer(Base());
        var facts = new FactSetBuilder().Set("opne", true).Set("use", "fianl").Set("count", "3").Build();
        var e = Assert.Throws<PolicyFormatException>(() => policy.Evaluate(facts, Today));
        Assert.Equal("'count' must be a number, not 3; 'opne' is not a fact that the rules know; the nearest known is 'open'; 'fianl' is not a value of 'use'; the nearest known is 'final'", e.Message);
        Assert.Equal(0, e.Line);
    }

    [Fact]
    public void A_decision_is_canonical_json_and_reads_back()
    {
        var facts = RuleFacts();
        var decision = ShippedPacks.Policy.Evaluate(facts, Today);
        var json = decision.ToCanonicalJson();
        Assert.Equal(json, ShippedPacks.Policy.Evaluate(facts, Today).ToCanonicalJson());
        Assert.Equal(json, Decision.FromJson(json).ToCanonicalJson());
        using var document = JsonDocument.Parse(json);
        Assert.Equal("escalate", document.RootElement.GetProperty("answer").GetString());
        Assert.Equal("2026-11-21", document.RootElement.GetProperty("on").GetString());
        Assert.Equal(ShippedPacks.Default.Sha256, document.RootElement.GetProperty("packs")[0].GetProperty("sha256").GetString());
        AssertSorted(document.RootElement);
    }

    [Fact]
    public void The_replaced_rule_is_shown_with_what_it_would_have_answered()
    {
        var policy = Policy.Layer(
            Base(Rule("go", "open", "clear"), Rule("ask", "open", "escalate", "escalateTo: counsel, clauses: [two]")),
            Later("studio", Rule("ask-producer", "open", "escalate", "escalateTo: producer, clauses: [one], replaces: base/ask")));
        var decision = policy.Evaluate(Open, Today);
        Assert.Equal(["producer"], decision.Roles);
        Assert.Equal(new Replacement("base/ask", "studio/ask-producer", Truth.True, RuleAnswer.Escalate), Assert.Single(decision.Replaced));
        Assert.Equal("base/ask", decision.Reasons.Single(r => r.Pack == "studio").Replaces);
        Assert.Equal(RuleState.Replaced, policy.Explain(Open, Today).Single(t => t.Rule == "ask").State);
    }

    private static FactSet RuleFacts() => FactSet.Parse(Utf8("stage: release\nuse: marketing\nterritory: [FR, CN]\nrecipe: { name: \"a \\\"quoted\\\" \\u00e9\\n\", generates: true }\n"), ShippedPacks.Policy.Facts);

    private static void AssertSorted(JsonElement element)
    {
        if (element.ValueKind is JsonValueKind.Object)
        {
            var names = element.EnumerateObject().Select(p => p.Name).ToArray();
            Assert.Equal(names.Order(StringComparer.Ordinal), names);
            Assert.All(element.EnumerateObject(), p => AssertSorted(p.Value));
        }
        else if (element.ValueKind is JsonValueKind.Array)
        {
            Assert.All(element.EnumerateArray(), AssertSorted);
        }
    }
}
