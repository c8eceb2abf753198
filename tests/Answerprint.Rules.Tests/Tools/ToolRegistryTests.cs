using Answerprint.Rules.Facts;
using Answerprint.Rules.Packs;
using Answerprint.Rules.Tools;

namespace Answerprint.Rules.Tests.Tools;

public sealed class ToolRegistryTests
{
    private const string Minimal = """
        registry: tools
        version: "1"
        tools:
          - { id: a, name: A, kind: engine, use: u, licence: MIT, version: v, provenance: known, madeFrom: m, trainsOnInputs: false, retainsInputs: false, location: onPremises }

        """;

    private static ToolRegistry Shipped { get; } = ToolRegistry.Parse(ShippedPacks.Bytes("tools.yaml"));

    [Fact]
    public void The_shipped_registry_names_what_the_product_uses()
    {
        Assert.Equal(["artwork", "patch", "ffmpeg", "libvips", "openimageio", "opencolorio", "blender", "comfyui", "look"], Shipped.Tools.Select(t => t.Id));
        Assert.All(Shipped.Tools, t => Assert.True(t is { TrainsOnInputs: false, RetainsInputs: false, ProvenanceKnown: true, Location: ToolLocation.OnPremises, Licence: not null }));
        Assert.True(Shipped.TryGet("ffmpeg", out var ffmpeg));
        Assert.Contains(ffmpeg.Patents, p => p.Subject.Contains("H.264", StringComparison.Ordinal));
        Assert.Contains(ffmpeg.Patents, p => p.Subject.Contains("AAC", StringComparison.Ordinal));
    }

    [Fact]
    public void The_facts_of_every_registered_tool_fit_the_default_pack()
    {
        foreach (var tool in Shipped.Tools)
        {
            var facts = Shipped.Describe(new FactSetBuilder(), tool.Id).Build();
            Assert.Empty(ShippedPacks.Policy.Facts.Problems(facts));
            Assert.Equal(8, facts.Values.Count);
        }
    }

    [Fact]
    public void A_tool_that_is_not_registered_waits_for_counsel()
    {
        var facts = Shipped.Describe(new FactSetBuilder().Set("stage", "run").Set("use", "ideation").Set("recipe.generates", true), "unheard-of").Build();
        var decision = ShippedPacks.Policy.Evaluate(facts, new DateOnly(2026, 11, 21));
        Assert.Equal(RuleAnswer.Escalate, decision.Answer);
        Assert.Contains(decision.Reasons, r => r.Rule == "engine-unregistered" && r.Because == "'unheard-of' is not in the tool registry");
    }

    [Theory]
    [InlineData("kind: engine", "kind: motor", "'kind' of a tool is 'motor'")]
    [InlineData("location: onPremises", "location: cloud", "'location' of a tool is 'cloud'")]
    [InlineData("trainsOnInputs: false, ", "", "a tool needs 'trainsOnInputs'")]
    [InlineData("trainsOnInputs: false", "trainsOnInputs: no", "must be true or false")]
    [InlineData("provenance: known", "provenance: rumoured", "'provenance' of a tool is 'rumoured'")]
    [InlineData("licence: MIT", "license: MIT", "a tool has no field 'license'; the nearest known is 'licence'")]
    [InlineData("licence: MIT", "url: \"http://a.example/\"", "must start with https://")]
    public void Wrong_tool_is_refused(string part, string instead, string reason)
    {
        var e = Assert.Throws<PolicyFormatException>(() => ToolRegistry.Parse(PackText.Utf8(Minimal.Replace(part, instead, StringComparison.Ordinal))));
        Assert.Contains(reason, e.Reason, StringComparison.Ordinal);
        Assert.Equal(4, e.Line);
    }

    [Fact]
    public void Two_tools_of_one_id_are_refused()
    {
        var line = Minimal.Split('\n')[3];
        Assert.Contains("the tool 'a' appears twice", Assert.Throws<PolicyFormatException>(() => ToolRegistry.Parse(PackText.Utf8(Minimal + line + "\n"))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_studios_own_tools_come_after_and_cannot_stand_in_for_those_that_are_there()
    {
        var own = ToolRegistry.Parse(PackText.Utf8(Minimal));
        var both = Shipped.With(own);
        Assert.Equal([.. Shipped.Tools.Select(t => t.Id), "a"], both.Tools.Select(t => t.Id));
        Assert.Equal(3, new[] { Shipped.Sha256, own.Sha256, both.Sha256 }.Distinct().Count());
        Assert.Equal("the tool 'a' is registered already", Assert.Throws<PolicyFormatException>(() => both.With(own)).Reason);
    }

    [Fact]
    public void The_tool_that_is_not_registered_gives_its_name_to_the_engine()
    {
        Assert.Equal(FactValue.Of("unheard-of"), Shipped.Describe(new FactSetBuilder(), "comfyui", "unheard-of", "libvips").Build()["engine.name"]);
        Assert.Equal(FactValue.Of("comfyui"), Shipped.Describe(new FactSetBuilder(), "comfyui", "libvips").Build()["engine.name"]);
    }

    [Fact]
    public void A_licence_that_nobody_has_read_is_a_fact()
    {
        var registry = ToolRegistry.Parse(PackText.Utf8(Minimal.Replace("licence: MIT, ", "", StringComparison.Ordinal)));
        Assert.Equal(FactValue.Of(false), registry.Describe(new FactSetBuilder(), "a").Build()["engine.licenceKnown"]);
    }

    [Fact]
    public void A_chain_is_as_well_known_as_the_least_of_its_tools()
    {
        var worse = Minimal.Split('\n')[3].Replace("id: a", "id: b", StringComparison.Ordinal).Replace("trainsOnInputs: false", "trainsOnInputs: true", StringComparison.Ordinal)
            .Replace("location: onPremises", "location: public", StringComparison.Ordinal).Replace("provenance: known", "provenance: unclear", StringComparison.Ordinal);
        var registry = ToolRegistry.Parse(PackText.Utf8(Minimal + worse + "\n"));
        var both = registry.Describe(new FactSetBuilder(), "a", "b").Build();
        Assert.Equal("a unclear public", $"{both["engine.name"]} {both["engine.provenance"]} {both["engine.location"]}");
        Assert.True(both["engine.trainsOnInputs"].Truth && both["engine.registered"].Truth && both["engine.licenceKnown"].Truth && !both["engine.retainsInputs"].Truth);
        var withStranger = registry.Describe(new FactSetBuilder(), "a", "c").Build();
        Assert.False(withStranger["engine.registered"].Truth);
        Assert.True(withStranger["engine.trainsOnInputs"].IsUnknown && withStranger["engine.location"].IsUnknown && withStranger["engine.patents"].IsUnknown);
        Assert.Throws<ArgumentOutOfRangeException>(() => registry.Describe(new FactSetBuilder()));
    }
}
