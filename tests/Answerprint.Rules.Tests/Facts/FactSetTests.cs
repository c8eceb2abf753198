using System.Text;
using Answerprint.Rules.Facts;

namespace Answerprint.Rules.Tests.Facts;

public sealed class FactSetTests
{
    private static FactSchema Schema { get; } = PackText.Base().Facts;

    [Fact]
    public void Yaml_json_and_code_give_the_same_facts()
    {
        var yaml = Parse("use: final\nopen: true\ncount: 2.50\nrights: [own, foreign, own]\nname: null\n");
        var json = Parse("""{ "rights": ["foreign", "own"], "count": 2.5, "open": true, "use": "final" }""");
        var code = new FactSetBuilder().Set("use", "final").Set("open", true).Set("count", 2.5m).Set("rights", ["own", "foreign"]).Set("name", (string?)null).Build();
        Assert.Equal("""{"count":2.5,"open":true,"rights":["foreign","own"],"use":"final"}""", Encoding.UTF8.GetString(yaml.ToCanonicalJson()));
        Assert.Equal(yaml.Sha256(), json.Sha256());
        Assert.Equal(yaml.Sha256(), code.Sha256());
    }

    [Theory]
    [InlineData("opne: true", "'opne' is not a fact that the rules know; the nearest known is 'open'")]
    [InlineData("opne: true\nuse: final\nuseful:\n  it: 1", "'opne' is not a fact that the rules know; the nearest known is 'open'; 'useful.it' is not a fact that the rules know")]
    [InlineData("open: yes", "'open' must be true or false")]
    [InlineData("open: 'true'", "'open' must be true or false")]
    [InlineData("use: finale", "'finale' is not a value of 'use'; the nearest known is 'final'")]
    [InlineData("count: 1e3", "'count' must be a number of at most 15 digits and six decimals")]
    [InlineData("count: 1234567890123456", "'count' must be a number of at most 15 digits and six decimals")]
    [InlineData("rights: own", "'rights' must be a list of own, foreign")]
    [InlineData("rights: [own, [own]]", "must be text, not a list")]
    [InlineData("territory: [fr]", "'fr' in 'territory' is not a territory")]
    [InlineData("- use", "facts must be a mapping, not a list")]
    public void Wrong_facts_are_refused(string yaml, string reason) =>
        Assert.Contains(reason, Assert.Throws<PolicyFormatException>(() => Parse(yaml)).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("FR", true)]
    [InlineData("NO", true)]
    [InlineData("US-CA", true)]
    [InlineData("GB-1A", true)]
    [InlineData("worldwide", true)]
    [InlineData("World", false)]
    [InlineData("US-", false)]
    [InlineData("US-ca", false)]
    [InlineData("US-CALI", false)]
    [InlineData("USA", false)]
    [InlineData("U", false)]
    public void Territory_codes(string code, bool valid)
    {
        var facts = new FactSetBuilder().Set("territory", [code]).Build();
        Assert.Equal(valid, Schema.Problems(facts).Count == 0);
    }

    [Fact]
    public void Unknown_names_in_a_hostile_document_cost_no_more_than_a_few_reports()
    {
        var deep = string.Concat(Enumerable.Repeat("{ a: ", 9)) + "{ " + string.Join(", ", Enumerable.Range(0, 4_000).Select(i => $"k{i}: 1")) + " }" + new string('}', 9);
        var e = Assert.Throws<PolicyFormatException>(() => Parse(deep));
        Assert.Equal(10, e.Reason.Split("is not a fact").Length - 1);
        Assert.Contains("81 characters; the limit is 80", Assert.Throws<PolicyFormatException>(() => Parse($"{new string('n', 81)}: 1")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_outside_the_exact_range_are_refused()
    {
        Assert.Equal("-1234567.5", FactValue.Of(-1234567.500m).ToString());
        Assert.Equal("0", FactValue.Of(decimal.Parse("-0", System.Globalization.CultureInfo.InvariantCulture)).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => FactValue.Of(0.0000001m));
        Assert.Throws<ArgumentOutOfRangeException>(() => FactValue.Of(1_000_000_000_000_000m));
        Assert.Throws<ArgumentOutOfRangeException>(() => FactValue.Of(1_234_567_890.123456m));
    }

    private static FactSet Parse(string yaml) => FactSet.Parse(PackText.Utf8(yaml), Schema);
}
