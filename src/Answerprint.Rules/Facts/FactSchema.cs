using System.Diagnostics.CodeAnalysis;
using Answerprint.Rules.Yaml;

namespace Answerprint.Rules.Facts;

/// <summary>The facts that a pack, or the packs of a policy together, expect.</summary>
public sealed class FactSchema
{
    private readonly Dictionary<string, FactDeclaration> _byName;

    internal FactSchema(IEnumerable<FactDeclaration> facts)
    {
        Facts = [.. facts];
        _byName = Facts.ToDictionary(f => f.Name, StringComparer.Ordinal);
    }

    /// <summary>The declarations in the order of the pack.</summary>
    public IReadOnlyList<FactDeclaration> Facts { get; }

    /// <summary>Finds a declaration.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out FactDeclaration? fact) => _byName.TryGetValue(name, out fact);

    /// <summary>Every reason why a fact set does not fit: unknown names with the nearest known one, values of the wrong type.</summary>
    public IReadOnlyList<string> Problems(FactSet facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return [.. facts.Values.Select(f => TryGet(f.Key, out var declaration) ? declaration.Misfit(f.Value) : NotKnown(f.Key)).OfType<string>()];
    }

    internal string NotKnown(string name) => $"'{name}' is not a fact that the rules know{Nearest.Hint(name, _byName.Keys)}";
}
