using Answerprint.Rules.Evaluation;
using Answerprint.Rules.Expressions;
using Answerprint.Rules.Facts;

namespace Answerprint.Rules.Tests.Expressions;

public sealed class ExpressionTests
{
    private static readonly FactSet Known = new FactSetBuilder()
        .Set("use", "final").Set("open", true).Set("count", 3m).Set("name", "A b").Set("rights", ["own"]).Set("territory", ["FR", "US-CA"]).Build();

    [Theory]
    [InlineData("open", Truth.True)]
    [InlineData("open == false", Truth.False)]
    [InlineData("open != false", Truth.True)]
    [InlineData("use == final", Truth.True)]
    [InlineData("use != final", Truth.False)]
    [InlineData("use in [ideation]", Truth.False)]
    [InlineData("use not in [ideation]", Truth.True)]
    [InlineData("name == 'A b'", Truth.True)]
    [InlineData("count == 3.0", Truth.True)]
    [InlineData("count in [1, 2]", Truth.False)]
    [InlineData("count < 3", Truth.False)]
    [InlineData("count <= 3", Truth.True)]
    [InlineData("count > -4", Truth.True)]
    [InlineData("count >= 3.5", Truth.False)]
    [InlineData("rights has own", Truth.True)]
    [InlineData("rights has any [foreign, own]", Truth.True)]
    [InlineData("rights has all [foreign, own]", Truth.False)]
    [InlineData("rights has only [own]", Truth.True)]
    [InlineData("territory has only [FR]", Truth.False)]
    [InlineData("territory has any abroad", Truth.True)]
    [InlineData("territory has US-CA", Truth.True)]
    [InlineData("rights is empty", Truth.False)]
    [InlineData("rights is known", Truth.True)]
    [InlineData("not open or use == final and not (count == 3 and open)", Truth.False)]
    [InlineData("always", Truth.True)]
    public void Comparisons_on_known_facts(string when, Truth expected)
    {
        Assert.Equal(expected, Evaluate(when, Known));
        Assert.Equal((Truth)(2 - (int)expected), Evaluate($"not ({when})", Known));
    }

    [Theory]
    [InlineData("open")]
    [InlineData("open == false")]
    [InlineData("use != final")]
    [InlineData("use not in [final]")]
    [InlineData("count > 1")]
    [InlineData("rights has own")]
    [InlineData("rights has only [own]")]
    [InlineData("rights is empty")]
    public void Comparisons_on_unknown_facts_are_unknown(string when) => Assert.Equal(Truth.Unknown, Evaluate(when, new FactSet([])));

    [Fact]
    public void Known_and_unknown_can_be_asked()
    {
        Assert.Equal(Truth.False, Evaluate("open is known", new FactSet([])));
        Assert.Equal(Truth.True, Evaluate("open is unknown", new FactSet([])));
    }

    // Kleene's tables: and is the minimum, or the maximum, with false < unknown < true.
    [Theory]
    [InlineData("rights has foreign", Truth.False)]
    [InlineData("open", Truth.Unknown)]
    [InlineData("rights has own", Truth.True)]
    public void Connectives_follow_Kleene(string left, Truth leftTruth)
    {
        var facts = new FactSetBuilder().Set("rights", ["own"]).Build();
        foreach (var (right, rightTruth) in new[] { ("rights has foreign", Truth.False), ("count > 1", Truth.Unknown), ("rights has own", Truth.True) })
        {
            Assert.Equal((Truth)Math.Min((int)leftTruth, (int)rightTruth), Evaluate($"{left} and {right}", facts));
            Assert.Equal((Truth)Math.Max((int)leftTruth, (int)rightTruth), Evaluate($"{left} or {right}", facts));
        }
    }

    [Fact]
    public void Canonical_text_reads_back_as_the_same_expression()
    {
        var rule = PackText.Base(PackText.Rule("r", "not (open and (use == final or count > 1)) or rights has any [own, foreign]", "refuse")).Rules[0];
        Assert.Equal("not (open and (use == final or count > 1)) or rights has any [own, foreign]", rule.When);
    }

    [Fact]
    public void A_trace_names_the_facts_that_decided()
    {
        var policy = Policy.Layer(PackText.Base(PackText.Rule("r", "open and (use == ideation or count > 5) and not rights has own", "refuse")));
        var trace = Assert.Single(policy.Explain(Known, new DateOnly(2026, 11, 21)));
        Assert.Equal(RuleState.NotMatched, trace.State);
        Assert.Equal("it does not apply: use is final ('use == ideation' is false); count is 3 ('count > 5' is false); rights is own ('rights has own' is true)", trace.Explanation);
    }

    private static Truth Evaluate(string when, FactSet facts) =>
        Policy.Layer(PackText.Base(PackText.Rule("r", when, "refuse"))).Explain(facts, new DateOnly(2026, 11, 21))[0].When.Result;
}
