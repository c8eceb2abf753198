using System.Security.Cryptography;
using Answerprint.Rules.Facts;
using Answerprint.Rules.Yaml;

namespace Answerprint.Rules.Packs;

/// <summary>A rule pack: the facts it expects, its clauses, principles and rules. Its identity is the SHA-256 of its bytes.</summary>
public sealed class RulePack
{
    internal RulePack(string id, string version, string title, string sha256) => (Id, Version, Title, Sha256) = (id, version, title, sha256);

    /// <summary>Identifier, such as <c>default</c>.</summary>
    public string Id { get; }

    /// <summary>Version as the author counts.</summary>
    public string Version { get; }

    /// <summary>Title for people.</summary>
    public string Title { get; }

    /// <summary>SHA-256 of the pack's bytes in lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>First day on which the pack is effective, or null for always.</summary>
    public DateOnly? EffectiveFrom { get; internal init; }

    /// <summary>Last day on which the pack is effective, or null for no end.</summary>
    public DateOnly? EffectiveUntil { get; internal init; }

    /// <summary>The facts that it expects.</summary>
    public required FactSchema Facts { get; init; }

    /// <summary>The roles that it escalates to, with what they are.</summary>
    public required IReadOnlyDictionary<string, string> Roles { get; init; }

    /// <summary>Its clauses in the order of the document.</summary>
    public required IReadOnlyList<Clause> Clauses { get; init; }

    /// <summary>Its principles in the order of the document.</summary>
    public required IReadOnlyList<Principle> Principles { get; init; }

    /// <summary>Its rules in the order of the document.</summary>
    public required IReadOnlyList<Rule> Rules { get; init; }

    /// <summary>What holds where a fact that matters is unknown; null in a pack that leaves this to the first pack.</summary>
    public Fallback? OnUnknown { get; internal init; }

    /// <summary>What holds where no rule speaks; null in a pack that leaves this to the first pack.</summary>
    public Fallback? Otherwise { get; internal init; }

    /// <summary>Reads a pack in YAML.</summary>
    /// <exception cref="PolicyFormatException">Not YAML, over a limit of <see cref="PolicyLimits"/>, or not a pack; with line and column.</exception>
    public static RulePack Parse(ReadOnlySpan<byte> utf8) =>
        RulePackParser.Parse(YamlReader.Read(utf8, PolicyLimits.MaxDocumentBytes), Convert.ToHexStringLower(SHA256.HashData(utf8)));

    internal bool IsEffective(DateOnly on) => (EffectiveFrom is null || on >= EffectiveFrom) && (EffectiveUntil is null || on <= EffectiveUntil);
}
