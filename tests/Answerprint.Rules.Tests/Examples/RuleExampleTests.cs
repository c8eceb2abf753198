using Answerprint.Rules.Evaluation;

namespace Answerprint.Rules.Tests.Examples;

public sealed class RuleExampleTests
{
    private static readonly string[] Documents = ["everyday.md", "talent.md", "laws.md", "tools-and-content.md"];

    private static IReadOnlyList<RuleExample> All { get; } =
        [.. Documents.SelectMany(d => RuleExample.Read(ShippedPacks.Example(d), ShippedPacks.Policy.Facts))];

    public static TheoryData<string> Titles() => [.. All.Select(e => e.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public void Example_is_answered_as_written(string title)
    {
        var example = All.Single(e => e.Title == title);
        var decision = ShippedPacks.Policy.Evaluate(example.Facts, example.On);
        var states = States(example);

        Assert.True(string.Equals(example.Answer, decision.Answer.ToString(), StringComparison.OrdinalIgnoreCase), $"expected {example.Answer}: {decision.Summary}");
        Assert.All(example.Rules, r => Assert.True(states[r] is RuleState.Matched, $"{r} should speak and is {states[r]}"));
        Assert.All(example.Not, r => Assert.True(states[r] is RuleState.NotMatched or RuleState.NotInForce, $"{r} should not speak and is {states[r]}"));
        Same(example.Clauses, decision.Reasons.SelectMany(r => r.Clauses).Select(c => c.Id));
        Same(example.Roles, decision.Roles);
        Same(example.Conditions, decision.Conditions.Where(c => c.State is not ConditionState.Met).Select(c => c.Id));
        Same(example.Unknown, decision.Unknown.Select(u => u.Fact));
        Same(example.Unverified, decision.Unverified.Select(u => u.Clause.Id));
        Assert.All(example.Principles, p => Assert.Equal(p.Value, decision.Principles.Single(a => a.Id == p.Key).Answer.ToString().ToLowerInvariant()));
    }

    [Fact]
    public void Every_rule_has_an_example_where_it_speaks_and_one_where_it_does_not()
    {
        var spoken = All.SelectMany(e => e.Rules).ToHashSet();
        var silent = All.SelectMany(e => e.Not).ToHashSet();
        Assert.Equal([], ShippedPacks.Default.Rules.Select(r => r.Id).Where(id => !spoken.Contains(id)));
        Assert.Equal([], ShippedPacks.Default.Rules.Select(r => r.Id).Where(id => !silent.Contains(id)));
    }

    [Fact]
    public void Every_principle_has_an_example_of_each_answer()
    {
        var seen = All.SelectMany(e => ShippedPacks.Policy.Evaluate(e.Facts, e.On).Principles).Select(p => (p.Id, p.Answer)).ToHashSet();
        var all = ShippedPacks.Default.Principles.SelectMany(p => Enum.GetValues<PrincipleVerdict>().Select(v => (p.Id, v)));
        Assert.Equal([], all.Where(a => !seen.Contains(a)));
    }

    [Fact]
    public void Every_clause_is_cited_by_a_rule_a_principle_or_a_fallback()
    {
        var pack = ShippedPacks.Default;
        var cited = pack.Rules.SelectMany(r => r.Clauses).Concat(pack.Principles.Select(p => p.Clause)).Append(pack.OnUnknown!.Clause).Append(pack.Otherwise!.Clause).Select(c => c.Id).ToHashSet();
        Assert.Equal([], pack.Clauses.Select(c => c.Id).Where(id => !cited.Contains(id)));
    }

    private static Dictionary<string, RuleState> States(RuleExample example) =>
        ShippedPacks.Policy.Explain(example.Facts, example.On).ToDictionary(t => t.Rule, t => t.State);

    private static void Same(IReadOnlyList<string>? expected, IEnumerable<string> actual)
    {
        if (expected is not null)
        {
            Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Distinct().Order(StringComparer.Ordinal));
        }
    }
}
