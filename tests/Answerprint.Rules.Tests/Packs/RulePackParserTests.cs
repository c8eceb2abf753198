using Answerprint.Rules.Packs;

namespace Answerprint.Rules.Tests.Packs;

public sealed class RulePackParserTests
{
    private const int HeadLines = 18;

    [Theory]
    [InlineData("use == idaetion", "'idaetion' is not a value of 'use'; the nearest known is 'ideation'", 7)]
    [InlineData("usee == final", "'usee' is not a fact that the rules know; the nearest known is 'use'", 0)]
    [InlineData("open and", "the expression ends where a fact is expected", 8)]
    [InlineData("open or or open", "'or' is not a fact", 8)]
    [InlineData("(open", "the expression ends where ')' is expected", 5)]
    [InlineData("open)", "')' where 'and', 'or' or the end is expected", 4)]
    [InlineData("use", "the expression ends where an operator after 'use', which is one of ideation, final, is expected", 3)]
    [InlineData("use has final", "'use' is one of ideation, final and cannot be used this way", 0)]
    [InlineData("rights == own", "'rights' is a list of own, foreign and cannot be used this way", 0)]
    [InlineData("use < final", "cannot be used this way", 0)]
    [InlineData("count > many", "'many' is not a number, which 'count' is", 8)]
    [InlineData("open == maybe", "'maybe' is not true or false", 8)]
    [InlineData("territory has any nowhere", "'nowhere' in 'territory' is not a territory", 18)]
    [InlineData("territory has any [fr]", "'fr' in 'territory' is not a territory", 19)]
    [InlineData("use in abroad", "'FR' is not a value of 'use'", 7)]
    [InlineData("use in [ideation", "the expression ends where ',' or ']' is expected", 16)]
    [InlineData("use in []", "']' where a value is expected", 8)]
    [InlineData("rights is full", "'full' where 'empty', 'known' or 'unknown' is expected", 10)]
    [InlineData("name == 'x", "a quoted text does not end", 8)]
    [InlineData("open & open", "'&' does not belong in an expression", 5)]
    [InlineData("use = final", "'=' does not belong in an expression", 4)]
    public void Wrong_expression_is_refused_with_its_column(string when, string reason, int offset)
    {
        var e = PackText.Refused(PackText.Head + $"rules:\n  - id: r\n    when: {when}\n    answer: refuse\n    because: b\n    clauses: [one]\n");
        Assert.Contains(reason, e.Reason, StringComparison.Ordinal);
        Assert.Equal(HeadLines + 3, e.Line);
        Assert.Equal(11 + offset, e.Column);
    }

    [Theory]
    [InlineData("clauses: [one]", "clauses: [oen]", "'oen', which is not a clause of the pack; the nearest known is 'one'")]
    [InlineData("clauses: [one]", "clauses: []", "rule 'r' cites no clause")]
    [InlineData("answer: refuse", "answer: forbid", "'answer' of a rule is 'forbid'; it must be one of note, clear, conditions, escalate, refuse")]
    [InlineData("answer: refuse", "answer: escalate", "rule 'r' escalates to nobody")]
    [InlineData("answer: refuse", "answer: escalate, escalateTo: councel", "'councel', which is not a role of the pack; the nearest known is 'counsel'")]
    [InlineData("answer: refuse", "answer: refuse, escalateTo: counsel", "does not escalate")]
    [InlineData("answer: refuse", "answer: conditions", "answers conditions and sets none")]
    [InlineData("answer: refuse", "answer: clear, conditions: [{ id: c, text: t }]", "its answer cannot be clear")]
    [InlineData("because: b", "because: 'b {nmae}'", "'nmae' is not a fact that the rules know; the nearest known is 'name'")]
    [InlineData("because: b", "because: 'b {name'", "a '{' has no '}'")]
    [InlineData("because: b", "becuase: b", "a rule has no field 'becuase'; the nearest known is 'because'")]
    [InlineData("because: b", "because: ''", "'because' of a rule is empty")]
    [InlineData("because: b", "because: [b]", "must be text, not a list")]
    [InlineData("id: r", "id: 4r", "'4r' is not an identifier")]
    [InlineData("id: r", "id: otherwise", "belongs to a fallback")]
    [InlineData("id: r", "id: r, inForce: { from: 2026-08-02, until: 2026-08-01 }", "inForce ends before it starts")]
    [InlineData("id: r", "id: r, inForce: { from: 2026-8-2 }", "must be a date such as 2026-08-02")]
    public void Wrong_rule_is_refused(string part, string instead, string reason)
    {
        var rule = "  - { id: r, when: open, answer: refuse, because: b, clauses: [one] }\n".Replace(part, instead, StringComparison.Ordinal);
        var e = PackText.Refused(PackText.Head + "rules:\n" + rule);
        Assert.Contains(reason, e.Reason, StringComparison.Ordinal);
        Assert.Equal(HeadLines + 2, e.Line);
    }

