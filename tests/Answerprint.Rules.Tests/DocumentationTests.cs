using Answerprint.Rules.Evaluation;
using Answerprint.Rules.Facts;
using Answerprint.Rules.Packs;

namespace Answerprint.Rules.Tests;

/// <summary>What docs/rule-packs.md states is what the packs hold.</summary>
public sealed class DocumentationTests
{
    private static readonly string[] Lines = ShippedPacks.Documentation("rule-packs.md").Split('\n');

    [Fact]
    public void The_table_of_facts_is_the_schema()
    {
        var documented = Lines.SkipWhile(l => l != "## Facts").TakeWhile(l => !l.StartsWith("### ", StringComparison.Ordinal)).Where(l => l.StartsWith("| `", StringComparison.Ordinal));
        Assert.Equal(ShippedPacks.Policy.Facts.Facts.Select(f => $"| `{f.Name}` | {Type(f)} | {f.Text} |"), documented);
    }

    [Fact]
    public void The_pack_in_the_documentation_reads_and_layers()
    {
        var block = string.Join('\n', Lines.SkipWhile(l => l != "```yaml").Skip(1).TakeWhile(l => l != "```"));
        var policy = Policy.Layer(ShippedPacks.Default, PackText.Parse(block));
        var facts = new FactSetBuilder().Set("use", "marketing").Set("inputs.count", 4m).Build();
        var reason = policy.Evaluate(facts, new DateOnly(2026, 11, 21)).Reasons.Single(r => r.Rule == "few-sources");
        Assert.Equal((RuleAnswer.Escalate, "4 sources for marketing"), (reason.Answer, reason.Because));
    }

    private static string Type(FactDeclaration fact) => fact.Kind switch
    {
        FactKind.Bool => "bool",
        FactKind.Number => "number",
        FactKind.Text => "string",
        FactKind.Enum => string.Join(", ", fact.Values),
        _ => $"list of {(fact.Values.Count > 0 ? string.Join(", ", fact.Values) : fact.IsTerritory ? "territories" : "texts")}",
    };
}
