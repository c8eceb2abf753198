using Answerprint.Rules.Facts;
using Answerprint.Rules.Yaml;

namespace Answerprint.Rules.Packs;

/// <summary>Reads the <c>facts</c> of a pack.</summary>
internal static class FactDeclarationParser
{
    private static readonly (string, FactKind)[] Kinds =
        [("bool", FactKind.Bool), ("enum", FactKind.Enum), ("string", FactKind.Text), ("number", FactKind.Number), ("list", FactKind.List)];

    public static IReadOnlyList<FactDeclaration> Parse(YamlFields pack)
    {
        FactDeclaration[] facts = [.. pack.Entries("facts", PolicyLimits.MaxFacts)
            .Select(f => Fact(YamlFields.Identifier(f.Key, YamlFields.Text(f.Key, "a fact")), f.Value))];
        var names = facts.Select(f => f.Name).ToArray();

        // 'talent' beside 'talent.present' would leave a nested document with two readings.
        return names.FirstOrDefault(n => names.Any(m => m.StartsWith(n + ".", StringComparison.Ordinal))) is { } stem
            ? throw pack.Error($"the fact '{stem}' is also the beginning of another fact's name")
            : facts;
    }

    private static FactDeclaration Fact(string name, YamlNode node)
    {
        var what = $"fact '{name}'";
        var fields = new YamlFields(node, what, "type", "values", "format", "text");
        var kind = fields.Choice("type", Kinds);
        var values = fields.Texts("values");
        var territory = fields.TextOrNull("format") switch
        {
            null => false,
            "territory" when kind is FactKind.Text or FactKind.List => true,
            var other => throw fields.Error($"the format '{other}' of {what} is not known; 'territory' is, for strings and lists"),
        };
        if (kind is FactKind.Enum && values.Count == 0)
        {
            throw fields.Error($"{what} is an enum without values");
        }

        if (values.Count > 0 && kind is not (FactKind.Enum or FactKind.List))
        {
            throw fields.Error($"{what} has values and is neither enum nor list");
        }

        return values.Distinct(StringComparer.Ordinal).Count() == values.Count
            ? new FactDeclaration(name, kind, values, territory, fields.Text("text"))
            : throw fields.Error($"{what} names a value twice");
    }
}