    [Theory]
    [InlineData("values: [ideation, final]", "values: []", "is an enum without values")]
    [InlineData("values: [ideation, final]", "values: [final, final]", "names a value twice")]
    [InlineData("type: bool", "type: boolean", "'type' of fact 'open' is 'boolean'")]
    [InlineData("type: number", "type: number, values: [a]", "is neither enum nor list")]
    [InlineData("format: territory", "format: country", "the format 'country' of fact 'territory' is not known")]
    [InlineData("  open: {", "  use.more: {", "the fact 'use' is also the beginning of another fact's name")]
    [InlineData("  open: {", "  principle.x: {", "belongs to principles")]
    [InlineData("abroad:", "ideation:", "the set 'ideation' has the name of a value of 'use'")]
    [InlineData("id: two", "id: one", "the clause 'one' appears twice")]
    [InlineData("status: P", "status: X", "'status' of a source is 'X'; it must be one of P, S, U")]
    [InlineData("date: 2026-11", "date: 2026-13", "must be a year, a month or a day")]
    [InlineData("date: 2026-11", "url: \"http://example.org/\"", "must start with https://")]
    [InlineData("because: No rule speaks.", "why: x", "otherwise has no field 'why'")]
    [InlineData("version: \"1\"\n", "", "a rule pack needs 'version'")]
    public void Wrong_head_is_refused(string part, string instead, string reason)
    {
        var text = PackText.Head.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(PackText.Head, text);
        Assert.Contains(reason, PackText.Refused(text).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_rules_of_one_id_are_refused() =>
        Assert.Contains("the rule 'r' appears twice", Assert.Throws<PolicyFormatException>(() => PackText.Base(PackText.Rule("r", "open", "refuse"), PackText.Rule("r", "open", "refuse"))).Reason, StringComparison.Ordinal);

    [Fact]
    public void One_condition_id_has_one_meaning()
    {
        var e = Assert.Throws<PolicyFormatException>(() => PackText.Base(
            PackText.Rule("a", "open", "conditions", "clauses: [one], conditions: [{ id: seen, text: Seen, met: open }]"),
            PackText.Rule("b", "open", "conditions", "clauses: [one], conditions: [{ id: seen, text: Seen }]")));
        Assert.Contains("the condition 'seen' of rule 'b' differs", e.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Expression_nests_to_the_limit_and_no_deeper()
    {
        var most = PolicyLimits.MaxExpressionDepth - 1;
        PackText.Base(PackText.Rule("r", new string('(', most) + "open" + new string(')', most), "refuse"));
        var parentheses = Assert.Throws<PolicyFormatException>(() => PackText.Base(PackText.Rule("r", new string('(', most + 1) + "open" + new string(')', most + 1), "refuse")));
        var negations = Assert.Throws<PolicyFormatException>(() => PackText.Base(PackText.Rule("r", string.Concat(Enumerable.Repeat("not ", most + 1)) + "open", "refuse")));
        Assert.Contains("nested deeper than 16", parentheses.Reason, StringComparison.Ordinal);
        Assert.Contains("nested deeper than 16", negations.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Expression_over_the_length_limit_is_refused()
    {
        var when = string.Join(" or ", Enumerable.Repeat("open", 130));
        Assert.Contains($"an expression of {when.Length} characters; the limit is 1000", Assert.Throws<PolicyFormatException>(() => PackText.Base(PackText.Rule("r", when, "refuse"))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_over_the_limit_are_refused()
    {
        var rules = Enumerable.Range(0, PolicyLimits.MaxRules + 1).Select(i => PackText.Rule($"r{i}", "open", "refuse")).ToArray();
        Assert.Equal(PolicyLimits.MaxRules, PackText.Base(rules[..^1]).Rules.Count);
        Assert.Contains("501 entries; the limit is 500", Assert.Throws<PolicyFormatException>(() => PackText.Base(rules)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Identity_is_the_hash_of_the_bytes()
    {
        var bytes = ShippedPacks.Bytes("default.yaml");
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), RulePack.Parse(bytes).Sha256);
        Assert.NotEqual(ShippedPacks.Default.Sha256, RulePack.Parse([.. bytes, (byte)'\n']).Sha256);
    }
}
