using System.Security.Cryptography;
using Answerprint.Rules.Canonical;

namespace Answerprint.Rules.Facts;

/// <summary>The facts about one requested use: an immutable map from dotted names to values.</summary>
public sealed class FactSet
{
    private readonly SortedDictionary<string, FactValue> _values;

    /// <summary>Creates a set; an unknown value is the same as an absent one.</summary>
    /// <exception cref="ArgumentException">A name appears twice.</exception>
    public FactSet(IEnumerable<KeyValuePair<string, FactValue>> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        _values = new SortedDictionary<string, FactValue>(StringComparer.Ordinal);
        foreach (var (name, value) in facts)
        {
            ArgumentNullException.ThrowIfNull(value);
            _values.Add(name, value);
        }
    }

    /// <summary>The names and values in ordinal order of names.</summary>
    public IReadOnlyDictionary<string, FactValue> Values => _values;

    /// <summary>The value of a fact, or <see cref="FactValue.Unknown"/>.</summary>
    public FactValue this[string name] => _values.GetValueOrDefault(name, FactValue.Unknown);

    /// <summary>Reads a facts document in YAML or JSON (nested mappings give dotted names) and checks it against a schema.</summary>
    /// <exception cref="PolicyFormatException">Not YAML, over a limit, a fact the schema does not know, or a value of the wrong type.</exception>
    public static FactSet Parse(ReadOnlySpan<byte> utf8, FactSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return FactReader.Read(Yaml.YamlReader.Read(utf8, PolicyLimits.MaxFactsBytes), schema);
    }

    /// <summary>A copy with some facts replaced or added.</summary>
    public FactSet With(FactSet overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        var merged = new Dictionary<string, FactValue>(_values, StringComparer.Ordinal);
        foreach (var (name, value) in overrides._values)
        {
            merged[name] = value;
        }

        return new FactSet(merged);
    }

    /// <summary>The known facts as canonical JSON (RFC 8785): one object of dotted names.</summary>
    public byte[] ToCanonicalJson() => CanonicalJson.Serialize(_values.Where(f => !f.Value.IsUnknown).ToDictionary(f => f.Key, f => Plain(f.Value)));

    /// <summary>SHA-256 of <see cref="ToCanonicalJson"/> in lower-case hexadecimal.</summary>
    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(ToCanonicalJson()));

    private static object Plain(FactValue value) => value.Kind switch
    {
        FactKind.Bool => value.Truth,
        FactKind.Number => value.Number,
        FactKind.List => value.Items,
        _ => value.Text!,
    };
}
