using Answerprint.Rules.Evaluation;
using Answerprint.Rules.Facts;
using Answerprint.Rules.Packs;
using static Answerprint.Rules.Tests.PackText;

namespace Answerprint.Rules.Tests.Evaluation;

public sealed class LayeringTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly FactSet Open = new FactSetBuilder().Set("use", "final").Set("open", true).Build();

    [Fact]
    public void A_later_pack_tightens()
    {
        var policy = Policy.Layer(Base(Rule("go", "open", "clear")), Later("studio", Rule("stop", "use == final", "refuse")));
        Assert.Equal(RuleAnswer.Refuse, policy.Evaluate(Open, Today).Answer);
    }

    [Fact]
    public void A_later_pack_clears_only_in_the_place_of_a_rule()
    {
        var first = Base(Rule("ask", "open", "escalate", "escalateTo: counsel, clauses: [one]"));
        Assert.Contains("rule 'studio/go' clears a use", Refusal(first, Later("studio", Rule("go", "open", "clear"))), StringComparison.Ordinal);
        var policy = Policy.Layer(first, Later("studio", Rule("go", "open", "clear", "clauses: [one], replaces: base/ask")));
        Assert.Equal(RuleAnswer.Clear, policy.Evaluate(Open, Today).Answer);
    }

    [Fact]
    public void Conditions_of_a_later_pack_do_not_stand_in_for_an_answer_of_the_first()
    {
        var policy = Policy.Layer(Base(), Later("studio", Rule("r", "open", "conditions", "clauses: [one], conditions: [{ id: c, text: t }]")));
        Assert.Equal(RuleAnswer.Escalate, policy.Evaluate(Open, Today).Answer);
    }

    [Fact]
    public void A_later_pack_cannot_loosen_a_condition_by_its_id()
    {
        var policy = Policy.Layer(
            Base(Rule("a", "open", "conditions", "clauses: [one], conditions: [{ id: seen, text: Seen, met: not open }]")),
            Later("studio", Rule("b", "open", "conditions", "clauses: [one], conditions: [{ id: seen, text: Seen, met: always }]")));
        var decision = policy.Evaluate(Open, Today);
        Assert.Equal(ConditionState.NotMet, Assert.Single(decision.Conditions).State);
        Assert.Equal(["base/a", "studio/b"], decision.Conditions[0].Rules);
        Assert.Equal(RuleAnswer.Conditions, decision.Answer);
    }

    [Fact]
    public void A_replacement_that_is_not_in_force_leaves_the_rule_in_place()
    {
        var policy = Policy.Layer(
            Base(Rule("ask", "open", "escalate", "escalateTo: counsel, clauses: [one]")),
            Later("studio", Rule("go", "open", "clear", "clauses: [one], replaces: base/ask, inForce: { until: 2026-11-20 }")));
        var decision = policy.Evaluate(Open, Today);
        Assert.Equal(RuleAnswer.Escalate, decision.Answer);
        Assert.Empty(decision.Replaced);
        Assert.Equal(RuleAnswer.Clear, policy.Evaluate(Open, Today.AddDays(-1)).Answer);
    }

    [Fact]
    public void A_pack_that_is_not_effective_says_nothing()
    {
        var later = Parse(Layer("studio").Replace("title: Base", "title: Base\neffective: { from: 2027-01-01 }", StringComparison.Ordinal) + $"rules:\n  - {Rule("stop", "open", "refuse")}\n");
        var policy = Policy.Layer(Base(Rule("go", "open", "clear")), later);
        Assert.Equal(RuleAnswer.Clear, policy.Evaluate(Open, Today).Answer);
        Assert.Equal(["base"], policy.Evaluate(Open, Today).Packs.Select(p => p.Id));
        Assert.Equal(RuleAnswer.Refuse, policy.Evaluate(Open, new DateOnly(2027, 1, 1)).Answer);
        Assert.Equal("the pack 'studio' is in force from 2027-01-01; asked for 2026-11-21", policy.Explain(Open, Today)[1].Explanation);
    }

    [Fact]
    public void What_cannot_be_layered_is_refused()
    {
        var first = Base(Rule("ask", "open", "escalate", "escalateTo: counsel, clauses: [one]"));
        Assert.Contains("the pack 'base' is layered twice", Refusal(first, Base()), StringComparison.Ordinal);
        Assert.Contains("must have 'onUnknown' and 'otherwise'", Refusal(Later("studio")), StringComparison.Ordinal);
        Assert.Contains("'studio' is a later one", Refusal(first, Parse(Head.Replace("pack: base", "pack: studio", StringComparison.Ordinal))), StringComparison.Ordinal);
        Assert.Contains("replaces 'base/aks', which no earlier pack has; the nearest known is 'base/ask'", Refusal(first, Later("studio", Rule("r", "open", "note", "clauses: [one], replaces: base/aks"))), StringComparison.Ordinal);
        Assert.Contains("rests on unverified clauses only", Refusal(first, Later("studio", Rule("r", "open", "note", "clauses: [doubt], replaces: base/ask"))), StringComparison.Ordinal);
        Assert.Contains("both replace 'base/ask'", Refusal(first, Later("studio", Rule("r", "open", "note", "clauses: [one], replaces: base/ask")), Later("show", Rule("s", "open", "note", "clauses: [one], replaces: base/ask"))), StringComparison.Ordinal);
        Assert.Contains("a policy has 1 to 16 packs, not 0", Refusal(), StringComparison.Ordinal);
        var other = Parse(Layer("studio").Replace("open: { type: bool,", "open: { type: string,", StringComparison.Ordinal));
        Assert.Contains("pack 'studio' declares 'open' as text; an earlier pack has true or false", Refusal(first, other), StringComparison.Ordinal);
        var wider = Parse(Layer("studio").Replace("[ideation, final]", "[ideation, finals]", StringComparison.Ordinal));
        Assert.Contains("gives 'use' the value 'finals', which an earlier pack does not have; the nearest known is 'final'", Refusal(first, wider), StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_is_identified_by_its_packs_in_order()
    {
        var (first, a, b) = (Base(), Later("a"), Later("b"));
        Assert.Equal(Policy.Layer(first, a, b).Sha256, Policy.Layer(first, a, b).Sha256);
        Assert.NotEqual(Policy.Layer(first, a, b).Sha256, Policy.Layer(first, b, a).Sha256);
    }

    private static string Refusal(params RulePack[] packs) => Assert.Throws<PolicyFormatException>(() => Policy.Layer(packs)).Message;
}
