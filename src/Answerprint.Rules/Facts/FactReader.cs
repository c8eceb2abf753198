using Answerprint.Rules.Yaml;

namespace Answerprint.Rules.Facts;

/// <summary>Turns the nodes of a facts document into typed facts; names that the schema does not know are reported together.</summary>
internal sealed class FactReader(FactSchema schema)
{
    // Each report costs a search for the nearest name, so a hostile document gets no more than a person would read.
    private const int MaxReported = 10;
    private readonly Dictionary<string, FactValue> _facts = new(StringComparer.Ordinal);
    private readonly List<(YamlNode Where, string Reason)> _unknown = [];

    public static FactSet Read(YamlNode root, FactSchema schema)
    {
        var reader = new FactReader(schema);
        reader.Mapping(root as YamlMapping ?? throw root.Error($"facts must be a mapping, not {root.Kind}"), "");
        return reader._unknown.Count == 0 ? new FactSet(reader._facts) : throw reader.NotKnown();
    }

    private PolicyFormatException NotKnown() => _unknown[0].Where.Error(string.Join("; ", _unknown.Select(u => u.Reason)));

    private void Mapping(YamlMapping map, string prefix)
    {
        foreach (var (key, node) in map.Entries)
        {
            var name = prefix + key.Text;
            if (name.Length > PolicyLimits.MaxIdLength)
            {
                throw key.Error($"a fact's name has {name.Length} characters; the limit is {PolicyLimits.MaxIdLength}");
            }

            if (schema.TryGet(name, out var declaration))
            {
                if (!_facts.TryAdd(name, Value(declaration, node)))
                {
                    throw key.Error($"'{name}' is given twice");
                }
            }
            else if (node is YamlMapping inner)
            {
                Mapping(inner, name + ".");
            }
            else
            {
                _unknown.Add((key, schema.NotKnown(name)));
                if (_unknown.Count == MaxReported)
                {
                    throw NotKnown();
                }
            }
        }
    }

    private static FactValue Value(FactDeclaration fact, YamlNode node)
    {
        if (node is YamlScalar { IsNull: true })
        {
            return FactValue.Unknown;
        }

        var value = (fact.Kind, node) switch
        {
            (FactKind.Bool, YamlScalar { Text: "true", Quoted: false }) => FactValue.Of(true),
            (FactKind.Bool, YamlScalar { Text: "false", Quoted: false }) => FactValue.Of(false),
            (FactKind.Number, YamlScalar { Quoted: false } text) => FactValue.TryParseNumber(text.Text, out var number)
                ? FactValue.Of(number)
                : throw node.Error($"'{fact.Name}' must be a number of at most 15 digits and six decimals"),
            (FactKind.Enum or FactKind.Text, YamlScalar text) => FactValue.Of(text.Text),
            (FactKind.List, YamlSequence list) => FactValue.Of(YamlFields.List(list, $"'{fact.Name}'", PolicyLimits.MaxListItems)
                .Select(i => YamlFields.Text(i, $"an entry of '{fact.Name}'"))),
            _ => throw node.Error($"'{fact.Name}' must be {fact.Describe()}"),
        };
        return fact.Misfit(value) is { } reason ? throw node.Error(reason) : value;
    }
}
